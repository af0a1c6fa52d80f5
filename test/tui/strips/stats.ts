// Epoch statistics made up for tests: a finished epoch of 50 answered probes, but for what is said otherwise.

import type { EpochStats } from '../../../src/history/statistics/epoch-stats.js';
import { emptyStateCounts, lossOf, slotsOf } from '../../../src/events/probe-state.js';
import type { StateCounts } from '../../../src/events/probe-state.js';

export type Wanted = Partial<Omit<EpochStats, 'counts' | 'slots' | 'loss'>> & { counts?: Partial<StateCounts> };

export const statsWith = (wanted: Wanted): EpochStats => {
  const counts = { ...emptyStateCounts(), ...(wanted.counts ?? { answered: 50 }) };
  return {
    from: 0,
    to: 5000,
    min: 10,
    mean: 10,
    p50: 10,
    p95: 12,
    p99: 12,
    max: 12,
    jitter: 1,
    longestLossRun: 0,
    error: null,
    gap: 0,
    coarse: false,
    ...wanted,
    counts,
    slots: slotsOf(counts),
    loss: lossOf(counts),
  };
};

/** Nothing was answered, so there is no RTT. */
export const withoutRtt = { min: null, mean: null, p50: null, p95: null, p99: null, max: null, jitter: null };
