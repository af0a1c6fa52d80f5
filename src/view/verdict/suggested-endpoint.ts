// What would tell whose fault it is, where what is watched can't: an endpoint to add, as it is typed.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { Millis } from '../../events/units.js';
import type { VerdictEvent } from '../../events/verdict.js';

const GATEWAY = '@gateway';
/** Hosts of two operators, known to everybody. */
const HOSTS = ['@internet', '@internet2'];
/** Routers that neglect ping mostly answer once a second, or a little more seldom. */
const SLOW_INTERVALS: readonly Millis[] = [1000, 5000];

/** Empty where nothing is missing, or where it is watched already. `watched`: whoever is at present. */
export const suggestedEndpoint = (verdict: VerdictEvent | null, watched: readonly EndpointInfo[]): string => {
  const unwatched = (targets: readonly string[]): string =>
    targets.find((target) => !watched.some((endpoint) => endpoint.target === target)) ?? '';
  switch (verdict?.evidence.add ?? null) {
    case null:
      return '';
    case 'host':
    case 'provider':
      return unwatched(HOSTS);
    case 'gateway':
      return unwatched([GATEWAY]);
    case 'slower gateway':
      return slower(watched.filter(({ kind, place }) => kind === 'gateway' || place === 'gateway'));
  }
};

const slower = (gateways: readonly EndpointInfo[]): string => {
  const slowest = gateways.reduce((interval, endpoint) => Math.max(interval, endpoint.interval), 0);
  const next = SLOW_INTERVALS.find((interval) => interval > slowest);
  const [gateway] = gateways;
  if (gateway === undefined || next === undefined) return '';
  const place = gateway.place === null ? '' : `,place=${gateway.place}`;
  return `${gateway.target},interval=${next / 1000}${place}`;
};
