// Another address of our own for a while: what is on the way to the old one is lost, and everything else goes on.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

const OTHER = '10.77.0.3/24';

export const addressChanged: Fault = {
  name: 'address changed',
  lane: 'network',
  lasts: [0.5, 4],
  clouds: 'packets',
  settles: 1,
  inflict: async ({ pair }, seconds) => {
    pair.ip('addr', 'add', OTHER, 'dev', 'eth0');
    // The second address of a network goes with the first, unless the kernel is told to promote it.
    pair.ip('addr', 'del', `${pair.near4}/24`, 'dev', 'eth0');
    pair.ip('addr', 'replace', OTHER, 'dev', 'eth0');
    await sleep(seconds * 1000);
    pair.ip('addr', 'del', OTHER, 'dev', 'eth0');
    pair.ip('addr', 'add', `${pair.near4}/24`, 'dev', 'eth0');
    pair.restoreRoutes();
  },
};
