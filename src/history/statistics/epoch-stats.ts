// What one epoch (or any other span) says. Times are on the session timeline, RTTs in milliseconds.

import { emptyStateCounts, type StateCounts } from '../../events/probe-state.js';
import type { Millis, UnixMillis } from '../../events/units.js';

export type EpochStats = {
  /** The span that was counted: the one asked for, unless only rollups with other bounds are left of it. */
  from: UnixMillis;
  to: UnixMillis;
  /** Sum of all states. */
  slots: number;
  counts: StateCounts;
  /** Fraction 0..1, null where nothing has settled. */
  loss: number | null;
  /** RTT statistics of answered and late probes that are not uncertain; null where there are none. */
  min: Millis | null;
  mean: Millis | null;
  median: Millis | null;
  p95: Millis | null;
  max: Millis | null;
  /** Mean |difference| of consecutive answered RTTs in order of sending; null with fewer than two. */
  jitter: Millis | null;
  /** Longest run, in order of sending, of probes that are lost, unreachable or unsent. */
  longestLossRun: number;
  /** The error that most unsent or unreachable probes of the span had ("ENETUNREACH", "3/1 from 192.168.1.1"), or null. */
  error: string | null;
  /** How much of the span lies in gaps, where nobody looked. */
  gap: Millis;
  /** Taken from a rollup that is wider than the epoch asked for. */
  coarse: boolean;
};

/** A span in which nothing was sent. */
export const emptyEpoch = (from: UnixMillis, to: UnixMillis, gap: Millis): EpochStats => ({
  from,
  to,
  slots: 0,
  counts: emptyStateCounts(),
  loss: null,
  min: null,
  mean: null,
  median: null,
  p95: null,
  max: null,
  jitter: null,
  longestLossRun: 0,
  error: null,
  gap,
  coarse: false,
});
