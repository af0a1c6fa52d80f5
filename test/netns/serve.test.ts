// `pingem serve` with nobody to watch, and a page's URL that asks for two: what then is on the wire.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { pairFor, responderFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';

const ICMP_HEADER = 8;

describe.skipIf(withoutNetns)('pingem serve', () => {
  it('probes what a page asks for as often and as large as it says', { timeout: 30_000 }, async (test) => {
    const pair = pairFor(test, 2);
    const [first = '', second = ''] = pair.far4;
    const reply = [[{ kind: 'reply' as const }]];
    const responder = await responderFor(test, pair, { addresses: { [first]: reply, [second]: reply } });
    const folder = mkdtempSync(join(tmpdir(), 'pingem-serve-'));
    test.onTestFinished(() => rmSync(folder, { recursive: true }));
    const tokenFile = join(folder, 'token');
    const run = startPingem(pair, ['serve', '--token-file', tokenFile]);
    let said = '';
    run.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('page: ')) await sleep(50);
    const fields = { endpoints: `${first},${second}`, interval: '0.1', packet_size: '64' };
    const asking = {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
      },
      body: JSON.stringify(fields),
    };
    const script = `fetch('http://127.0.0.1:7464/api/watch', ${JSON.stringify(asking)}).then((r) => process.exit(r.status === 200 ? 0 : 1))`;
    const [status] = (await once(pair.spawnNear([process.execPath, '-e', script]), 'close')) as [number];
    expect(status).toBe(0);
    await sleep(3000);
    run.child.kill('SIGTERM');
    const { record } = await run.ended;
    const requests = responder.log().filter((line) => line.type === 'request');
    for (const address of [first, second]) {
      const own = requests.filter(({ to }) => to === address);
      expect(new Set(own.map(({ sizeBytes }) => sizeBytes + ICMP_HEADER))).toEqual(new Set([64]));
      const span = (own.at(-1)?.at ?? 0) - (own[0]?.at ?? 0);
      expect(Math.abs(span / (own.length - 1) - 100)).toBeLessThan(5);
      expect(own.length).toBeGreaterThan(20);
    }
    expect(record.session.endpoints).toEqual([]);
    expect(record.slots.map((slots) => slots.filter(({ state }) => state === 'answered').length > 20)).toEqual([
      true,
      true,
    ]);
  });
});
