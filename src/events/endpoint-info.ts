// What is known of an endpoint: who is probed, how often, with how much, and what kind of thing it is.

import type { EndpointId, Millis } from './units.js';

/**
 * `host`: a name or an address. `gateway`, `provider`, `internet`: found by looking at this machine, not asked of a
 * server. `hop`: a router on the way to a target, probed with a limited time to live.
 */
export type EndpointKind = 'host' | 'gateway' | 'provider' | 'internet' | 'hop';

/** Where an endpoint is, seen from here; only as stated by the user, where nobody can find it out. */
export type Place = 'gateway' | 'provider' | 'beyond';

export type EndpointInfo = {
  id: EndpointId;
  /** The host name or address as given. */
  target: string;
  /** What to call it on screen: `label=` of the command line, otherwise the target. */
  label: string;
  kind: EndpointKind;
  /** As stated with `place=`, null where it wasn't. */
  place: Place | null;
  /** Of a hop: the time to live that its probes are sent with, 1 for the first router. Null for all other kinds. */
  hop: number | null;
  interval: Millis;
  /** ICMP payload bytes. */
  sizeBytes: number;
  /** The address probed at the start, null while the name is not resolved. */
  address: string | null;
};

/** What a host is unless told otherwise. */
export const PLAIN_HOST = { kind: 'host', place: null, hop: null } as const;

/** Whether the same is said of both, but for their ids and their addresses, of which `resolved` events tell. */
export const isSameEndpoint = (a: EndpointInfo, b: EndpointInfo): boolean =>
  a.target === b.target &&
  a.label === b.label &&
  a.kind === b.kind &&
  a.place === b.place &&
  a.hop === b.hop &&
  a.interval === b.interval &&
  a.sizeBytes === b.sizeBytes;
