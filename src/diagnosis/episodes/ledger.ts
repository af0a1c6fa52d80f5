// The episodes: each one verdict other than fine, from its first bad second to its last. What is back within a minute is
// the same one; a verdict that turns out to have been about the same fault takes its episode over.

import type { VerdictCode } from '../../events/verdict.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import type { Kind, WatchedEndpoint } from '../endpoint.js';
import { recentOf } from '../evidence/recent.js';
import { isBlame } from '../verdict/speaker.js';
import type { Said } from '../verdict/speaker.js';
import { OutageCount } from './outage-count.js';

export type Episode = {
  /** Counts up, and stays the same as long as the episode is known. */
  readonly id: number;
  code: VerdictCode;
  /** When its first bad probe was sent. */
  from: UnixMillis;
  /** When its last bad probe was sent; null while it lasts. */
  to: UnixMillis | null;
  /** When the last bad probe known so far was sent. */
  lastBadAt: UnixMillis;
  /** Whoever was blamed at any time. */
  endpoints: readonly EndpointId[];
  /** Over 10 s, of the worst endpoint: fraction 0..1 lost, and median RTT; null where there was nothing to tell from. */
  worstLoss: number | null;
  worstP50: Millis | null;
  /** Outages of single endpoints within it. */
  outages: number;
};

const MOST_EPISODES = 10_000;
const MINUTE: Millis = 60_000;
/** What began so near to what was said before, of the same endpoints, is the same fault. */
const SAME_START: Millis = 3000;
const WORST_OVER: Millis = 10_000;
const WORST_EVERY: Millis = 5000;
/** What was sent before the timeout has settled and been judged by then. */
const SETTLING: Millis = 1000;

type Open = {
  episode: Episode;
  blamed: Set<WatchedEndpoint>;
  kind: Kind | null;
  counts: Map<WatchedEndpoint, OutageCount>;
  /** Outages of the spells before this one. */
  outagesBefore: number;
  /** For what no probe stands for: the last second in which it was said. */
  lastAt: UnixMillis;
};

export class EpisodeLedger {
  readonly #timeout: Millis;
  readonly #episodes: Episode[] = [];
  #open: Open | null = null;
  #endedAt: UnixMillis = -Infinity;
  #nextId = 0;

  constructor(timeout: Millis) {
    this.#timeout = timeout;
  }

  /** In the order in which they were found. */
  get episodes(): readonly Episode[] {
    return this.#episodes;
  }

  /** After a second has been judged and what is said of it is known. */
  hear(said: Said, now: UnixMillis): void {
    if (!isBlame(said.code)) {
      if (this.#open !== null) this.#close(now);
      return;
    }
    if (this.#open !== null && this.#open.episode.code !== said.code && !this.#correct(said)) this.#close(now);
    const open = (this.#open ??= this.#begin(said));
    this.#extend(open, said, now);
  }

  /** When the episode that ended last was over, -Infinity before any. */
  get endedAt(): UnixMillis {
    return this.#endedAt;
  }

  /** Nobody looks any more. */
  stop(at: UnixMillis): void {
    if (this.#open !== null) this.#close(at);
  }

  #begin(said: Said): Open {
    const again = this.#episodes.findLast(({ code }) => code === said.code);
    const isSame = again !== undefined && again.to !== null && said.since - again.to < MINUTE;
    const episode: Episode = isSame
      ? again
      : {
          id: this.#nextId++,
          code: said.code,
          from: said.since,
          to: null,
          lastBadAt: said.since,
          endpoints: [],
          worstLoss: null,
          worstP50: null,
          outages: 0,
        };
    if (!isSame) this.#episodes.push(episode);
    if (this.#episodes.length > MOST_EPISODES) this.#episodes.shift();
    episode.to = null;
    return {
      episode,
      blamed: new Set(),
      kind: said.finding?.fault?.kind ?? null,
      counts: new Map(),
      outagesBefore: episode.outages,
      lastAt: said.since,
    };
  }

  /** Whether what is said now is about the fault that is open: then the open episode takes its code. */
  #correct({ code, since, blamed }: Said): boolean {
    const { episode, blamed: before } = this.#open as Open;
    const isClearer = episode.code === 'unclear';
    const isWider = Math.abs(since - episode.from) <= SAME_START && [...before].every((one) => blamed.includes(one));
    if (!isClearer && !isWider) return false;
    if (code === 'unclear') return false;
    episode.code = code;
    return true;
  }

  #extend(open: Open, { blamed, since, finding }: Said, now: UnixMillis): void {
    const { episode } = open;
    const isWider = blamed.some((endpoint) => !open.blamed.has(endpoint));
    for (const endpoint of blamed) open.blamed.add(endpoint);
    if (isWider) {
      episode.endpoints = [...new Set([...episode.endpoints, ...blamed.map(({ id }) => id)])].sort((a, b) => a - b);
    }
    episode.from = Math.min(episode.from, since);
    open.kind = finding?.fault?.kind ?? open.kind;
    open.lastAt = now;
    episode.lastBadAt = Math.max(episode.lastBadAt, lastBadOf(open));
    if (isWider || now % WORST_EVERY === 0) this.#measure(open, now);
  }

  #measure({ episode, blamed, counts, outagesBefore }: Open, now: UnixMillis): void {
    const settled = now - this.#timeout - SETTLING;
    let outages = outagesBefore;
    for (const endpoint of blamed) {
      const {
        settled: probes,
        failed,
        p50,
      } = recentOf(endpoint, Math.max(episode.from, settled - WORST_OVER), settled);
      if (probes > 0) episode.worstLoss = Math.max(episode.worstLoss ?? 0, failed / probes);
      const newest = recentOf(endpoint, Math.max(episode.from, now - WORST_OVER), now);
      episode.worstP50 =
        p50 === null && newest.p50 === null ? episode.worstP50 : Math.max(episode.worstP50 ?? 0, newest.p50 ?? 0);
      let count = counts.get(endpoint);
      if (count === undefined) counts.set(endpoint, (count = new OutageCount(endpoint, episode.from)));
      count.readTo(settled);
      outages += count.outages;
    }
    episode.outages = outages;
  }

  #close(now: UnixMillis): void {
    const open = this.#open as Open;
    this.#open = null;
    this.#measure(open, now);
    const { episode, counts } = open;
    for (const count of counts.values()) {
      const before = count.outages;
      count.readTo(now);
      count.close(now);
      episode.outages += count.outages - before;
    }
    episode.to = Math.max(episode.from, Math.min(now, lastBadOf(open)));
    episode.lastBadAt = episode.to;
    this.#endedAt = episode.to;
  }
}

/** When the last bad probe of its spell was sent. */
const lastBadOf = ({ blamed, kind, lastAt }: Open): UnixMillis => {
  let last = -Infinity;
  if (kind !== null) for (const { tests } of blamed) last = Math.max(last, tests[kind].lastYesAt);
  return last === -Infinity ? lastAt : last;
};
