// The cable is pulled, at either end.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const linkDown: Fault = {
  name: 'link down',
  lane: 'network',
  lasts: [0.2, 4],
  clouds: 'packets',
  settles: 1,
  inflict: async ({ pair }, seconds, random) => {
    const ip = random.pick([pair.ip, pair.ipFar]);
    ip('link', 'set', 'eth0', 'down');
    await sleep(seconds * 1000);
    ip('link', 'set', 'eth0', 'up');
  },
};
