// A link-local IPv6 address with its zone, answered by a real kernel.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';

describe.skipIf(withoutNetns)('a link-local address', () => {
  it('is probed on the interface that its zone names', async (test) => {
    const pair = pairFor(test, 1);
    pair.kernelAnswers(true);
    const shown = execFileSync('ip', ['-n', pair.far, '-6', '-o', 'addr', 'show', 'dev', 'eth0', 'scope', 'link'], {
      encoding: 'utf8',
    });
    const address = /inet6 (fe80::[0-9a-f:]+)\//.exec(shown)?.[1];
    const { code, record } = await startPingem(pair, ['-c', '10', '-i', '0.1', '--text', `${address}%eth0`]).ended;
    expect(record.slots[0]?.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'answered'));
    expect(code).toBe(0);
  });
});
