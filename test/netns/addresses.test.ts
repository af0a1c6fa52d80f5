// Where probes go out and what they carry: link-local addresses with a zone, a chosen interface, a time to live that ends
// at a router. Real kernels answer.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import type { PingemRecord } from '../support/pingem-run.js';

const TEST_MS = 30_000;

const outcomes = (record: PingemRecord): string[][] =>
  record.slots.map((slots) => [...new Set(slots.map((slot) => `${slot.state} ${slot.error ?? ''}`.trim()))]);

describe.skipIf(withoutNetns).concurrent('addresses and interfaces', () => {
  it(
    'an IPv6 link-local address needs its zone, and gets answers with it',
    async (test) => {
      const pair = pairFor(test, 1);
      pair.kernelAnswers(true);
      const shown = execFileSync('ip', ['-n', pair.far, '-6', 'addr', 'show', 'dev', 'eth0', 'scope', 'link'], {
        encoding: 'utf8',
      });
      const linkLocal = /inet6 (fe80:[0-9a-f:]+)/.exec(shown)?.[1] ?? '';
      const args = ['-i', '0.1', '-W', '1', '-c', '8', `${linkLocal}%eth0`, pair.far6[0] ?? ''];
      const { code, record } = await startPingem(pair, args).ended;
      expect(outcomes(record)).toEqual([['answered'], ['answered']]);
      expect(code).toBe(0);
    },
    TEST_MS,
  );

  it(
    '--ttl 1 ends at the router, and the error is not credited to the target',
    async (test) => {
      const pair = pairFor(test, 1);
      pair.kernelAnswers(true);
      pair.forward();
      pair.ipFar('route', 'add', '10.98.0.0/24', 'via', pair.near4);
      pair.ipFar('-6', 'route', 'add', 'fd98::/64', 'via', pair.near6);
      pair.ip('route', 'add', '10.98.0.0/24', 'via', pair.router4);
      pair.ip('-6', 'route', 'add', 'fd98::/64', 'via', pair.router6);
      const args = ['-i', '0.1', '-W', '1', '-c', '8', '--ttl', '1', '10.98.0.9', 'fd98::9', pair.far4[0] ?? ''];
      const { record } = await startPingem(pair, args).ended;
      const [four = [], six = [], neighbour] = outcomes(record);
      expect(four).toEqual([expect.stringMatching(/^unreachable 11\/0 from 10\.77\.0\.\d+$/)]);
      expect(six).toEqual([expect.stringMatching(/^unreachable 3\/0 from fd77:/)]);
      expect(neighbour).toEqual(['answered']);
      for (const { answered } of record.summaries.slice(0, 2)) expect(answered).toBe(0);
    },
    TEST_MS,
  );

  it(
    '-I binds to an interface, also when another one has the route',
    async (test) => {
      const pair = pairFor(test, 1);
      pair.kernelAnswers(true);
      const target = pair.far4[0] ?? '';
      const good = await startPingem(pair, ['-i', '0.1', '-c', '5', '-I', 'eth0', target]).ended;
      expect(outcomes(good.record)).toEqual([['answered']]);
      // Out of the loopback there is no way to that address.
      const bad = await startPingem(pair, ['-i', '0.1', '-W', '0.5', '-c', '5', '-I', 'lo', target]).ended;
      expect(bad.record.summaries[0]?.answered).toBe(0);
      expect(bad.code).toBe(1);
    },
    TEST_MS,
  );
});
