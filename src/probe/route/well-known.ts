// Endpoints that are found by looking at this machine instead of asking a server for a name.

import type { EndpointKind } from '../../events/endpoint-info.js';
import type { Family } from '../ports.js';

/** Public resolvers of two operators, anycast, that have answered echo requests for years. */
const CLOUDFLARE = { 4: '1.1.1.1', 6: '2606:4700:4700::1111' } as const satisfies Record<Family, string>;
const QUAD9 = { 4: '9.9.9.9', 6: '2620:fe::fe' } as const satisfies Record<Family, string>;

type WellKnown = {
  kind: Exclude<EndpointKind, 'host' | 'hop'>;
  label: string;
  addresses: Readonly<Record<Family, string>> | null;
};

const NAMES: Readonly<Record<string, WellKnown>> = {
  '@gateway': { kind: 'gateway', label: '@gateway', addresses: null },
  '@provider': { kind: 'provider', label: '@provider', addresses: CLOUDFLARE },
  '@internet': { kind: 'internet', label: '@internet', addresses: CLOUDFLARE },
  '@internet2': { kind: 'internet', label: '@internet2 (Quad9)', addresses: QUAD9 },
};

/** All of them, as they are typed. */
export const WELL_KNOWN_NAMES: readonly string[] = Object.keys(NAMES);

/** Null for what is an ordinary target. */
export const wellKnown = (target: string): WellKnown | null =>
  Object.hasOwn(NAMES, target) ? (NAMES[target] ?? null) : null;
