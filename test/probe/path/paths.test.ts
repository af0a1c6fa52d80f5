// Paths through a simulated network: hops found and watched, and followed as the path changes.

import { describe, expect, it } from 'vitest';
import { hopSize, Paths } from '../../../src/probe/path/paths.js';
import type { ProbeEvent } from '../../../src/events/events.js';
import { answers, silence } from '../../support/simulated-network.js';
import type { Asked } from '../../support/simulated-network.js';
import { icmpError } from '../../support/simulated-network-packets.js';
import { simulatedSession } from '../../support/simulated-network-session.js';
import type { SessionOptions } from '../../support/simulated-network-session.js';

const TARGET = { 4: '198.51.100.9', 6: '2001:db8::9' } as const;
const EXCEEDED = { 4: 11, 6: 3 } as const;
const router = (family: 4 | 6, n: number): string => (family === 4 ? `192.0.2.${n}` : `2001:db8:1::${n}`);

/** By distance who answers there; null keeps silent. Behind them all is the target. */
type Way = {
  routers: (string | null)[];
  isTargetSilent?: boolean;
  /** What is done to the request that a router quotes, and how much of it is quoted. */
  forge?: (quote: Buffer) => void;
  quotedBytes?: number;
};

const session = (family: 4 | 6, way: Way, options: Partial<SessionOptions> = {}, mostIds = 1024) => {
  const events: ProbeEvent[] = [];
  const sinks: ((event: ProbeEvent) => void)[] = [(event) => events.push(event)];
  const made = simulatedSession({
    targets: [TARGET[family]],
    interval: 1000,
    ...options,
    sink: (event) => sinks.forEach((sink) => sink(event)),
  });
  const { network, clock, prober } = made;
  network.host(TARGET[family], (request: Asked) => {
    const { hops, message, address } = request;
    if (hops === null || hops > way.routers.length)
      return way.isTargetSilent === true ? silence(request) : answers(20)(request);
    const from = way.routers[hops - 1] ?? null;
    if (from === null) return [];
    const quote = Buffer.from(message);
    way.forge?.(quote);
    const error = icmpError(family, EXCEEDED[family], 0, quote, address, way.quotedBytes ?? 8);
    return [{ after: hops, source: from, message: error }];
  });
  let full = 0;
  const paths = new Paths({
    timers: clock.timers,
    endpoints: [
      {
        id: 0,
        target: TARGET[family],
        label: 'far',
        kind: 'host',
        place: null,
        hop: null,
        interval: 1000,
        sizeBytes: 56,
        address: null,
      },
    ],
    firstSeqs: [],
    mostIds,
    onFull: () => full++,
  });
  sinks.push((event) => paths.event(event));
  prober.start();
  paths.begin(prober);
  paths.watch({ host: 0, interval: 1000, sizeBytes: 16 });
  const of = <T extends ProbeEvent['type']>(type: T) =>
    events.filter((event): event is Extract<ProbeEvent, { type: T }> => event.type === type);
  /** What is watched at present beside the target: distance and who answers there. */
  const hops = () => {
    const now = new Map<number, [number, string | null]>();
    for (const event of events) {
      if (event.type === 'endpoint') now.set(event.endpoint, [event.info.hop ?? 0, event.info.address]);
      else if (event.type === 'removed') now.delete(event.endpoint);
      else if (event.type === 'resolved') {
        const hop = now.get(event.endpoint);
        if (hop !== undefined) hop[1] = event.address;
      }
    }
    return [...now.values()].sort(([a], [b]) => a - b);
  };
  /** Time passes as it does for a run: promises settle between timers. */
  const pass = async (duration: number) => {
    for (let t = 0; t < duration; t += 50) {
      clock.advance(50);
      for (let i = 0; i < 8; i++) await Promise.resolve();
    }
  };
  return { ...made, events, of, paths, hops, pass, full: () => full };
};

describe.each([4, 6] as const)('the path to a host, IPv%i', (family) => {
  const [a, b, c, d] = [1, 2, 3, 4].map((n) => router(family, n)) as [string, string, string, string];

  it('is watched hop by hop, the silent ones among them too', async () => {
    const { pass, hops, of, full } = session(family, { routers: [a, null, c, d] });
    await pass(5_000);
    expect(hops()).toEqual([
      [1, a],
      [2, null],
      [3, c],
      [4, d],
    ]);
    const infos = of('endpoint').map(({ info }) => info);
    expect(
      infos.map(({ label, kind, interval, sizeBytes, target }) => [label, kind, interval, sizeBytes, target]),
    ).toEqual([1, 2, 3, 4].map((n) => [`hop ${n}`, 'hop', 1000, 18, TARGET[family]]));
    expect(of('rejected')).toEqual([]);
    expect(full()).toBe(0);
  });

  it('has no hops where the target is next door', async () => {
    const { pass, hops } = session(family, { routers: [] });
    await pass(30_000);
    expect(hops()).toEqual([]);
  });

  it('ends after five silent ones where the target keeps silent, at a time to live of 30 at the latest', async () => {
    const { pass, hops, network } = session(family, { routers: [a, b], isTargetSilent: true });
    await pass(9_000);
    expect(hops()).toEqual([
      [1, a],
      [2, b],
    ]);
    expect(Math.max(...network.requests.map((request) => request.hops ?? 0))).toBeLessThanOrEqual(10);
    const endless = session(family, { routers: Array.from({ length: 40 }, () => a) });
    await endless.pass(9_000);
    expect(endless.hops()).toHaveLength(30);
  });

  it('another router is a change of route; a longer path gets more hops, a shorter one fewer, with their old ids', async () => {
    const way: Way = { routers: [a, b] };
    const { pass, hops, of } = session(family, way);
    await pass(5_000);
    way.routers = [a, d];
    await pass(6_000);
    const changes = of('resolved').filter(({ endpoint }) => endpoint === 2);
    expect(changes.map(({ address }) => address)).toEqual([b, d]);
    way.routers = [a, d, c];
    await pass(14_000);
    expect(hops()).toEqual([
      [1, a],
      [2, d],
      [3, c],
    ]);
    way.routers = [a];
    await pass(6_000);
    expect(hops()).toEqual([[1, a]]);
    expect(of('removed').map(({ endpoint }) => endpoint)).toEqual([2, 3]);
    way.routers = [a, d, c];
    await pass(100_000);
    expect(hops()).toEqual([
      [1, a],
      [2, d],
      [3, c],
    ]);
    expect(Math.max(...of('endpoint').map(({ endpoint }) => endpoint))).toBe(3);
    const seqs = of('sent')
      .filter(({ endpoint }) => endpoint === 3)
      .map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, i) => i));
  });

  it('a longer path is noticed behind a router that keeps silent', async () => {
    const way: Way = { routers: [a] };
    const { pass, hops } = session(family, way);
    await pass(5_000);
    way.routers = [a, null, null];
    await pass(40_000);
    expect(hops()).toEqual([
      [1, a],
      [2, null],
      [3, null],
    ]);
  });

  it('while the network is down nothing is found and nothing is lost', async () => {
    const way: Way = { routers: [null, null], isTargetSilent: true };
    const { pass, hops } = session(family, way);
    await pass(25_000);
    expect(hops()).toEqual([]);
    Object.assign(way, { routers: [a, b], isTargetSilent: false });
    await pass(25_000);
    expect(hops().map(([n]) => n)).toEqual([1, 2]);
    Object.assign(way, { routers: [null, null], isTargetSilent: true });
    await pass(60_000);
    expect(hops().map(([n]) => n)).toEqual([1, 2]);
  });

  it.each([
    ['another cookie', 64, (quote: Buffer) => (quote[8] = 1 ^ (quote[8] as number)), 'cookie'],
    ['what was never sent', 8, (quote: Buffer) => quote.writeUInt16BE(0x7777, 6), 'sequence'],
  ] as const)('forged answers that quote %s make no hops, and are counted', async (_, quotedBytes, forge, reason) => {
    const { pass, hops, of } = session(family, { routers: Array<string>(30).fill(a), forge, quotedBytes });
    await pass(9_000);
    expect(hops()).toEqual([]);
    expect(new Set(of('rejected').map((event) => event.reason))).toEqual(new Set([reason]));
    expect(of('rejected').reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(10);
  });

  it('routers are asked as often as their hops are, and no more', async () => {
    const { pass, network } = session(family, { routers: [a, b] });
    await pass(5_000);
    const before = network.requests.length;
    await pass(60_000);
    const later = network.requests.slice(before);
    for (const n of [1, 2]) {
      const count = later.filter((request) => request.hops === n).length;
      expect(count).toBeGreaterThanOrEqual(59);
      expect(count).toBeLessThanOrEqual(61);
    }
    // The target at its distance.
    expect(later.filter((request) => request.hops === 3).length).toBeLessThanOrEqual(7);
  });

  it('goes with its host; a hop that was removed by hand stays so', async () => {
    const { pass, hops, prober, paths } = session(family, { routers: [a, b] });
    await pass(5_000);
    prober.remove(1);
    await pass(30_000);
    expect(hops().map(([n]) => n)).toEqual([2]);
    expect(paths.watch({ host: 0, interval: 1000, sizeBytes: 56 })).toBe(false);
    prober.remove(0);
    await pass(1_000);
    expect(hops()).toEqual([]);
  });

  it('with a count, a run waits for the hops to have had theirs', async () => {
    const { pass, of, done } = session(family, { routers: [a, b] }, { count: 2 });
    await pass(10_000);
    expect(done()).toBe(true);
    for (const id of [0, 1, 2]) expect(of('answered').filter(({ endpoint }) => endpoint === id)).toHaveLength(2);
  });

  it('says so where there is no room for another hop', async () => {
    const { pass, hops, full } = session(family, { routers: [a, b, c] }, {}, 3);
    await pass(5_000);
    expect(hops().map(([n]) => n)).toEqual([1, 2]);
    expect(full()).toBeGreaterThan(0);
  });
});

it('the probes of a hop have room for what balances their checksum', () => {
  expect([16, 18, 56].map(hopSize)).toEqual([18, 18, 56]);
});
