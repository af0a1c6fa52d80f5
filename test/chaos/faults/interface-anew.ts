// The interface is deleted and made again under the same name, as VPNs and dial-up links do.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

export const interfaceAnew: Fault = {
  name: 'interface deleted and made again',
  lane: 'network',
  lasts: [0.2, 4],
  clouds: 'packets',
  // A run with -I has to find it again, within a second (and this is a busy machine).
  settles: 2.5,
  inflict: async ({ pair }, seconds) => {
    pair.ip('link', 'del', 'eth0');
    await sleep(seconds * 1000);
    pair.ip('link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pair.far);
    for (const [ip, four, six] of [
      [pair.ipFar, [...pair.far4, pair.router4], [...pair.far6, pair.router6]],
      [pair.ip, [pair.near4], [pair.near6]],
    ] as const) {
      ip('link', 'set', 'eth0', 'up');
      for (const address of four) ip('addr', 'add', `${address}/24`, 'dev', 'eth0');
      for (const address of six) ip('addr', 'add', `${address}/64`, 'dev', 'eth0', 'nodad');
    }
  },
};
