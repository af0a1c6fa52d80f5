// A flood of replies that nobody asked for: half of the time somebody else's, half of the time with our identifier and an
// endpoint's address, so that the payload alone tells.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { saidOnStdout, supportProgram } from '../../support/responder-client.js';
import type { Fault } from '../fault.js';

const PER_SECOND = 2000;

export const impostors: Fault = {
  name: 'flood of impostors',
  lane: 'load',
  lasts: [1, 4],
  clouds: 'socket',
  settles: 1,
  inflict: async ({ pair, responder }, seconds, random) => {
    const [source = ''] = pair.far4;
    const id = responder.requests().findLast((line) => line.to === source)?.id;
    const disguise = id === undefined || random.int(0, 1) === 0 ? [] : [source, String(id)];
    const program = [process.execPath, supportProgram('flood'), pair.near4, String(PER_SECOND), ...disguise];
    const flood = pair.spawnNear(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(flood, 'exit');
    await saidOnStdout(flood, 'ready');
    await sleep(seconds * 1000);
    flood.stdin?.end();
    await ended;
  },
};
