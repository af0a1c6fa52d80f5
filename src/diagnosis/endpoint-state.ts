// What readers are told of an endpoint.

import type { CallQuality, ConditionName } from '../events/verdict.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';
import type { WatchedEndpoint } from './endpoint.js';
import { callQualityOf } from './quality/call-quality.js';

export type EndpointState = {
  /** Worst first; one entry where nothing is wrong. */
  conditions: readonly ConditionName[];
  /** It only answers ping badly. */
  isAcquitted: boolean;
  /** Who behind it has not what it has. */
  acquittedBy: readonly EndpointId[];
  /** Null while nothing has been learned. */
  usualP50: Millis | null;
  usualP90: Millis | null;
  /** Null where too few probes have settled. */
  quality: CallQuality | null;
};

export const stateOf = (endpoint: WatchedEndpoint, now: UnixMillis, timeout: Millis): EndpointState => {
  const { usual, acquitted, acquittedBy, conditions } = endpoint;
  return {
    conditions,
    isAcquitted: acquitted,
    acquittedBy: acquitted ? acquittedBy.map((other) => other.id) : [],
    usualP50: usual.p50,
    usualP90: usual.p50 === null ? null : usual.p50 + usual.spread,
    quality: callQualityOf(endpoint, now, timeout),
  };
};
