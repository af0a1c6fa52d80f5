// The statistics that are told of RTTs, wherever they are told: on the screen, in summaries, in JSON, as CSV. The
// formulas are in src/history/statistics/span-stats.ts, the captions in src/view/statistics.ts.

import type { Millis } from '../units.js';

/**
 * In milliseconds, of the RTTs of answered and late probes that are not uncertain. Percentiles are nearest ranks;
 * jitter is the mean |difference| of consecutive answered RTTs in order of sending.
 */
export const RTT_STATISTICS = ['min', 'mean', 'p50', 'p95', 'p99', 'max', 'jitter'] as const;

export type RttStatistic = (typeof RTT_STATISTICS)[number];

/** Null where there is no RTT (of jitter: fewer than two). */
export type RttStats = Record<RttStatistic, Millis | null>;

/**
 * One value for each of the statistics. Spelled out: an object that is filled from the list gets a new hidden class in V8
 * with each value that isn't a small whole number, and takes 10 us to make instead of 0.2.
 */
export const eachStatistic = (value: (statistic: RttStatistic) => Millis | null): RttStats => ({
  min: value('min'),
  mean: value('mean'),
  p50: value('p50'),
  p95: value('p95'),
  p99: value('p99'),
  max: value('max'),
  jitter: value('jitter'),
});
