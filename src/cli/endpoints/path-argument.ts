// The host whose path is to be watched: one of the endpoints, by its label or its host, or another one.

import type { EndpointId } from '../../events/units.js';
import { HOP_INTERVAL } from '../../probe/path/paths.js';
import type { PathPlan } from '../../probe/path/paths.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseEndpoint } from './endpoint-argument.js';
import type { EndpointArgument, EndpointDefaults } from './endpoint-argument.js';
import { hostKey } from './host-argument.js';

export type PathArgument = {
  path: PathPlan;
  /** The host, where it is none of the endpoints; it is then to be watched as the one after them. */
  added: EndpointArgument | null;
};

/**
 * --path `text` beside `endpoints`. Its hops are probed once a second unless the text says interval=.
 * @throws UsageError
 */
export const pathBeside = (
  text: string,
  endpoints: readonly EndpointArgument[],
  defaults: EndpointDefaults,
): PathArgument => {
  const labelled = endpoints.findIndex(({ label }) => label === text);
  if (labelled >= 0) return { path: pathTo(labelled, endpoints[labelled] as EndpointArgument, null), added: null };
  const named = parseEndpoint(text, { ...defaults, interval: HOP_INTERVAL });
  const known = endpoints.findIndex(({ target }) => hostKey(target) === hostKey(named.target));
  if (known >= 0) return { path: pathTo(known, endpoints[known] as EndpointArgument, named.interval), added: null };
  return { path: pathTo(endpoints.length, named, named.interval), added: parseEndpoint(text, defaults) };
};

/**
 * @param interval null: once a second
 * @throws UsageError for what has no way that could be watched
 */
export const pathTo = (
  host: EndpointId,
  { kind, label, sizeBytes }: EndpointArgument,
  interval: number | null,
): PathPlan => {
  if (kind === 'provider') {
    throw new UsageError(`${label} is a router on the way itself: give a host, such as @internet`);
  }
  return { host, interval: interval ?? HOP_INTERVAL, sizeBytes };
};
