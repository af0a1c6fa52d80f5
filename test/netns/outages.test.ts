// What happens to links, routes, hosts and to the program itself: real kernels, real errors, and a ledger that says when.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { NetPair } from '../support/netns.js';
import { pairFor, responderFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import type { PingemRecord, PingemRun, Slot } from '../support/pingem-run.js';
import type { Responder } from '../support/responder-client.js';
import { reply } from '../support/responder-script.js';

const LEDGER_SLACK_S = 0.2;
const TEST_MS = 60_000;

/** Resolves when the program's first request has come; rejects if it ends without one. */
const firstRequest = async (run: PingemRun, responder: Responder): Promise<void> => {
  while (responder.requests().length === 0) {
    if (run.child.exitCode !== null) await run.ended.then(({ stderr }) => Promise.reject(new Error(stderr)));
    await sleep(10);
  }
};

/** Does something at a given time after `start` (performance.now) and says when it did, in Unix seconds. */
const at = async (start: number, seconds: number, act: () => void): Promise<number> => {
  await sleep(start + seconds * 1000 - performance.now());
  act();
  return Date.now() / 1000;
};

const statesBetween = (slots: readonly Slot[], from: number, to: number): string[] => [
  ...new Set(slots.filter((slot) => slot.sentAt / 1000 > from && slot.sentAt / 1000 < to).map((slot) => slot.state)),
];

const near = (value: number | null | undefined, truth: number): boolean =>
  typeof value === 'number' && Math.abs(value - truth) <= LEDGER_SLACK_S;

const expectOutage = (record: PingemRecord, endpoint: number, which: number, from: number, to: number): void => {
  const outage = record.outages.filter((line) => line.endpoint === endpoint)[which];
  const truth = { endpoint, which, from, to };
  expect({ ...truth, near: [near(outage?.from, from), near(outage?.to, to)], outage }).toMatchObject({
    near: [true, true],
  });
};

describe.skipIf(withoutNetns).concurrent('outages', () => {
  it(
    'a link down and a route gone are losses with their errno, to the second they lasted',
    async (test) => {
      const pair = pairFor(test, 2);
      const addresses = [...pair.far4, ...pair.far6];
      const responder = await responderFor(test, pair, {
        addresses: Object.fromEntries(addresses.map((address) => [address, [[reply(3)]]])),
      });
      const run = startPingem(pair, ['-i', '0.1', '-W', '1', '-w', '12', ...addresses]);
      await firstRequest(run, responder);
      const start = performance.now();
      const down = await at(start, 2, () => pair.linkDown());
      const up = await at(start, 4.5, () => pair.linkUp());
      const gone = await at(start, 7, () => pair.deleteRoutes());
      const back = await at(start, 9.5, () => pair.restoreRoutes());
      const { code, record, stderr } = await run.ended;

      expect(code).toBe(0);
      expect(stderr).toBe('');
      for (const [id, slots] of record.slots.entries()) {
        expect(Math.abs(slots.length - 120)).toBeLessThanOrEqual(2);
        expect(record.outages.filter((line) => line.endpoint === id)).toHaveLength(2);
        expectOutage(record, id, 0, down, up);
        expectOutage(record, id, 1, gone, back);
        expect(statesBetween(slots, down + 0.1, up - 0.1)).toEqual(['unsent']);
        expect(statesBetween(slots, gone + 0.1, back - 0.1)).toEqual(['unsent']);
        for (const [from, to] of [
          [0, down - 0.1],
          [up + 0.2, gone - 0.1],
          [back + 0.2, back + 1],
        ] as const) {
          expect(statesBetween(slots, from, to)).toEqual(['answered']);
        }
        const errors = new Set(slots.filter((slot) => slot.state === 'unsent').map((slot) => slot.error));
        expect([...errors]).toEqual(['ENETUNREACH']);
      }
    },
    TEST_MS,
  );

  it(
    'a router that says unreachable or prohibited, and a neighbour that is not there',
    async (test) => {
      const pair = pairFor(test, 1);
      pair.kernelAnswers(true);
      behindARouter(pair);
      const absent = '10.77.0.250';
      const hosts = ['10.99.0.1', 'fd99::1', 'fd99::2', absent, pair.far4[0] ?? ''];
      const { code, record } = await startPingem(pair, ['-i', '0.5', '-W', '5', '-c', '7', ...hosts]).ended;
      const seen = record.slots.map((slots) => [
        ...new Set(slots.map((slot) => `${slot.state} ${slot.error ?? ''}`.trim())),
      ]);
      expect(seen).toEqual([
        [`unreachable 3/1 from ${pair.router4}`],
        [`unreachable 1/0 from ${pair.router6}`],
        [`unreachable 1/1 from ${pair.router6}`],
        // Nobody answers ARP: the own kernel says so after 3 s, from the own address.
        [`unreachable 3/1 from ${pair.near4}`],
        ['answered'],
      ]);
      expect(code).toBe(1);
    },
    TEST_MS,
  );

  it(
    'SIGSTOP for 2.5 s is a gap and no loss',
    async (test) => {
      const pair = pairFor(test, 3);
      const addresses = [...pair.far4, pair.far6[0] ?? ''];
      const responder = await responderFor(test, pair, {
        addresses: Object.fromEntries(addresses.map((address) => [address, [[reply(30)]]])),
      });
      const run = startPingem(pair, ['-i', '0.1', '-W', '1', '-w', '7', ...addresses]);
      await firstRequest(run, responder);
      const start = performance.now();
      const stopped = await at(start, 2, () => run.child.kill('SIGSTOP'));
      const continued = await at(start, 4.5, () => run.child.kill('SIGCONT'));
      const { code, record } = await run.ended;

      expect(code).toBe(0);
      expect(record.gaps).toHaveLength(1);
      expect(Math.abs((record.gaps[0]?.from ?? 0) - stopped)).toBeLessThanOrEqual(LEDGER_SLACK_S);
      expect(Math.abs((record.gaps[0]?.to ?? 0) - continued)).toBeLessThanOrEqual(LEDGER_SLACK_S);
      expect(record.outages).toEqual([]);
      for (const [id, slots] of record.slots.entries()) {
        expect(record.summaries[id]?.loss).toBe(0);
        const states = new Set(slots.map((slot) => slot.state));
        for (const state of ['void', 'in-flight'] as const) states.delete(state);
        expect([...states]).toEqual(['answered']);
        // 7 s less the stop, at 10 a second; no burst afterwards to catch up.
        expect(Math.abs(slots.length - 45)).toBeLessThanOrEqual(2);
        expect(Math.max(...slots.map((slot) => slot.rtt ?? 0))).toBeLessThan(500);
      }
    },
    TEST_MS,
  );
});

/**
 * Hosts behind the far side, whose routes there are refused by its kernel. For IPv4 it sends five such errors at once and
 * one a second after that (net.ipv4.route.error_cost), whatever icmp_ratelimit says: hence few and slow probes.
 */
const behindARouter = (pair: NetPair): void => {
  pair.forward();
  for (const [kind, host] of [
    ['unreachable', 1],
    ['prohibit', 2],
  ] as const) {
    pair.ipFar('route', 'add', kind, `10.99.0.${host}/32`);
    pair.ipFar('-6', 'route', 'add', kind, `fd99::${host}/128`);
  }
  // Errors come from the address that the way back prefers; it is made the router's.
  pair.ipFar('route', 'replace', '10.77.0.0/24', 'dev', 'eth0', 'src', pair.router4);
  pair.ipFar('-6', 'route', 'replace', `${pair.near6}/128`, 'dev', 'eth0', 'src', pair.router6);
  pair.ip('route', 'add', '10.99.0.0/24', 'via', pair.router4);
  pair.ip('-6', 'route', 'add', 'fd99::/64', 'via', pair.router6);
};
