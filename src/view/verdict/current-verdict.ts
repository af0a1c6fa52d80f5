// A verdict stands for as long as nothing else is to be said, and its figures are those of the moment in which it was said.
// To be shown it gets the figures of now.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { EndpointId, Millis } from '../../events/units.js';
import type { VerdictEvent } from '../../events/verdict.js';

const LEAST: Millis = 10_000;
const PROBES = 20;

/** What "the last 10 s" are: at long intervals they would hold two probes, so it is at least 20 probes. */
export const recentLength = ({ interval }: Pick<EndpointInfo, 'interval'>): Millis =>
  Math.max(LEAST, PROBES * interval);

/** @param recentOf what `recentLength` before now added up to, null for an endpoint that isn't known */
export const asOfNow = (verdict: VerdictEvent, recentOf: (id: EndpointId) => EpochStats | null): VerdictEvent => ({
  ...verdict,
  evidence: {
    ...verdict.evidence,
    endpoints: verdict.evidence.endpoints.map((one) => {
      const recent = recentOf(one.endpoint);
      if (recent === null || recent.loss === null) return one;
      const { late } = recent.counts;
      const settled = recent.slots - recent.counts.inFlight - recent.counts.void;
      // For a call late is lost.
      const share = settled === 0 ? recent.loss : Math.min(1, recent.loss + late / settled);
      return { ...one, share, late, p50: recent.p50 };
    }),
  },
});
