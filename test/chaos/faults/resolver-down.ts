// The name service doesn't know the name any more: its server refuses, or nobody is there.

import { setTimeout as sleep } from 'node:timers/promises';
import { nameAddresses } from '../endpoints.js';
import type { Fault } from '../fault.js';

const NOBODY = '10.77.0.250';

export const resolverDown: Fault = {
  name: 'resolver down',
  lane: 'names',
  lasts: [2, 8],
  clouds: 'names',
  // A name that didn't resolve is tried again after 30 s at the latest; the lookup itself may take 10 s.
  settles: 42,
  inflict: async ({ names, pair }, seconds, random) => {
    names.lose(random.pick([pair.router4, NOBODY]));
    await sleep(seconds * 1000);
    names.point(random.pick(nameAddresses(pair)));
  },
};
