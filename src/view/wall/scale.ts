// The y-axis of a strip: from RTT to height. The ordinary top is a rung of a ladder; otherwise it is a round number above most of
// the columns' p95, not above the highest: an outlier is capped and marked instead of pressing everything else to the floor.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { Millis } from '../../events/units.js';
import { rungFor } from './scale-ladder.js';

/** `ladder`: see scale-ladder.ts. `own`: what fits the endpoint. `shared`: one that fits all. */
export type ScaleKind = 'ladder' | 'own' | 'shared' | 'log';

export const scaleKinds: readonly ScaleKind[] = ['ladder', 'own', 'shared', 'log'];

export type Scale = {
  top: Millis;
  /** RTT at the lower edge: 0, or a power of ten on a log scale. */
  floor: Millis;
  logarithmic: boolean;
};

const roundTops = [1, 2, 4, 6, 10];

/** The next of 1, 2, 4, 6, 10 times a power of ten: its half is a short number too. */
export const roundTop = (value: Millis): Millis => {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = roundTops.find((candidate) => candidate * power >= value * 0.999) ?? 10;
  return Number((step * power).toPrecision(3));
};

/** Lowest top of a scale: below this, differences are noise of the machine. */
const SMALLEST_TOP: Millis = 0.2;

const HEADROOM = 1.6;

const nearestRank = (sorted: readonly number[], fraction: number): number =>
  sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? 0;

const sortedP95 = (columns: readonly EpochStats[]): number[] => {
  const values: number[] = [];
  for (const column of columns) if (column.p95 !== null) values.push(column.p95);
  return values.sort((a, b) => a - b);
};

/**
 * Room for the p95 of four columns of five and a bit more, or for all where the highest is not far off. What stands
 * above is capped: a disturbance of a fifth of the screen doesn't press the rest to the floor, a longer one is the
 * usual state and gets the room.
 */
const linearTop = (columns: readonly EpochStats[]): Millis => {
  const values = sortedP95(columns);
  if (values.length === 0) return 1;
  const highest = values.at(-1) ?? 0;
  // With few columns a single outlier is the fourth fifth itself: take the median then.
  const usual = nearestRank(values, values.length < 10 ? 0.5 : 0.8);
  return roundTop(Math.max(SMALLEST_TOP, Math.min(highest * 1.05, usual * HEADROOM)));
};

const logScale = (columns: readonly EpochStats[]): Scale => {
  let lowest = Infinity;
  let highest = 0;
  for (const { p50, p95 } of columns) {
    if (p50 !== null) lowest = Math.min(lowest, p50);
    if (p95 !== null) highest = Math.max(highest, p95);
  }
  if (highest === 0) return { top: 10, floor: 0.1, logarithmic: true };
  const floor = Math.max(0.01, 10 ** Math.floor(Math.log10(Math.max(0.011, lowest * 0.9))));
  const top = Math.max(floor * 10, 10 ** Math.ceil(Math.log10(highest)));
  return { top, floor, logarithmic: true };
};

const linear = (top: Millis): Scale => ({ top, floor: 0, logarithmic: false });

/**
 * One scale for each endpoint, in the order of `endpoints`.
 * @param rungs the tops on the ladder, in the same order; the lowest that fit where they aren't given
 */
export const scalesFor = (
  kind: ScaleKind,
  endpoints: readonly (readonly EpochStats[])[],
  rungs: readonly Millis[] = endpoints.map(rungFor),
): Scale[] => {
  if (kind === 'ladder') return rungs.map(linear);
  if (kind === 'own') return endpoints.map((columns) => linear(linearTop(columns)));
  if (kind === 'log') {
    const scale = logScale(endpoints.flat());
    return endpoints.map(() => scale);
  }
  const scale = linear(Math.max(...endpoints.map(linearTop)));
  return endpoints.map(() => scale);
};

/** Where `rtt` stands: 0 at the floor, 1 at the top, more above it. */
export const heightOf = (scale: Scale, rtt: Millis): number => {
  if (!scale.logarithmic) return rtt / scale.top;
  return rtt <= scale.floor ? 0 : Math.log(rtt / scale.floor) / Math.log(scale.top / scale.floor);
};

const tickText = (value: Millis, unit: boolean): string => {
  if (value >= 1000) return `${Number((value / 1000).toPrecision(2))}${unit ? ' s' : 's'}`;
  return `${Number(value.toPrecision(2))}${unit ? ' ms' : ''}`;
};

export type ScaleLabel = { /** Row of the strip, 0 at the top. */ row: number; text: string };

/** So many rows have room for a label in the middle. */
const WITH_MIDDLE = 6;

/** Labels at the top, in the middle and at the bottom, as many as `rows` have room for. */
export const scaleLabels = (scale: Scale, rows: number): ScaleLabel[] => {
  const labels: ScaleLabel[] = [{ row: 0, text: tickText(scale.top, true) }];
  const middle = scale.logarithmic ? Math.sqrt(scale.top * scale.floor) : scale.top / 2;
  // A row's label stands for the row's middle; with an even number of rows, for the upper edge of the lower half.
  if (rows >= WITH_MIDDLE) labels.push({ row: Math.floor(rows / 2), text: tickText(middle, false) });
  if (rows >= 2) labels.push({ row: rows - 1, text: tickText(scale.floor, false) });
  return labels;
};
