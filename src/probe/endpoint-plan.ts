// What the prober is told: whom to probe, and how.

import type { EndpointInfo } from '../events/endpoint-info.js';
import type { Millis, ProbeSeq } from '../events/units.js';
import type { Family } from './ports.js';
import { SCOUT_ID } from './route/scouts.js';

export type EndpointPlan = Omit<EndpointInfo, 'address'> & {
  /** 4 or 6 where forced, null for whichever is reachable. */
  family: Family | null;
  /** Where a resumed session goes on; 0 if left out. */
  firstSeq?: ProbeSeq;
};

/** What can change of an endpoint while it is watched. */
export type EndpointChange = Partial<Pick<EndpointInfo, 'label' | 'interval' | 'sizeBytes' | 'place'>>;

export type ProbePlan = {
  /** The same for all, so that probes time out in the order in which they were sent. */
  timeout: Millis;
  /** Probes per endpoint, null for no end. Missed slots are not counted: the run ends that much later. */
  count: number | null;
  /** Resolve names anew that often, null for only when an endpoint is down. */
  resolveEvery: Millis | null;
  /** Those that are probed from the start. Ids ascend. */
  endpoints: readonly EndpointPlan[];
  /** Ids below this are taken, by those that a resumed record holds and nobody probes any more. */
  takenIds?: number;
};

/** An id has 16 bits of the payload, of which the last value is the scouts'. */
export const MOST_ENDPOINT_IDS = SCOUT_ID;
