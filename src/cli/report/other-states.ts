// How many probes came to something else than an answer in time, in words for reports; states that nothing is in are left
// out.

import type { StateCounts } from '../../events/probe-state.js';

/** `['late', 3], ['lost', 1]`: in the order in which reports name them. */
export const otherStates = (counts: StateCounts): [name: string, count: number][] => {
  const all: [string, number][] = [
    ['late', counts.late],
    ['lost', counts.lost],
    ['unreachable', counts.unreachable],
    ['unsent', counts.unsent],
    ['pending', counts.inFlight],
    ['void', counts.void],
  ];
  return all.filter(([, count]) => count > 0);
};
