// A column of a strip on its way to a browser: the numbers of an epoch in a row, since a page has thousands of them. Its
// times are of the wall clock: the page knows no other.

import { slotsOf, lossOf } from '../../events/probe-state.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';

/** `null` where there is no RTT, no error, or where the span is that of the epoch. RTTs in milliseconds. */
export type WireColumn = readonly [
  /** It covers [index x width, (index + 1) x width) of the wall clock. */
  index: number,
  answered: number,
  late: number,
  lost: number,
  unreachable: number,
  unsent: number,
  voided: number,
  inFlight: number,
  min: Millis | null,
  mean: Millis | null,
  p50: Millis | null,
  p95: Millis | null,
  p99: Millis | null,
  max: Millis | null,
  jitter: Millis | null,
  longestLossRun: number,
  gap: Millis,
  error: string | null,
  /** What was counted in truth, where only wider rollups are left of it. */
  coarse: readonly [from: UnixMillis, to: UnixMillis] | null,
];

const DIGITS = 3;

/** To the microsecond, which is what an RTT is good for. */
export const roundedRtt = (value: Millis | null): Millis | null =>
  value === null ? null : Number(value.toFixed(DIGITS));

/** `clockOffset`: what the wall clock shows minus the session timeline. */
export const columnToWire = (index: number, stats: EpochStats, clockOffset: Millis): WireColumn => {
  const { counts, min, mean, p50, p95, p99, max, jitter, longestLossRun, gap, error, coarse, from, to } = stats;
  return [
    index,
    counts.answered,
    counts.late,
    counts.lost,
    counts.unreachable,
    counts.unsent,
    counts.void,
    counts.inFlight,
    roundedRtt(min),
    roundedRtt(mean),
    roundedRtt(p50),
    roundedRtt(p95),
    roundedRtt(p99),
    roundedRtt(max),
    roundedRtt(jitter),
    longestLossRun,
    Math.round(gap),
    error,
    coarse ? [from + clockOffset, to + clockOffset] : null,
  ];
};

/** As src/view takes it, with the wall clock for a timeline. */
export const columnFromWire = (column: WireColumn, width: Millis): EpochStats => {
  const [index, answered, late, lost, unreachable, unsent, voided, inFlight, ...rest] = column;
  const [min, mean, p50, p95, p99, max, jitter, longestLossRun, gap, error, coarse] = rest;
  const counts = { inFlight, answered, late, lost, unreachable, unsent, void: voided };
  const [from, to] = coarse ?? [index * width, (index + 1) * width];
  const rtts = { min, mean, p50, p95, p99, max, jitter };
  const loss = lossOf(counts);
  return {
    slots: slotsOf(counts),
    counts,
    loss,
    ...rtts,
    from,
    to,
    longestLossRun,
    error,
    gap,
    coarse: coarse !== null,
  };
};

/** Whether there is nothing to tell of it: such a column isn't sent. */
export const isEmptyColumn = ({ slots, gap }: EpochStats): boolean => slots === 0 && gap === 0;
