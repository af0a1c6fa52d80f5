// Somebody leans on the keyboard. Only the keys that end the run are left out.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

const KEYS = [
  '+',
  '-',
  'Left',
  'Right',
  'Up',
  'Down',
  'Enter',
  'Escape',
  's',
  'o',
  'i',
  '?',
  'Home',
  'End',
  'Tab',
  'm',
];

export const keys: Fault = {
  name: 'keys',
  lane: 'terminal',
  lasts: [0.3, 3],
  inflict: async ({ subject }, seconds, random) => {
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      await subject.terminalTurns.take(() => {
        // To the shell they would be commands.
        if (subject.pid !== null) subject.terminal.keys(random.pick(KEYS));
      });
      await sleep(random.between(20, 200));
    }
    await subject.terminalTurns.take(() => {
      if (subject.pid !== null) subject.terminal.keys('Escape', 'Escape', 'End');
    });
  },
};
