// Nobody reads what is drawn: a frozen window, a stalled ssh.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const unreadTerminal: Fault = {
  name: 'unread terminal',
  lane: 'terminal',
  lasts: [1, 6],
  inflict: async ({ subject }, seconds) => {
    await subject.terminalTurns.take(async () => {
      process.kill(subject.terminalPid, 'SIGSTOP');
      await sleep(seconds * 1000);
      process.kill(subject.terminalPid, 'SIGCONT');
    });
  },
};
