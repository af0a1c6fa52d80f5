// The end of a loss that several endpoints share: they are well together, found by the sum of their mirrored tests, none
// of them by chance while another is not.

import type { UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import type { Fault } from './fault.js';

/** Each one's sum for the end, and all of them. */
const EACH = 2;
const ALL = 12;
const SLOWEST_ANSWER = 2000;

/** Tells the tests who shares what, from the faults of loss as they were judged, the earliest first. */
export const noteSharing = (endpoints: readonly WatchedEndpoint[], faults: readonly Fault[]): void => {
  for (const endpoint of endpoints) {
    const { lossy } = endpoint.tests;
    const fault = faults.find(({ blamed }) => blamed.length > 1 && blamed.includes(endpoint));
    lossy.isShared = fault !== undefined;
    lossy.share(fault?.rate ?? 0);
  }
};

export const endTogether = (faults: readonly Fault[], until: UnixMillis): void => {
  const seen = new Set<WatchedEndpoint>();
  for (const { blamed } of faults) {
    // Who has an earlier fault of its own says nothing of the end of this one.
    const members = blamed.filter((endpoint) => !seen.has(endpoint));
    for (const endpoint of blamed) seen.add(endpoint);
    if (members.length < 2 || !members.some(({ tests }) => tests.lossy.bad)) continue;
    const sum = members.reduce((all, { tests }) => all + tests.lossy.endSum, 0);
    const isOver = ({ tests: { lossy } }: WatchedEndpoint): boolean =>
      lossy.endSum > EACH && (!lossy.bad || lossy.hasPaused(until - SLOWEST_ANSWER));
    if (sum <= ALL || !members.every(isOver)) continue;
    for (const { tests } of members) if (tests.lossy.bad) tests.lossy.end(until);
  }
};
