// What one epoch (or any other span) says. Times are on the session timeline, RTTs in milliseconds.

import type { Millis, UnixMillis } from '../../events/units.js';
import { emptyStats } from './span-stats.js';
import type { SpanStats } from './span-stats.js';

export type EpochStats = SpanStats & {
  /** The span that was counted: the one asked for, unless only rollups with other bounds are left of it. */
  from: UnixMillis;
  to: UnixMillis;
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
  ...emptyStats(),
  from,
  to,
  longestLossRun: 0,
  error: null,
  gap,
  coarse: false,
});
