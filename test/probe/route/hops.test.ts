// A hop's probes: how they are sent, and which Time Exceeded counts as their answer.

import { describe, expect, it } from 'vitest';
import { answers, silence } from '../../support/simulated-network.js';
import type { Asked, Behaviour } from '../../support/simulated-network.js';
import { icmpError } from '../../support/simulated-network-packets.js';
import { simulatedSession } from '../../support/simulated-network-session.js';

const TARGET = { 4: '198.51.100.9', 6: '2001:db8::9' } as const;
const ROUTER = {
  4: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
  6: ['2001:db8:1::1', '2001:db8:1::2', '2001:db8:1::3'],
} as const;
const EXCEEDED = { 4: 11, 6: 3 } as const;

const exceeded = (request: Asked, from: string, quotedBytes = 64, code = 0) => ({
  after: 5,
  source: from,
  message: icmpError(request.family, EXCEEDED[request.family], code, request.message, request.address, quotedBytes),
});

/** Routers up to `length` answer for their time to live, and then the target. */
const path =
  (quotedBytes: number, length = 3): Behaviour =>
  (request) => {
    const { hops, family } = request;
    if (hops === null || hops > length) return answers(9)(request);
    return [exceeded(request, ROUTER[family][hops - 1] as string, quotedBytes)];
  };

const hop = (n: number) => ({ kind: 'hop' as const, hop: n, interval: 1000 });

describe.each([4, 6] as const)('hops, IPv%i', (family) => {
  const target = TARGET[family];
  const session = (hops: readonly (number | null)[]) =>
    simulatedSession({
      targets: hops.map(() => target),
      own: Object.fromEntries(hops.flatMap((n, id) => (n === null ? [] : [[id, hop(n)]]))),
    });

  it.each([8, 64])('a Time Exceeded that quotes %i bytes answers, and names the router', (quotedBytes) => {
    const { network, clock, prober, of } = session([1, 2, 3, 4, null]);
    network.host(target, path(quotedBytes));
    prober.start();
    clock.advance(5_000);
    prober.stop();
    expect(of('unreachable')).toEqual([]);
    expect(of('rejected')).toEqual([]);
    for (const id of [0, 1, 2, 3]) {
      const own = of('answered').filter(({ endpoint }) => endpoint === id);
      expect(own.length).toBeGreaterThanOrEqual(4);
      for (const { rtt } of own) expect(rtt).toBeCloseTo(id < 3 ? 5 : 9, 6);
    }
    const named = of('resolved').map(({ endpoint, address }) => [endpoint, address]);
    expect(named.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
      ...ROUTER[family].map((address, id) => [id, address]),
      [3, target],
    ]);
    // The plain host beside them keeps the system's own time to live.
    expect(new Set(network.requests.map(({ hops }) => hops))).toEqual(new Set([1, 2, 3, 4, null]));
  });

  it('all probes of a path have one checksum', () => {
    const { network, clock, prober } = session([1, 2, 3]);
    network.host(target, path(8));
    prober.start();
    clock.advance(20_000);
    prober.stop();
    const sums = network.requests.map(({ message }) => {
      let sum = 0;
      for (let i = 0; i < message.length; i += 2) if (i !== 2) sum += message.readUInt16BE(i);
      while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
      return sum;
    });
    expect(sums.length).toBeGreaterThan(50);
    expect(new Set(sums).size).toBe(1);
    expect(new Set(network.requests.map(({ seqLow }) => seqLow)).size).toBe(sums.length);
  });

  it.each([
    ['another cookie', 64, (quote: Buffer) => (quote[8] = 1 ^ (quote[8] as number)), 'cookie'],
    ['what was never sent', 8, (quote: Buffer) => quote.writeUInt16BE(0x7777, 6), 'sequence'],
  ] as const)('one that quotes %s is rejected', (_, quotedBytes, forge, reason) => {
    const { network, clock, prober, of } = session([1]);
    network.host(target, (request) => {
      const message = Buffer.from(request.message);
      forge(message);
      return [exceeded({ ...request, message }, ROUTER[family][0], quotedBytes)];
    });
    prober.start();
    clock.advance(3_500);
    prober.stop();
    expect(of('answered')).toEqual([]);
    expect(of('lost').length).toBeGreaterThan(0);
    expect(new Set(of('rejected').map((event) => event.reason))).toEqual(new Set([reason]));
  });

  it('one about fragments, or to a plain host, is no answer', () => {
    const { network, clock, prober, of } = session([1, null]);
    network.host(target, (request) => [exceeded(request, ROUTER[family][0], 64, request.hops === null ? 0 : 1)]);
    prober.start();
    clock.advance(2_000);
    prober.stop();
    expect(of('answered')).toEqual([]);
    expect(new Set(of('unreachable').map(({ endpoint }) => endpoint))).toEqual(new Set([0, 1]));
  });

  it('three answers in a row from another router are a route change, two are none', () => {
    const { network, clock, prober, of } = session([1]);
    const [old, other] = ROUTER[family];
    const from = [old, old, other, other, old, other, other, other, other];
    let n = 0;
    network.host(target, (request) => [exceeded(request, from[n++] ?? other)]);
    prober.start();
    clock.advance(9_500);
    prober.stop();
    const changes = of('resolved');
    expect(changes.map(({ address }) => address)).toEqual([old, other]);
    const third = of('sent')[7]?.at ?? NaN;
    expect(changes[1]?.at).toBeCloseTo(third + 5, 3);
  });

  it('is lost where nobody answers, and late where somebody does so after the timeout', () => {
    const { network, clock, prober, of } = session([1, 2]);
    network.host(target, (request) =>
      request.hops === 1 ? silence(request) : [{ ...exceeded(request, ROUTER[family][0]), after: 1_200 }],
    );
    prober.start();
    clock.advance(4_500);
    prober.stop();
    expect(of('lost').some(({ endpoint }) => endpoint === 0)).toBe(true);
    expect(of('late').length).toBeGreaterThan(0);
    expect(new Set(of('late').map(({ endpoint }) => endpoint))).toEqual(new Set([1]));
  });
});
