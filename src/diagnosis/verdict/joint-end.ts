// The end of a loss that several endpoints share: one mirrored test over the probes of them all, so that they are well
// together, and none of them by chance while another is not.

import type { UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import type { Fault } from './fault.js';

/** The sum of all at which it ends, and what each one's own must be at least. */
const ALL = 12;
const EACH = 1.5;
const SLOWEST_ANSWER = 2000;

export class JointEnd {
  /** By the fault's reference. */
  #sums = new Map<WatchedEndpoint, number>();

  forget(): void {
    this.#sums.clear();
  }

  /** Takes the second's probes to the faults of loss as they were judged last, the earliest first. */
  judge(faults: readonly Fault[], until: UnixMillis): void {
    const sums = new Map<WatchedEndpoint, number>();
    const seen = new Set<WatchedEndpoint>();
    for (const { reference, blamed } of faults) {
      // Who has an earlier fault of its own says nothing of the end of this one.
      const members = blamed.filter((endpoint) => !seen.has(endpoint));
      for (const endpoint of blamed) seen.add(endpoint);
      if (members.length < 2) continue;
      const steps = members.reduce((sum, { tests }) => sum + tests.lossy.endSteps, 0);
      for (const { tests } of members) tests.lossy.endSteps = 0;
      const sum = Math.max(0, (this.#sums.get(reference) ?? 0) + steps);
      if (sum > ALL && members.every(({ tests }) => tests.lossy.endSum > EACH) && havePaused(members, until)) {
        for (const { tests } of members) if (tests.lossy.bad) tests.lossy.end(until);
      } else sums.set(reference, sum);
    }
    this.#sums = sums;
  }
}

/** Whether half of them have been well for as long as between any of their losses before. */
const havePaused = (members: readonly WatchedEndpoint[], until: UnixMillis): boolean => {
  const bad = members.filter(({ tests }) => tests.lossy.bad);
  return 2 * bad.filter(({ tests }) => tests.lossy.hasPaused(until - SLOWEST_ANSWER)).length >= bad.length;
};

/** Tells the tests who shares what, from the faults of loss as they were judged, the earliest first. */
export const noteSharing = (endpoints: readonly WatchedEndpoint[], faults: readonly Fault[]): void => {
  for (const endpoint of endpoints) {
    const { lossy } = endpoint.tests;
    const fault = faults.find(({ blamed }) => blamed.length > 1 && blamed.includes(endpoint));
    lossy.isShared = fault !== undefined;
    lossy.share(fault?.rate ?? 0);
  }
};
