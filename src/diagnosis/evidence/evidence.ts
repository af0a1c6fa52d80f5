// The numbers that prove a verdict, gathered when it is said.

import type { EndpointEvidence, Part, VerdictEvidence, WorstCallQuality } from '../../events/verdict.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import type { OwnTraffic } from '../traffic/own-traffic.js';
import type { Finding } from '../verdict/judgement.js';
import { isBlame } from '../verdict/speaker.js';
import type { Said } from '../verdict/speaker.js';
import { worstCallQuality } from '../quality/call-quality.js';
import { recentOf } from './recent.js';

/** Shares are over the time since the fault began; where there is none, over so long. */
const LAST: Millis = 10_000;

export type EvidenceInput = {
  said: Said;
  findings: readonly Finding[];
  endpoints: readonly WatchedEndpoint[];
  traffic: OwnTraffic;
  now: UnixMillis;
  timeout: Millis;
  reason: string | null;
};

export const evidenceOf = ({
  said,
  findings,
  endpoints,
  traffic,
  now,
  timeout,
  reason,
}: EvidenceInput): VerdictEvidence => {
  const { finding, code } = said;
  const from = isBlame(code) ? said.since : now - LAST;
  return {
    endpoints: [...endpoints].sort(outward).map((endpoint) => evidenceOn(endpoint, finding, from, now - timeout)),
    traffic: traffic.nearest,
    ...qualityOf(worstCallQuality(endpoints, now, timeout, isBlame(code) ? said.since : undefined)),
    confidence: confidenceOf(said),
    add: finding?.add ?? null,
    others: findings
      .filter((other) => other !== finding && !(other.code === code && isWithin(other.blamed, said.blamed)))
      .map((other) => ({ code: other.code, endpoints: other.blamed.map(({ id }) => id), since: other.since })),
    reason,
  };
};

/** From this machine outwards. */
export const outward = (a: WatchedEndpoint, b: WatchedEndpoint): number =>
  a.position.rank - b.position.rank || a.id - b.id;

const isWithin = (some: readonly WatchedEndpoint[], all: readonly WatchedEndpoint[]): boolean =>
  some.every((endpoint) => all.includes(endpoint));

const evidenceOn = (
  endpoint: WatchedEndpoint,
  finding: Finding | null,
  from: UnixMillis,
  until: UnixMillis,
): EndpointEvidence => {
  const { settled, failed, late, p50 } = recentOf(endpoint, from, until);
  return {
    endpoint: endpoint.id,
    label: endpoint.label,
    conditions: endpoint.conditions,
    part: partOf(endpoint, finding),
    share: settled === 0 ? null : to(failed / settled, 6),
    late,
    p50: p50 === null ? null : to(p50, 3),
    usualP50: endpoint.usual.p50 === null ? null : to(endpoint.usual.p50, 3),
    ...(endpoint.error === null ? {} : { error: endpoint.error }),
  };
};

const partOf = (endpoint: WatchedEndpoint, finding: Finding | null): Part => {
  if (finding?.blamed.includes(endpoint) === true) return 'blamed';
  if (endpoint.acquitted) return 'acquitted';
  if (finding?.fault?.cleared.includes(endpoint) === true) return 'cleared';
  if (finding?.fault?.undecided.includes(endpoint) === true) return 'undecided';
  return 'none';
};

/** Words, never a percentage: likely where everybody who was asked has answered. */
const confidenceOf = ({ code, finding }: Said): 'likely' | 'possibly' | null => {
  if (!isBlame(code)) return null;
  if (code === 'unclear') return 'possibly';
  return (finding?.fault?.undecided.length ?? 0) === 0 ? 'likely' : 'possibly';
};

/** Half floats and long fractions are no news to anybody. */
const to = (value: number, digits: number): number => Number(value.toFixed(digits));

const qualityOf = (worst: WorstCallQuality | null): Pick<VerdictEvidence, 'quality'> =>
  worst === null ? {} : { quality: { ...worst, r: to(worst.r, 1), mos: to(worst.mos, 2) } };
