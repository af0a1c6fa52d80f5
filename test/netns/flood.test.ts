// Another process of the host hears 20,000 echo replies a second: every raw socket gets them all, and no probe of ours may
// be lost, and no slot missed.

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import { saidOnStdout, supportProgram } from '../support/responder-client.js';

describe.skipIf(withoutNetns).concurrent('a flood of foreign echo replies', () => {
  it('costs no probe and no slot', async (test) => {
    const pair = pairFor(test, 8);
    pair.kernelAnswers(true);
    const flood = pair.spawnNear([process.execPath, supportProgram('flood'), pair.near4, '20000'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await saidOnStdout(flood, 'ready');
    const args = ['-i', '0.1', '-W', '1', '-c', '50', ...pair.far4];
    const { code, record } = await startPingem(pair, args).ended;
    const said = once(flood.stdout ?? flood, 'data').then(([chunk]) => String(chunk));
    flood.stdin?.end();
    const [, sent = 0, millis = 1] = (/(\d+) in (\d+) ms/.exec(await said) ?? []).map(Number);

    // The flood was one: at least three quarters of the rate asked for, on two busy cores.
    expect((sent / millis) * 1000).toBeGreaterThan(15_000);
    expect(code).toBe(0);
    for (const slots of record.slots) {
      expect(slots).toHaveLength(50);
      expect(slots.filter((slot) => slot.state !== 'answered')).toEqual([]);
    }
    expect(record.gaps).toEqual([]);
    expect(record.rejected).toBe(0);
  }, 60_000);
});
