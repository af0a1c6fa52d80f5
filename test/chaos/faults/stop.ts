// SIGSTOP and SIGCONT: a debugger, a suspended shell, a starved machine.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const stop: Fault = {
  name: 'stop',
  lane: 'process',
  lasts: [0.05, 3.5],
  clouds: 'running',
  inflict: async ({ subject }, seconds) => {
    const { pid } = subject;
    if (pid === null) return;
    process.kill(pid, 'SIGSTOP');
    await sleep(seconds * 1000);
    process.kill(pid, 'SIGCONT');
  },
};
