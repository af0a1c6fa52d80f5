// Our own address is gone, and comes back: a lease that ran out.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const addressGone: Fault = {
  name: 'address gone',
  lane: 'network',
  lasts: [0.2, 4],
  clouds: 'packets',
  settles: 1,
  inflict: async ({ pair }, seconds) => {
    pair.ip('addr', 'del', `${pair.near4}/24`, 'dev', 'eth0');
    pair.ip('addr', 'del', `${pair.near6}/64`, 'dev', 'eth0');
    await sleep(seconds * 1000);
    pair.ip('addr', 'add', `${pair.near4}/24`, 'dev', 'eth0');
    pair.ip('addr', 'add', `${pair.near6}/64`, 'dev', 'eth0', 'nodad');
    pair.restoreRoutes();
  },
};
