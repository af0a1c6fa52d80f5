// Where an endpoint stands on the way out, as a rank: a fault shows at everything behind it.

import type { EndpointInfo } from '../../events/endpoint-info.js';

/** Hops have their number as rank: the gateway is the first. */
const GATEWAY = 1;
/** A provider's router of which nobody knows how far away it is: behind the gateway, before any other hop. */
const NEAREST_PROVIDER = 1.5;
const BEYOND = 1000;

/** Which side of the rules an endpoint is on. */
export type Side = 'gateway' | 'between' | 'provider' | 'beyond';

export type Position = { rank: number; side: Side };

export const positionOf = ({ kind, place, hop }: Pick<EndpointInfo, 'kind' | 'place' | 'hop'>): Position => {
  if (kind === 'gateway' || place === 'gateway' || (kind === 'hop' && hop === 1 && place === null)) {
    return { rank: GATEWAY, side: 'gateway' };
  }
  if (kind === 'provider' || place === 'provider') {
    return { rank: hop === null ? NEAREST_PROVIDER : Math.max(hop, NEAREST_PROVIDER), side: 'provider' };
  }
  if (kind === 'hop') return { rank: Math.max(hop ?? 2, NEAREST_PROVIDER), side: 'between' };
  return { rank: BEYOND, side: 'beyond' };
};
