// The terminal changes its size, over and over.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const resize: Fault = {
  name: 'resizes',
  lane: 'terminal',
  lasts: [0.3, 3],
  inflict: async ({ subject }, seconds, random) => {
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      await subject.terminalTurns.take(() => subject.terminal.resize(random.int(1, 300), random.int(1, 80)));
      await sleep(random.between(20, 300));
    }
    await subject.terminalTurns.take(() => subject.terminal.resize(100, 30));
  },
};
