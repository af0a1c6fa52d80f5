// kill -9, and --resume after a while.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const kill: Fault = {
  name: 'kill -9 and --resume',
  lane: 'process',
  lasts: [0, 3],
  // Half of the run is one process's, whose memory is watched.
  within: 0.5,
  inflict: async ({ subject }, seconds) => {
    await subject.kill();
    await sleep(seconds * 1000);
    await subject.launch();
  },
};
