// How many replies came after the timeout, as a share. For a call they are as lost.

import type { SpanStats } from '../../history/statistics/span-stats.js';

/** Fraction 0..1 of the settled probes, null where none has settled. */
export const lateShare = ({ slots, counts }: Pick<SpanStats, 'slots' | 'counts'>): number | null => {
  const settled = slots - counts.inFlight - counts.void;
  return settled <= 0 ? null : counts.late / settled;
};
