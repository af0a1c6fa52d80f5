// What is usual at one endpoint: learned by the minute, over 24 hours. RTT figures are medians of the minutes'; shares
// are pooled, never medians, since the median of rare losses is none.

import type { Millis } from '../../events/units.js';
import { LOSS_AT_FIRST, LOSS_FLOOR, RTT_FLOOR } from '../conditions/levels.js';
import type { Minute, Rtts } from './minute.js';
import { SlidingMedian } from './sliding-median.js';

/** 24 hours. */
const MINUTES = 1440;

/** The median of so many answers is the usual at first, and of up to so many until a minute has been learned. */
const FEWEST_ANSWERS = 20;
const MOST_ANSWERS = 400;

/** Slower than usual by less than this is not slow; nor is jitter of less. */
const LEAST_EXCESS: Millis = 30;

type Shares = {
  settled: Uint32Array;
  failed: Uint32Array;
  answered: Uint32Array;
  slow: Uint32Array;
  jittery: Uint32Array;
};

export class Usual {
  /** Median RTT, null until there are answers enough. */
  p50: Millis | null = null;
  /** How far the 90th percentile is above it. */
  spread: Millis = 0;
  /** 90th percentile of the differences between consecutive answers. */
  steps: Millis = 0;
  /** An RTT above this is slow, a difference above that is jittery. */
  slowAbove: Millis = Infinity;
  jitteryAbove: Millis = Infinity;
  /** The usual rates, as the tests take them. */
  lossRate = LOSS_AT_FIRST;
  slowRate = RTT_FLOOR;
  jitterRate = RTT_FLOOR;
  /** Minutes learned, ever. */
  learned = 0;
  /** No minute has been learned, and answers are few: each second they are read again. */
  isFirst = true;
  readonly #p50s = new SlidingMedian(MINUTES);
  readonly #spreads = new SlidingMedian(MINUTES);
  readonly #steps = new SlidingMedian(MINUTES);
  readonly #shares: Shares = {
    settled: new Uint32Array(MINUTES),
    failed: new Uint32Array(MINUTES),
    answered: new Uint32Array(MINUTES),
    slow: new Uint32Array(MINUTES),
    jittery: new Uint32Array(MINUTES),
  };
  readonly #sums = { settled: 0, failed: 0, answered: 0, slow: 0, jittery: 0 };
  #rows = 0;
  #nextRow = 0;

  /** Until a minute has been learned: what the first answers say. */
  takeFirst({ p50, spread, steps, samples }: Rtts, answered: number): void {
    if (samples < FEWEST_ANSWERS) return;
    this.p50 = p50;
    this.spread = spread ?? 0;
    this.steps = steps ?? 0;
    this.#setLimits();
    if (answered >= MOST_ANSWERS) this.isFirst = false;
  }

  learn(minute: Minute): void {
    this.isFirst = false;
    this.learned++;
    if (minute.p50 !== null) this.#p50s.push(minute.p50);
    if (minute.spread !== null) this.#spreads.push(minute.spread);
    if (minute.steps !== null) this.#steps.push(minute.steps);
    this.#pool(minute);
    this.p50 = this.#p50s.value ?? this.p50;
    this.spread = this.#spreads.value ?? this.spread;
    this.steps = this.#steps.value ?? this.steps;
    this.#setLimits();
    const { settled, failed, answered, slow, jittery } = this.#sums;
    this.lossRate = Math.max(LOSS_FLOOR, (2 * (failed + 1)) / (settled + 1000));
    this.slowRate = Math.max(RTT_FLOOR, (2 * slow) / (answered + 100));
    this.jitterRate = Math.max(RTT_FLOOR, (2 * jittery) / (answered + 100));
  }

  /** What lasts is usual: forgets everything but these minutes. */
  relearn(minutes: readonly Minute[]): void {
    this.#forget();
    for (const minute of minutes) this.learn(minute);
  }

  /** Another network, or another machine: nothing is usual yet. */
  startAnew(): void {
    this.#forget();
    this.p50 = null;
    this.slowAbove = Infinity;
    this.jitteryAbove = Infinity;
    this.lossRate = LOSS_AT_FIRST;
    this.slowRate = RTT_FLOOR;
    this.jitterRate = RTT_FLOOR;
    this.learned = 0;
    this.isFirst = true;
  }

  #setLimits(): void {
    const { p50, spread, steps } = this;
    if (p50 === null) return;
    this.slowAbove = p50 + Math.max(LEAST_EXCESS, 2 * spread, p50 / 4);
    this.jitteryAbove = Math.max(LEAST_EXCESS, 1.5 * steps);
  }

  #pool(minute: Minute): void {
    const row = this.#nextRow;
    const isFull = this.#rows === MINUTES;
    for (const key of ['settled', 'failed', 'answered', 'slow', 'jittery'] as const) {
      const column = this.#shares[key];
      if (isFull) this.#sums[key] -= column[row] as number;
      column[row] = minute[key];
      this.#sums[key] += minute[key];
    }
    if (!isFull) this.#rows++;
    this.#nextRow = (row + 1) % MINUTES;
  }

  #forget(): void {
    this.#p50s.clear();
    this.#spreads.clear();
    this.#steps.clear();
    Object.assign(this.#sums, { settled: 0, failed: 0, answered: 0, slow: 0, jittery: 0 });
    this.#rows = 0;
    this.#nextRow = 0;
  }
}
