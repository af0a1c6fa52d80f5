// What else than RTT a strip can show: jitter, or loss in per cent, column by column.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import { roundTop } from '../wall/scale.js';

export type MetricValues = {
  /** Null where there is nothing to tell. */
  values: readonly (number | null)[];
  /** What a bar of full height stands for, in numbers and in words. */
  top: number;
  topText: string;
};

/** Lower tops would make a mountain of the machine's own noise, or of one probe. */
const LEAST_TOP = { jitter: 0.2, percent: 5 };

export const jitterValues = (columns: readonly EpochStats[]): MetricValues => {
  const values = columns.map(({ jitter }) => jitter);
  const top = roundTop(Math.max(LEAST_TOP.jitter, ...values.map((value) => value ?? 0)));
  return { values, top, topText: top >= 1000 ? `${top / 1000} s` : `${top} ms` };
};

export const lossValues = (columns: readonly EpochStats[]): MetricValues => {
  const values = columns.map(({ loss }) => (loss === null ? null : loss * 100));
  const top = Math.min(100, roundTop(Math.max(LEAST_TOP.percent, ...values.map((value) => value ?? 0))));
  return { values, top, topText: `${top} %` };
};
