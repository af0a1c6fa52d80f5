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

/** One value for each of the statistics. */
export const eachStatistic = (value: (statistic: RttStatistic) => Millis | null): RttStats => {
  const stats: Partial<RttStats> = {};
  for (const statistic of RTT_STATISTICS) stats[statistic] = value(statistic);
  return stats as RttStats;
};
