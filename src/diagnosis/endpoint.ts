// One endpoint: takes its events, and puts each probe to the three tests in the second in which it settled.

import type { EndpointInfo } from '../events/endpoint-info.js';
import type { ConditionName } from '../events/verdict.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';
import { LOSS_AT_FIRST, lossLevels, OFTEN, RTT_FLOOR, rttLevels, thresholdFor } from './conditions/levels.js';
import { SequentialTest } from './conditions/sequential-test.js';
import { positionOf } from './place/place.js';
import type { Position } from './place/place.js';
import * as probe from './probes/probe-window.js';
import { ProbeWindow } from './probes/probe-window.js';
import { MINUTE, rttsSince } from './usual/minute.js';
import type { Minute } from './usual/minute.js';
import { Usual } from './usual/usual.js';

/** Minutes are learned so much later: a fault that is found by then is not part of the usual. */
const LEARNED_LATE: Millis = 2 * MINUTE;
/** What has lasted so long is usual. */
const LASTING: Millis = 60 * MINUTE;
const SLOW_MINUTES = 10;
const LOSSY_MINUTES = 30;
/** More loss than this is never usual. */
const MOST_USUAL_LOSS = 0.03;

/** Fewer settled probes say nothing. */
const FEWEST_SETTLED = 5;

/** An outcome that has not come so long after the timeout never will. */
const GIVEN_UP: Millis = 5000;

/** One strange RTT makes two strange differences: so much more of them is asked for. */
const JITTER_THRESHOLD = 1.5;

export type Kind = 'lossy' | 'slow' | 'jittery';
export const KINDS: readonly Kind[] = ['lossy', 'slow', 'jittery'];

export class WatchedEndpoint {
  readonly id: EndpointId;
  label: string;
  info: EndpointInfo;
  position: Position;
  interval: Millis;
  readonly from: UnixMillis;
  readonly window: ProbeWindow;
  readonly usual = new Usual();
  readonly tests: Readonly<Record<Kind, SequentialTest>>;
  /** Its loss is the fault of nobody behind it: it only answers ping badly. */
  acquitted = false;
  /** Who behind it doesn't have it. */
  acquittedBy: readonly WatchedEndpoint[] = [];
  settled = 0;
  answered = 0;
  /** In the second judged last, while it was not lossy: probes settled, and how many of them failed. */
  pooledSettled = 0;
  pooledFailed = 0;
  /** When the newest answered probe was sent. */
  lastAnsweredAt: UnixMillis = -Infinity;
  /** The last error of a probe that could not be sent. */
  error: string | null = null;
  address: string | null = null;
  readonly #timeout: Millis;
  /** Of the minute that isn't over. */
  #counts = { settled: 0, failed: 0, answered: 0, slow: 0, jittery: 0 };
  /** When what is usual began to be learned. */
  #firstAt: UnixMillis;
  #firstAnswered = 0;
  readonly #minutes: Minute[] = [];
  #unlearned = 0;
  #lastRtt = -1;

  constructor(info: EndpointInfo, at: UnixMillis, timeout: Millis) {
    this.id = info.id;
    this.label = info.label;
    this.info = info;
    this.position = positionOf(info);
    if (info.hop !== null) this.address = info.address;
    this.interval = info.interval;
    this.from = at;
    this.#firstAt = at;
    this.#timeout = timeout;
    this.window = new ProbeWindow(info.interval, timeout);
    const threshold = thresholdFor(info.interval);
    this.tests = {
      lossy: new SequentialTest(lossLevels, LOSS_AT_FIRST, threshold, info.interval),
      slow: new SequentialTest(rttLevels, RTT_FLOOR, threshold, info.interval),
      jittery: new SequentialTest(rttLevels, RTT_FLOOR, JITTER_THRESHOLD * threshold, info.interval),
    };
  }

  /** Another label, place or interval from now on. */
  change(info: EndpointInfo): void {
    this.label = info.label;
    this.info = info;
    this.position = positionOf(info);
    if (info.interval === this.interval) return;
    this.interval = info.interval;
    this.window.makeRoomFor(info.interval, this.#timeout);
    const threshold = thresholdFor(info.interval);
    this.tests.lossy.threshold = threshold;
    this.tests.slow.threshold = threshold;
    this.tests.jittery.threshold = JITTER_THRESHOLD * threshold;
    for (const kind of KINDS) this.tests[kind].interval = info.interval;
  }

  get isBad(): boolean {
    const { lossy, slow, jittery } = this.tests;
    return lossy.bad || slow.bad || jittery.bad;
  }

  /** Has said enough to be asked. */
  get hasData(): boolean {
    return this.settled >= FEWEST_SETTLED && this.answered > 0;
  }

  /** Has never answered at all. */
  get isSilent(): boolean {
    return this.settled >= FEWEST_SETTLED && this.answered === 0;
  }

  get conditions(): readonly ConditionName[] {
    if (this.isSilent) return ['silent'];
    if (!this.hasData) return ['no data'];
    const { lossy } = this.tests;
    const found: ConditionName[] = KINDS.filter((kind) => this.tests[kind].bad);
    if (lossy.bad && this.lastAnsweredAt < lossy.since) found[0] = 'down';
    return found.length === 0 ? ['fine'] : found;
  }

  /** Judges what had settled by then, in order of sending; `sendFails`: nothing can be sent at all, so what is unsent says nothing of it. */
  judge(until: UnixMillis, sendFails: boolean): void {
    const { window } = this;
    const { at, rtt, state, mask, next } = window;
    const latest = until - this.#timeout;
    const answeredBefore = this.answered;
    this.pooledSettled = 0;
    this.pooledFailed = 0;
    let { pending } = window;
    let isFirst = true;
    for (let seq = pending; seq < next; seq++) {
      const slot = seq & mask;
      const sentAt = at[slot] as number;
      if (sentAt > until) break;
      const code = state[slot] as number;
      if (code < probe.JUDGED || (code & probe.JUDGED) === 0) {
        const outcome = code & probe.OUTCOME;
        if (outcome === probe.ANSWERED && sentAt + (rtt[slot] as number) <= until) {
          state[slot] = code | probe.JUDGED | this.#answered(sentAt, rtt[slot] as number, code);
        } else if (outcome === probe.FAILED && sentAt <= latest) {
          state[slot] = code | probe.JUDGED;
          this.#failed(sentAt);
        } else if (outcome === probe.UNSENT) {
          state[slot] = (sendFails ? probe.EXCUSED : probe.UNSENT) | probe.JUDGED;
          if (!sendFails) this.#failed(sentAt);
        } else if (outcome === probe.VOID) {
          state[slot] = code | probe.JUDGED;
        } else if (sentAt < latest - GIVEN_UP) {
          state[slot] = probe.VOID | probe.JUDGED;
        } else {
          isFirst = false;
          continue;
        }
      }
      if (isFirst) pending = seq + 1;
    }
    window.pending = pending;
    const answered = this.answered - answeredBefore;
    this.settled += answered;
    this.#counts.settled += answered;
    this.#counts.answered += answered;
    if (!this.tests.lossy.bad) this.pooledSettled += answered;
    if (this.usual.isFirst && answered > 0) {
      this.#firstAnswered += answered;
      this.usual.takeFirst(rttsSince(window, this.#firstAt), this.#firstAnswered);
    }
  }

  #failed(sentAt: UnixMillis): void {
    const { lossy } = this.tests;
    this.settled++;
    this.#counts.settled++;
    this.#counts.failed++;
    // Answers settle sooner than losses: what was sent before the end belongs to what has ended.
    if (!lossy.bad) {
      if (sentAt < lossy.endedAt) return;
      this.pooledSettled++;
      this.pooledFailed++;
    }
    lossy.add(true, sentAt);
  }

  /** Returns the flags that the probe gets. Runs once a probe: everything else is left to happen where it matters. */
  #answered(sentAt: UnixMillis, rtt: Millis, code: number): number {
    const { usual } = this;
    const { lossy, slow, jittery } = this.tests;
    let flags = 0;
    this.answered++;
    this.lastAnsweredAt = sentAt;
    if (!lossy.quiet) lossy.add(false, sentAt);
    if (code !== probe.ANSWERED) return 0;
    if (rtt > usual.slowAbove) {
      this.#counts.slow++;
      flags = probe.SLOW;
      slow.add(true, sentAt);
    } else if (!slow.quiet) slow.add(false, sentAt);
    const last = this.#lastRtt;
    this.#lastRtt = rtt;
    if (last < 0) return flags;
    if (Math.abs(rtt - last) > usual.jitteryAbove) {
      this.#counts.jittery++;
      flags |= probe.JITTERY;
      jittery.add(true, sentAt);
    } else if (!jittery.quiet) jittery.add(false, sentAt);
    return flags;
  }

  /** A minute is over: closes it, and learns the one that is two minutes old. */
  closeMinute(to: UnixMillis): void {
    if (this.#counts.settled > 0) {
      const from = to - MINUTE;
      const { settled, failed, answered, slow, jittery } = this.#counts;
      const { p50, spread, steps, samples } = rttsSince(this.window, from);
      this.#minutes.push({ from, to, settled, failed, answered, slow, jittery, p50, spread, steps, samples });
      this.#unlearned++;
      if (this.#minutes.length > LOSSY_MINUTES) this.#minutes.shift();
      this.#counts = { settled: 0, failed: 0, answered: 0, slow: 0, jittery: 0 };
    }
    let hasLearned = false;
    while (this.#unlearned > 0) {
      const minute = this.#minutes.at(-this.#unlearned);
      if (minute === undefined || minute.to > to - LEARNED_LATE) break;
      this.#unlearned--;
      if (!this.acquitted && KINDS.some((kind) => concerns(this.tests[kind], minute))) continue;
      this.usual.learn(minute);
      hasLearned = true;
    }
    if (this.#adopts(to) || hasLearned) this.#takeUsual();
  }

  /** What has been so for an hour is the usual from now on. */
  #adopts(now: UnixMillis): boolean {
    if (this.acquitted) return false;
    const { lossy, slow, jittery } = this.tests;
    let has = false;
    for (const test of [slow, jittery]) {
      if (!test.bad || now - test.since <= LASTING) continue;
      this.usual.relearn(this.#minutes.slice(-SLOW_MINUTES));
      test.end(now);
      has = true;
    }
    if (lossy.bad && now - lossy.since > LASTING) {
      const settled = this.#minutes.reduce((sum, minute) => sum + minute.settled, 0);
      const failed = this.#minutes.reduce((sum, minute) => sum + minute.failed, 0);
      if (failed < MOST_USUAL_LOSS * settled) {
        this.usual.relearn(this.#minutes);
        lossy.end(now);
        has = true;
      }
    }
    if (has) this.#unlearned = 0;
    return has;
  }

  #takeUsual(): void {
    this.tests.lossy.setUsual(this.usual.lossRate);
    this.tests.slow.setUsual(this.usual.slowRate);
    this.tests.jittery.setUsual(this.usual.jitterRate);
  }

  /** Nobody looked for a while: what was found then is not known to be so now. */
  interrupt(at: UnixMillis, ends: boolean): void {
    for (const kind of KINDS) {
      if (ends && this.tests[kind].bad) this.tests[kind].end(at);
      else this.tests[kind].reset();
    }
    this.#lastRtt = -1;
  }

  /** It is another machine now, or behind another network. */
  startAnew(at: UnixMillis): void {
    this.usual.startAnew();
    this.#firstAt = at;
    this.#firstAnswered = 0;
    this.#unlearned = 0;
    this.tests.slow.end(at);
    this.tests.jittery.end(at);
    this.#takeUsual();
    this.#lastRtt = -1;
  }

  /** Whether its usual loss leaves it a say on others' loss. */
  get losesOften(): boolean {
    return this.tests.lossy.p0 > OFTEN;
  }
}

/** Whether a condition, or the start of one, lies in that minute. */
const concerns = (test: SequentialTest, minute: Minute): boolean => {
  if (test.bad) return test.since <= minute.to;
  if (test.endedAt >= minute.from - 5000 && test.since <= minute.to) return true;
  return !test.quiet && test.highest > test.threshold / 2;
};
