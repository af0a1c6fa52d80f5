// What readers are told of an endpoint.

import type { CallQuality, ConditionName } from '../events/verdict.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';
import type { WatchedEndpoint } from './endpoint.js';
import { callQualityOf } from './quality/call-quality.js';
import { showsNeglect } from './sharing/neglect.js';

export type EndpointState = {
  /** Worst first; one entry where nothing is wrong. */
  conditions: readonly ConditionName[];
  /** It only answers ping badly: since a fault that those behind it haven't, or always. */
  isAcquitted: boolean;
  /** Who behind it has not what it has. */
  acquittedBy: readonly EndpointId[];
  /** Null while nothing has been learned. */
  usualP50: Millis | null;
  usualP90: Millis | null;
  /** Null where too few probes have settled. */
  quality: CallQuality | null;
};

/** @param all who is watched, it among them */
export const stateOf = (
  endpoint: WatchedEndpoint,
  all: readonly WatchedEndpoint[],
  now: UnixMillis,
  timeout: Millis,
): EndpointState => {
  const { usual, acquitted, conditions } = endpoint;
  const acquittedBy = acquitted ? endpoint.acquittedBy : showsNeglect(endpoint, all);
  return {
    conditions,
    isAcquitted: acquitted || acquittedBy.length > 0,
    acquittedBy: acquittedBy.map((other) => other.id),
    usualP50: usual.p50,
    usualP90: usual.p50 === null ? null : usual.p50 + usual.spread,
    quality: callQualityOf(endpoint, now, timeout),
  };
};
