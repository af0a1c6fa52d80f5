// What the colour of a column says: what it meant for whoever used the line, by the same limits as the diagnosis
// has for "slow". Not what is unusual for this host: 10 ms of a router that mostly takes 2 are good.

import type { EndpointState } from '../../diagnosis/endpoint-state.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { Millis } from '../../events/units.js';
import type { Band } from '../theme/palette.js';

/** What is usual at an endpoint: the median, and the 90th percentile. */
export type Usual = { readonly p50: Millis; readonly p90: Millis };

/** By what the diagnosis has learned, or, before that, by the median on record. */
export const usualOf = (
  state: Pick<EndpointState, 'usualP50' | 'usualP90'> | null,
  median: Millis | null,
): Usual | null => {
  const p50 = state?.usualP50 ?? median;
  return p50 === null ? null : { p50, p90: state?.usualP90 ?? p50 };
};

/** Differences of less are never bad, whatever is usual. */
export const LEAST_EXCESS: Millis = 30;

/** From so much above the usual median on an answer is slow. */
export const slowExcess = ({ p50, p90 }: Usual): Millis => Math.max(LEAST_EXCESS, 2 * (p90 - p50), p50 / 4);

/** A few answers colour a column only if they are twice as slow as slow. */
const FEW_ARE_SLOW = 2;

/**
 * `bad`: most answers were slow. `warn`: some were very slow. `late`: most came after the timeout. Lost ones have signs
 * of their own.
 */
export const bandOf = ({ counts, p50, p95 }: EpochStats, usual: Usual | null): Band => {
  if (counts.late > 0 && counts.late >= counts.answered) return 'late';
  if (p50 === null || usual === null) return 'good';
  const limit = slowExcess(usual);
  if (p50 - usual.p50 >= limit) return 'bad';
  // A p95 of replies after the timeout says nothing of the others; they have a sign of their own.
  if (counts.late > 0) return 'good';
  return (p95 ?? p50) - usual.p50 >= FEW_ARE_SLOW * limit ? 'warn' : 'good';
};
