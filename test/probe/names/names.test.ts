// Names: resolved in the background, again and again while they don't resolve, and anew when their address has died.

import { describe, expect, it } from 'vitest';
import type { Family, Resolver } from '../../../src/probe/ports.js';
import { answers, fails, silence } from '../../support/simulated-network.js';
import { simulatedSession } from '../../support/simulated-network-session.js';
import type { SessionOptions, SimulatedSession } from '../../support/simulated-network-session.js';

const FOUR = '198.51.100.7';
const OTHER = '198.51.100.8';
const SIX = '2001:db8::7';

type Zone = Record<string, readonly string[] | string>;

/** Answers from a zone that tests change; a string is an error's code. */
const resolverOf = (zone: Zone, asked: [string, Family | null][] = []): Resolver => ({
  resolve: (host, family) => {
    asked.push([host, family]);
    const found = zone[host] ?? 'ENOTFOUND';
    if (typeof found === 'string') return Promise.reject(Object.assign(new Error(found), { code: found }));
    return Promise.resolve(found.filter((address) => family === null || (address.includes(':') ? 6 : 4) === family));
  },
});

/** Promises of the resolver are settled between one advance and the next. */
const advance = async (session: SimulatedSession, duration: number, step = 50): Promise<void> => {
  for (let passed = 0; passed < duration; passed += step) {
    session.clock.advance(step);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
};

const started = async (options: SessionOptions, hosts: Record<string, number | string>): Promise<SimulatedSession> => {
  const session = simulatedSession(options);
  for (const [address, what] of Object.entries(hosts)) {
    session.network.host(address, typeof what === 'string' ? fails(what) : answers(what));
  }
  session.prober.start();
  for (let i = 0; i < 5; i++) await Promise.resolve();
  return session;
};

describe('a name', () => {
  it('that resolves at once starts without a loss', async () => {
    const session = await started({ targets: ['host'], resolver: resolverOf({ host: [FOUR] }) }, { [FOUR]: 10 });
    await advance(session, 1_000);
    expect(session.of('resolved')).toMatchObject([{ endpoint: 0, address: FOUR }]);
    expect(session.of('unsent')).toEqual([]);
    expect(session.of('answered').length).toBeGreaterThan(8);
  });

  it('that does not resolve has its slots counted with the code, is tried again ever less often, and then goes on', async () => {
    const zone: Zone = { host: 'EAI_AGAIN' };
    const asked: [string, Family | null][] = [];
    const session = await started(
      { targets: ['host', FOUR], resolver: resolverOf(zone, asked) },
      { [FOUR]: 5, [OTHER]: 5 },
    );
    await advance(session, 100_000, 100);
    expect(new Set(session.of('unsent').map(({ error }) => error))).toEqual(new Set(['EAI_AGAIN']));
    expect(session.of('unsent').length).toBe(session.of('sent').filter(({ endpoint }) => endpoint === 0).length);
    // 0, 1, 3, 7, 15, 31, 61, 91 s
    expect(asked.length).toBe(8);
    zone['host'] = 'ENOTFOUND';
    await advance(session, 31_000, 100);
    expect(session.of('unsent').at(-1)?.error).toBe('ENOTFOUND');
    zone['host'] = [OTHER];
    await advance(session, 31_000, 100);
    expect(session.of('resolved')).toMatchObject([{ endpoint: 0, address: OTHER }]);
    expect(session.of('answered').some(({ endpoint }) => endpoint === 0)).toBe(true);
    // The literal address beside it never noticed.
    expect(session.of('answered').filter(({ endpoint }) => endpoint === 1).length).toBeGreaterThan(1_615);
  });

  it('whose resolver is slow holds up the first slots for a second at most, and later ones not at all', async () => {
    const resolver: Resolver = { resolve: () => new Promise(() => {}) };
    const session = await started({ targets: ['host', FOUR], resolver }, { [FOUR]: 5 });
    await advance(session, 900);
    expect(session.of('sent')).toEqual([]);
    await advance(session, 1_100);
    expect(session.of('unsent').length).toBeGreaterThan(8);
    expect(session.of('unsent')[0]?.error).toBe('EAI_AGAIN');
    expect(session.of('answered').length).toBeGreaterThan(8);
  });

  it('that has moved is noticed when it has been down for 30 s, not before', async () => {
    const zone: Zone = { host: [FOUR] };
    const asked: [string, Family | null][] = [];
    const session = await started(
      { targets: ['host'], resolver: resolverOf(zone, asked) },
      { [FOUR]: 10, [OTHER]: 20 },
    );
    await advance(session, 60_000);
    expect(asked.length).toBe(1);
    zone['host'] = [OTHER];
    session.network.host(FOUR, silence);
    await advance(session, 29_000);
    expect(asked.length).toBe(1);
    await advance(session, 3_000);
    expect(asked.length).toBe(2);
    expect(session.of('resolved').map(({ address }) => address)).toEqual([FOUR, OTHER]);
    expect(session.of('answered').at(-1)?.rtt).toBeCloseTo(20, 6);
    // A late reply from where it was is still genuine.
    expect(session.of('rejected')).toEqual([]);
  });

  it('keeps its address while the resolver fails, and is asked again every 30 s while down', async () => {
    const zone: Zone = { host: [FOUR] };
    const asked: [string, Family | null][] = [];
    const session = await started({ targets: ['host'], resolver: resolverOf(zone, asked) }, { [FOUR]: 10 });
    await advance(session, 1_000);
    zone['host'] = 'EAI_AGAIN';
    session.network.host(FOUR, silence);
    await advance(session, 125_000);
    expect(asked.length).toBe(1 + 4);
    expect(session.of('unsent')).toEqual([]);
    session.network.host(FOUR, answers(10));
    await advance(session, 1_000);
    expect(session.of('answered').at(-1)?.rtt).toBeCloseTo(10, 6);
  });

  it('is resolved anew at the period asked for, and an unchanged address is no event', async () => {
    const zone: Zone = { host: [FOUR, OTHER] };
    const asked: [string, Family | null][] = [];
    const options = { targets: ['host'], resolver: resolverOf(zone, asked), resolveEvery: 10_000 };
    const session = await started(options, { [FOUR]: 10, [OTHER]: 20 });
    await advance(session, 25_000);
    expect(asked.length).toBe(3);
    zone['host'] = [OTHER, FOUR];
    await advance(session, 10_000);
    expect(session.of('resolved')).toHaveLength(1);
    zone['host'] = [OTHER];
    await advance(session, 10_000);
    expect(session.of('resolved').map(({ address }) => address)).toEqual([FOUR, OTHER]);
  });
});

describe('a name with both families', () => {
  it('takes the other one within the same slot where the first has no route', async () => {
    const resolver = resolverOf({ host: [SIX, FOUR] });
    const session = await started({ targets: ['host'], resolver }, { [SIX]: 'ENETUNREACH', [FOUR]: 10 });
    await advance(session, 1_000);
    expect(session.of('unsent')).toEqual([]);
    expect(session.of('answered').length).toBeGreaterThan(8);
    expect(session.of('resolved').map(({ address }) => address)).toEqual([SIX, FOUR]);
  });

  it('stays where it is when neither has a route, and does not flap', async () => {
    const resolver = resolverOf({ host: [SIX, FOUR] });
    const session = await started({ targets: ['host'], resolver }, { [SIX]: 'ENETUNREACH', [FOUR]: 'ENETUNREACH' });
    await advance(session, 5_000);
    expect(session.of('resolved')).toHaveLength(1);
    expect(session.of('unsent').length).toBe(session.of('sent').length);
  });

  it('does not hide an outage by switching once it has answered', async () => {
    const resolver = resolverOf({ host: [SIX, FOUR] });
    const session = await started({ targets: ['host'], resolver }, { [SIX]: 10, [FOUR]: 10 });
    await advance(session, 1_000);
    session.network.host(SIX, fails('ENETUNREACH'));
    await advance(session, 5_000);
    expect(session.of('resolved')).toHaveLength(1);
    expect(session.of('unsent').at(-1)?.error).toBe('ENETUNREACH');
  });

  it('is held to one family by -4 and -6, and to the family that has a socket', async () => {
    const resolver = resolverOf({ host: [SIX, FOUR] });
    const forced = await started({ targets: ['host'], resolver, family: 4 }, { [SIX]: 10, [FOUR]: 10 });
    expect(forced.of('resolved').map(({ address }) => address)).toEqual([FOUR]);
    const oneSocket = await started({ targets: ['host'], resolver, sockets: { 6: null } }, { [FOUR]: 10 });
    expect(oneSocket.of('resolved').map(({ address }) => address)).toEqual([FOUR]);
    const none = await started({ targets: [SIX], resolver, sockets: { 6: null } }, {});
    await advance(none, 500);
    expect(none.of('unsent')[0]?.error).toBe('EAFNOSUPPORT');
  });
});
