// Somebody else uses the processor.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Fault } from '../fault.js';

/** Ends by itself, whatever becomes of us. */
const BUSY = 'const end = Date.now() + Number(process.argv[1]); while (Date.now() < end);';

export const busyCore: Fault = {
  name: 'busy core',
  lane: 'load',
  lasts: [0.5, 3],
  inflict: async (_stage, seconds) => {
    const loop = spawn(process.execPath, ['-e', BUSY, String(seconds * 1000)], { stdio: 'ignore' });
    await once(loop, 'exit');
  },
};
