// -I with an interface that is deleted and made again, as a VPN's is: another number under the same name.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { NetPair } from '../support/netns.js';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { pingemProgram, readRecord, rootEnvironment } from '../support/pingem-run.js';
import { nodeStaysRoot } from '../support/processes.js';

const TEST_MS = 60_000;
const NOBODY = '65534';
const RECOVERED_WITHIN_S = 1;

/** The same addresses on another pair of interfaces. */
const makeAgain = (pair: NetPair): void => {
  pair.ip('link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pair.far);
  for (const address of pair.far4) pair.ipFar('addr', 'add', `${address}/24`, 'dev', 'eth0');
  for (const address of pair.far6) pair.ipFar('addr', 'add', `${address}/64`, 'dev', 'eth0', 'nodad');
  pair.ipFar('link', 'set', 'eth0', 'up');
  pair.ip('addr', 'add', `${pair.near4}/24`, 'dev', 'eth0');
  pair.ip('addr', 'add', `${pair.near6}/64`, 'dev', 'eth0', 'nodad');
  pair.ip('link', 'set', 'eth0', 'up');
};

describe.skipIf(withoutNetns).concurrent('an interface that is made again', () => {
  it.for([
    ['as root', {}],
    ...(nodeStaysRoot ? [] : [['with privileges dropped', { SUDO_UID: NOBODY, SUDO_GID: NOBODY }] as const]),
  ] as const)('is found again, by IPv4 and IPv6, %s', { timeout: TEST_MS }, async ([, env], test) => {
    const pair = pairFor(test, 1);
    pair.kernelAnswers(true);
    const addresses = [...pair.far4, ...pair.far6];
    const options = ['--json', '-i', '0.1', '-W', '1', '-w', '8', '-I', 'eth0'];
    const child = pair.spawnNear([process.execPath, pingemProgram, ...options, ...addresses], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...rootEnvironment(), ...env },
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const closed = once(child, 'close');
    while (!output.includes('"type":"probe"')) {
      if (child.exitCode !== null) throw new Error('ended without a probe');
      await sleep(20);
    }
    await sleep(1000);
    pair.ip('link', 'del', 'eth0');
    const gone = Date.now() / 1000;
    await sleep(1500);
    makeAgain(pair);
    const back = Date.now() / 1000;
    await closed;

    const { slots } = readRecord(output);
    expect(slots).toHaveLength(2);
    for (const own of slots) {
      const at = (from: number, to: number): string[] => [
        ...new Set(
          own.filter((slot) => slot.sentAt / 1000 > from && slot.sentAt / 1000 < to).map(({ state }) => state),
        ),
      ];
      expect(at(0, gone - 0.2)).toEqual(['answered']);
      expect(at(gone + 0.1, gone + 1.4)).toEqual(['unsent']);
      expect(at(back + RECOVERED_WITHIN_S, back + 3)).toEqual(['answered']);
    }
  });
});
