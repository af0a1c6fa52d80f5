// What has become of a path: other routers, hops that came and went, in words and in order of time.

import type { LedgerEvent } from '../../history/outages/outage-ledger.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';

export type RouteChange = { at: UnixMillis; hop: EndpointId; text: string };

/** Hops that come within this after the first were found together with it. */
const FOUND_TOGETHER: Millis = 20_000;

/**
 * @param hops all that have ever been on the path
 * @param labelOf what a hop is called
 */
export const routeChanges = (
  events: readonly LedgerEvent[],
  hops: readonly EndpointId[],
  labelOf: (hop: EndpointId) => string,
): readonly RouteChange[] => {
  const own = new Set(hops);
  let foundAt: UnixMillis | null = null;
  return events.flatMap((event): RouteChange[] => {
    if (!('endpoint' in event) || !own.has(event.endpoint)) return [];
    const { at, endpoint: hop } = event;
    const change = (text: string): RouteChange[] => [{ at, hop, text: `${labelOf(hop)} ${text}` }];
    switch (event.type) {
      case 'route':
        return event.before === null ? [] : change(`${event.before} to ${event.address}`);
      case 'added':
        foundAt ??= at;
        return at - foundAt < FOUND_TOGETHER ? [] : change('is new: the path is longer');
      case 'removed':
        return change('is gone: the path is shorter');
      default:
        return [];
    }
  });
};
