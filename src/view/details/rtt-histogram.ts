// How RTTs are distributed, usually and now, in a few rows of the same width, so that it is seen whether the whole path has
// become slower or whether a few probes are.

import type { RttCount } from '../../history/probe-log/span-reader.js';
import type { Millis } from '../../events/units.js';

export type HistogramRow = {
  from: Millis;
  /** Null: everything from `from` on. */
  to: Millis | null;
  /** Shares of all RTTs, 0..1. */
  usual: number;
  now: number;
};

/** So much of either may lie below the first row, and above the last bounded one. */
const OUTLYING = { below: 0.01, above: 0.03 };
const STEPS = [1, 2, 5];

const total = (counts: readonly RttCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

const quantile = (counts: readonly RttCount[], share: number): Millis | null => {
  const rank = Math.max(1, Math.ceil(share * total(counts)));
  let below = 0;
  for (const { rtt, count } of counts) {
    below += count;
    if (below >= rank) return rtt;
  }
  return null;
};

/** The smallest of 1, 2, 5 x 10^n that is at least `least`. */
const roundStep = (least: Millis): Millis => {
  const power = 10 ** Math.floor(Math.log10(least));
  const mantissa = STEPS.find((step) => step * power >= least * (1 - 1e-9));
  return mantissa === undefined ? 10 * power : mantissa * power;
};

const shareWithin = (counts: readonly RttCount[], all: number, from: Millis, to: Millis | null): number =>
  all === 0
    ? 0
    : counts.reduce((sum, { rtt, count }) => (rtt >= from && (to === null || rtt < to) ? sum + count : sum), 0) / all;

/**
 * At most `rows` rows (at least 2), shortest RTTs first; the last one is open where anything lies above. Empty where
 * neither has an RTT.
 */
export const rttHistogram = (usual: readonly RttCount[], now: readonly RttCount[], rows: number): HistogramRow[] => {
  const both = [usual, now].filter((counts) => counts.length > 0);
  const lows = both.map((counts) => quantile(counts, OUTLYING.below) ?? 0);
  const highs = both.map((counts) => quantile(counts, 1 - OUTLYING.above) ?? 0);
  if (both.length === 0) return [];
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  const bounded = Math.max(1, rows - 1);
  let step = roundStep(Math.max((high - low) / bounded, low / 100, 0.001));
  let first = Math.floor(low / step) * step;
  while (first + bounded * step <= high) {
    step = roundStep(step * 1.5);
    first = Math.floor(low / step) * step;
  }
  const count = Math.floor((high - first) / step) + 1;
  const totals = { usual: total(usual), now: total(now) };
  const rowOf = (from: Millis, to: Millis | null, below: Millis): HistogramRow => ({
    from,
    to,
    // What little lies below the first row is counted in it.
    usual: shareWithin(usual, totals.usual, below, to),
    now: shareWithin(now, totals.now, below, to),
  });
  const table = Array.from({ length: count }, (_, i) => {
    const from = first + i * step;
    return rowOf(from, first + (i + 1) * step, i === 0 ? 0 : from);
  });
  const end = first + count * step;
  const above = rowOf(end, null, end);
  return above.usual + above.now > 0 && table.length < rows ? [...table, above] : table;
};

/** `80-100`, `0.2-0.4`, `300-`: as many digits as the step needs. */
export const rangeText = ({ from, to }: Pick<HistogramRow, 'from' | 'to'>, step: Millis): string => {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return `${from.toFixed(digits)}-${to === null ? '' : to.toFixed(digits)}`;
};
