// The disk of the record is full.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const fullDisk: Fault = {
  name: 'full disk',
  lane: 'record',
  lasts: [1, 5],
  clouds: 'writing',
  // Writing is tried again every second.
  settles: 2,
  inflict: async ({ record }, seconds) => {
    const free = record.fillDisk();
    await sleep(seconds * 1000);
    free();
  },
};
