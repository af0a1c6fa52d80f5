// The name points to another address.

import { setTimeout as sleep } from 'node:timers/promises';
import { nameAddresses } from '../endpoints.js';
import type { Fault } from '../fault.js';

export const nameMoved: Fault = {
  name: 'name moved',
  lane: 'names',
  lasts: [1, 5],
  inflict: async ({ names, pair }, seconds, random) => {
    names.point(random.pick(nameAddresses(pair)));
    await sleep(seconds * 1000);
  },
};
