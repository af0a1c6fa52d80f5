// Which hop of a path is the provider's router: the first behind the gateway that answers from outside. Hops in front of it
// are the home's or the line's, those behind it are beyond the provider.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import { isOutside } from '../../events/outside.js';
import { positionOf } from './place.js';
import type { Position } from './place.js';

export type Placed = {
  readonly info: Pick<EndpointInfo, 'kind' | 'place' | 'hop' | 'target'>;
  /** Who answers; null while that isn't known. */
  readonly address: string | null;
  position: Position;
};

/** Gives each its `position`, from what is known of all of them. Cheap where there are no hops. */
export const placeHops = (endpoints: readonly Placed[]): void => {
  if (endpoints.every(({ info }) => info.hop === null)) return;
  const nearest = new Map<string, Placed>();
  const said = new Set(endpoints.filter(({ info }) => info.place === 'provider').map(({ info }) => info.target));
  for (const endpoint of endpoints) {
    const { address, info } = endpoint;
    endpoint.position = positionOf(info);
    if (endpoint.position.side !== 'between' || info.place !== null || said.has(info.target)) continue;
    if (address === null || !isOutside(address)) continue;
    const known = nearest.get(info.target);
    if (known === undefined || endpoint.position.rank < known.position.rank) nearest.set(info.target, endpoint);
  }
  for (const endpoint of nearest.values()) endpoint.position = { rank: endpoint.position.rank, side: 'provider' };
  // Beside a path, the provider's router is one of its hops, and as far away.
  for (const endpoint of endpoints) {
    const { address, info } = endpoint;
    if (info.kind !== 'provider' || address === null) continue;
    const same = endpoints.find((other) => other.info.kind === 'hop' && other.address === address);
    if (same !== undefined) endpoint.position = { rank: same.position.rank, side: 'provider' };
  }
};
