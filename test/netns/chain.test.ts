// A home, its provider and the world as four namespaces: what pingem finds out about the way by itself.

import { describe, it } from 'vitest';
import { CHAIN, chainFor } from '../support/chain.js';
import { withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import type { PingemRecord } from '../support/pingem-run.js';

const TEST_MS = 60_000;

const addressesOf = (record: PingemRecord, endpoint: number): string[] =>
  record.lines
    .filter((line) => line.type === 'address')
    .filter((line) => line.endpoint === endpoint)
    .map(({ address }) => address);

const answered = (record: PingemRecord, endpoint: number): number =>
  (record.slots[endpoint] ?? []).filter(({ state }) => state === 'answered').length;

describe.skipIf(withoutNetns).concurrent('the way out', () => {
  it.for([4, 6] as const)(
    'IPv%i: without endpoints, the gateway, the provider and two addresses of the internet are watched',
    { timeout: TEST_MS },
    async (family, test) => {
      const { expect } = test;
      const chain = chainFor(test);
      const { code, record, stderr } = await startPingem(chain.pair, [`-${family}`, '-w', '6']).ended;
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(record.session.endpoints.map(({ label }) => label)).toEqual([
        '@gateway',
        '@provider',
        '@internet',
        '@internet2 (Quad9)',
      ]);
      const [internet, other] = CHAIN[`internet${family}`];
      expect([0, 1, 2, 3].map((id) => addressesOf(record, id))).toEqual([
        [CHAIN[`gateway${family}`]],
        [CHAIN[`provider${family}`]],
        [internet],
        [other],
      ]);
      for (const id of [0, 2, 3]) expect(answered(record, id)).toBeGreaterThan(15);
      expect(answered(record, 1)).toBeGreaterThanOrEqual(4);
      expect(record.rejected).toBe(0);
    },
  );

  it(
    'the gateway follows the routing table within 5 s, and without a route its slots are unsent',
    async (test) => {
      const { expect } = test;
      const chain = chainFor(test);
      chain.run('gateway', 'ip', 'addr', 'add', '192.168.1.3/24', 'dev', 'in');
      const run = startPingem(chain.pair, ['-4', '-w', '12', '@gateway']);
      await new Promise((done) => setTimeout(done, 3_000));
      chain.run('client', 'ip', 'route', 'replace', 'default', 'via', '192.168.1.3');
      await new Promise((done) => setTimeout(done, 5_000));
      chain.run('client', 'ip', 'route', 'del', 'default');
      const { record } = await run.ended;
      expect(addressesOf(record, 0)).toEqual(['192.168.1.1', '192.168.1.3']);
      const last = record.slots[0]?.at(-1);
      expect([last?.state, last?.error]).toEqual(['unsent', 'ENETUNREACH']);
      const states = new Set(record.slots[0]?.map(({ state, error }) => `${state} ${error ?? ''}`.trim()));
      expect(states).toEqual(new Set(['answered', 'unsent ENETUNREACH']));
    },
    TEST_MS,
  );
});
