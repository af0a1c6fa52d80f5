// The call quality of an endpoint, over its newest probes.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { CallQuality, WorstCallQuality } from '../../events/verdict.js';
import type { WatchedEndpoint } from '../endpoint.js';
import { showsNeglect } from '../sharing/neglect.js';
import { recentOf } from '../evidence/recent.js';
import * as probe from '../probes/probe-window.js';
import { JITTER_BUFFER, qualityOf } from './e-model.js';

const PROBES = 50;
const FEWEST = 10;
const LONGEST: Millis = 60_000;

/** Null where too few probes have settled, or none was answered. `since`: what was sent before then is another story. */
export const callQualityOf = (
  endpoint: WatchedEndpoint,
  now: UnixMillis,
  timeout: Millis,
  since: UnixMillis = -Infinity,
): CallQuality | null => {
  const { window } = endpoint;
  const to = now - timeout;
  const from = Math.max(since, to - LONGEST, window.at[(window.firstFrom(to) - PROBES) & window.mask] ?? 0);
  const { settled, p50 } = recentOf(endpoint, from, to);
  if (settled < FEWEST || p50 === null) return null;
  const tooLate = p50 + JITTER_BUFFER;
  let lost = 0;
  let runs = 0;
  let wasLost = false;
  for (let seq = window.firstFrom(from); seq < window.next; seq++) {
    const slot = seq & window.mask;
    if ((window.at[slot] as number) > to) break;
    const state = window.state[slot] as number;
    const isAnswered = (state & probe.OUTCOME) === probe.ANSWERED;
    if ((state & probe.JUDGED) === 0 || !(isAnswered || probe.isFailure(state))) continue;
    const isLost = !isAnswered || (window.rtt[slot] as number) > tooLate;
    if (isLost) lost++;
    if (isLost && !wasLost) runs++;
    wasLost = isLost;
  }
  return qualityOf(p50, Math.min(1, lost / settled), runs === 0 ? 0 : lost / runs);
};

/** Of the worst endpoint beyond the gateway that isn't acquitted; null where none of them can tell. */
export const worstCallQuality = (
  endpoints: readonly WatchedEndpoint[],
  now: UnixMillis,
  timeout: Millis,
  since?: UnixMillis,
): WorstCallQuality | null => {
  let worst: WorstCallQuality | null = null;
  for (const endpoint of endpoints) {
    if (
      endpoint.acquitted ||
      showsNeglect(endpoint, endpoints).length > 0 ||
      endpoint.position.side === 'gateway' ||
      !endpoint.hasData
    )
      continue;
    const quality = callQualityOf(endpoint, now, timeout, since);
    if (quality !== null && (worst === null || quality.r < worst.r)) worst = { ...quality, endpoint: endpoint.id };
  }
  return worst;
};
