// One minute of one endpoint while it is being counted, and as it is kept.

import type { Millis, UnixMillis } from '../../events/units.js';
import { BINS, percentileOf } from './log-bins.js';

export const MINUTE: Millis = 60_000;

export type Minute = {
  from: UnixMillis;
  to: UnixMillis;
  settled: number;
  failed: number;
  answered: number;
  slow: number;
  jittery: number;
  /** RTTs: median, and how far the 90th percentile is above it. Null without an answer. */
  p50: Millis | null;
  spread: Millis | null;
  /** 90th percentile of the differences from one answer to the next, null with fewer than two. */
  steps: Millis | null;
};

/** Counts of one minute. Its columns are public for the loop that counts every probe. */
export class MinuteTally {
  settled = 0;
  failed = 0;
  slow = 0;
  jittery = 0;
  answered = 0;
  stepCount = 0;
  /** By LogBins. */
  readonly rtts = new Uint32Array(BINS);
  readonly steps = new Uint32Array(BINS);

  /** The minute so far. */
  read(from: UnixMillis, to: UnixMillis): Minute {
    const { answered, settled, failed, slow, jittery } = this;
    const p50 = answered === 0 ? null : percentileOf(this.rtts, answered, 50);
    return {
      from,
      to,
      settled,
      failed,
      answered,
      slow,
      jittery,
      p50,
      spread: p50 === null ? null : percentileOf(this.rtts, answered, 90) - p50,
      steps: this.stepCount === 0 ? null : percentileOf(this.steps, this.stepCount, 90),
    };
  }

  clear(): void {
    this.settled = 0;
    this.failed = 0;
    this.slow = 0;
    this.jittery = 0;
    this.answered = 0;
    this.stepCount = 0;
    this.rtts.fill(0);
    this.steps.fill(0);
  }
}
