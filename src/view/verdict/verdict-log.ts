// What has been said whose fault it is, as whoever shows it needs it: the verdict that stands, and the episodes. Fed by the
// stream's verdicts, and by the news of episodes from the thread that has the diagnosis.

import type { EndpointState } from '../../diagnosis/endpoint-state.js';
import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { EndpointId, Millis } from '../../events/units.js';
import type { CallQuality, VerdictEvent, WorstCallQuality } from '../../events/verdict.js';
import type { CallQualityNews, EndpointStates } from '../run-news.js';

const MOST_EPISODES = 10_000;

export class VerdictLog {
  /** What was said last, null before anything was. */
  verdict: VerdictEvent | null = null;
  /** Of the worst endpoint beyond the gateway that isn't acquitted; null where none can tell. */
  quality: WorstCallQuality | null = null;
  /** Changes whenever anything here does. */
  revision = 0;
  readonly #usual = new Map<EndpointId, Millis>();
  readonly #quality = new Map<EndpointId, CallQuality | null>();
  readonly #episodes: Episode[] = [];
  #states = new Map<EndpointId, EndpointState>();

  /** In the order in which they were found; the last of them may last. */
  get episodes(): readonly Episode[] {
    return this.#episodes;
  }

  /** The median RTT that is usual there, null where it isn't known yet. */
  usualP50(id: EndpointId): Millis | null {
    return this.#usual.get(id) ?? null;
  }

  /** How it is; null where nothing was told of it. */
  stateOf(id: EndpointId): EndpointState | null {
    return this.#states.get(id) ?? null;
  }

  hear(states: EndpointStates): void {
    this.#states = new Map(states);
    this.revision++;
  }

  /** What a call to that endpoint would be like by its last minute; null where it can't tell. */
  qualityOf(id: EndpointId): CallQuality | null {
    return this.#quality.get(id) ?? null;
  }

  hearQuality({ quality, each }: CallQualityNews): void {
    this.quality = quality;
    for (const [id, one] of each) this.#quality.set(id, one);
    this.revision++;
  }

  learn(usual: readonly (readonly [EndpointId, Millis | null])[]): void {
    for (const [id, p50] of usual) if (p50 !== null) this.#usual.set(id, p50);
    this.revision++;
  }

  say(verdict: VerdictEvent): void {
    this.verdict = verdict;
    this.revision++;
  }

  /** New ones, and known ones as they are now. */
  note(episodes: readonly Episode[]): void {
    for (const episode of episodes) {
      // Only the newest change.
      const index = this.#episodes.findLastIndex(({ id }) => id === episode.id);
      if (index >= 0) this.#episodes[index] = episode;
      else this.#episodes.push(episode);
    }
    if (this.#episodes.length > MOST_EPISODES) this.#episodes.splice(0, this.#episodes.length - MOST_EPISODES);
    this.revision++;
  }
}
