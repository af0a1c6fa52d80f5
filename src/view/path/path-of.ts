// Which endpoints are the path to which host. A hop's target is the address that its host had when it was found.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { SessionHistory } from '../../history/session-history.js';
import type { EndpointId } from '../../events/units.js';

/** An endpoint as far as its place on a path goes; `address`: that which is probed last. */
export type OnPath = {
  info: Pick<EndpointInfo, 'id' | 'kind' | 'hop' | 'target'>;
  address: string | null;
  isRemoved: boolean;
};

export const placesOf = ({ endpoints }: Pick<SessionHistory, 'endpoints'>): readonly OnPath[] =>
  endpoints.map(({ info, address, removedAt }) => ({ info, address, isRemoved: removedAt !== null }));

const leadsTo = ({ info, address }: OnPath, target: string): boolean =>
  info.kind !== 'hop' && info.kind !== 'provider' && (address ?? info.target) === target;

/** The host that a hop is on the way to; of a host its own id. Null of a hop whose host isn't known any more. */
export const hostOf = (endpoints: readonly OnPath[], id: EndpointId): EndpointId | null => {
  const endpoint = endpoints[id];
  if (endpoint === undefined) return null;
  if (endpoint.info.kind !== 'hop') return id;
  const hosts = endpoints.filter((one) => leadsTo(one, endpoint.info.target));
  return (hosts.find(({ isRemoved }) => !isRemoved) ?? hosts[0])?.info.id ?? null;
};

/**
 * The hops to a host, nearest first: those that are watched, or where none is (a record that has ended), those that were.
 * Of two hosts at one address the first one has them.
 */
export const hopsTo = (endpoints: readonly OnPath[], host: EndpointId): readonly EndpointId[] => {
  const target = endpoints[host];
  if (target === undefined || target.info.kind === 'hop') return [];
  const all = endpoints.filter(({ info }) => info.kind === 'hop' && hostOf(endpoints, info.id) === host);
  const present = all.filter(({ isRemoved }) => !isRemoved);
  const byDistance = new Map((present.length > 0 ? present : all).map(({ info }) => [info.hop ?? 0, info.id]));
  return [...byDistance].sort(([a], [b]) => a - b).map(([, id]) => id);
};

/** Those of `ids`, hops in front of the host that they lead to, everybody else where they were. */
export const inPathOrder = (endpoints: readonly OnPath[], ids: readonly EndpointId[]): readonly EndpointId[] => {
  if (!ids.some((id) => endpoints[id]?.info.kind === 'hop')) return ids;
  const place = new Map(ids.map((id, i) => [id, i]));
  // Its host's place, and there by distance; the host behind its hops.
  const key = (id: EndpointId): readonly [number, number] => {
    const hop = endpoints[id]?.info.hop ?? null;
    const host = hop === null ? id : hostOf(endpoints, id);
    return [place.get(host ?? id) ?? place.get(id) ?? 0, hop ?? Infinity];
  };
  const keys = new Map(ids.map((id) => [id, key(id)]));
  return ids.toSorted((a, b) => {
    const [[hostA, hopA], [hostB, hopB]] = [keys.get(a), keys.get(b)] as [[number, number], [number, number]];
    return hostA - hostB || (hopA === hopB ? a - b : hopA - hopB);
  });
};
