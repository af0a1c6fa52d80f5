// What each RTT statistic is called wherever it is shown, and where it is.

import type { RttStatistic } from '../events/rtt/rtt-statistics.js';

type StatisticView = {
  readonly statistic: RttStatistic;
  /** On the screen and in summaries. */
  readonly caption: string;
  /** Its column of `export --csv`; null: it has none. */
  readonly csv: string | null;
  /** How soon a narrow header gives it up, highest first; null: it isn't shown of a column under the cursor. */
  readonly rank: number | null;
};

/** In the order in which people read them. */
export const STATISTIC_VIEWS: readonly StatisticView[] = [
  { statistic: 'min', caption: 'min', csv: 'min_ms', rank: null },
  { statistic: 'p50', caption: 'p50', csv: 'median_ms', rank: 3 },
  { statistic: 'mean', caption: 'mean', csv: 'mean_ms', rank: null },
  { statistic: 'p95', caption: 'p95', csv: 'p95_ms', rank: 2 },
  { statistic: 'p99', caption: 'p99', csv: null, rank: null },
  { statistic: 'max', caption: 'max', csv: 'max_ms', rank: 4 },
  { statistic: 'jitter', caption: 'jitter', csv: 'jitter_ms', rank: 8 },
];
