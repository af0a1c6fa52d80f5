// No route to anybody.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const routesGone: Fault = {
  name: 'routes gone',
  lane: 'network',
  lasts: [0.2, 4],
  clouds: 'packets',
  settles: 1,
  inflict: async ({ pair }, seconds) => {
    pair.deleteRoutes();
    await sleep(seconds * 1000);
    pair.restoreRoutes();
  },
};
