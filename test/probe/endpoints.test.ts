// Endpoints that come, change and go while others are probed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, silence, unreachableBy } from '../support/simulated-network.js';
import { planOf, simulatedSession } from '../support/simulated-network-session.js';
import type { SessionOptions, SimulatedSession } from '../support/simulated-network-session.js';

const ONE = '198.51.100.1';
const TWO = '198.51.100.2';
const ROUTER = '203.0.113.1';

const running = (options: Partial<SessionOptions> = {}): SimulatedSession => {
  const session = simulatedSession({ targets: [ONE], ...options });
  session.network.host(ONE, answers(10)).host(TWO, answers(20));
  session.prober.start();
  return session;
};

/** Send instants of an endpoint since the session's start, in whole microseconds. */
const sends = (session: SimulatedSession, endpoint: number): number[] =>
  session
    .of('sent')
    .filter((event) => event.endpoint === endpoint)
    .map(({ at }) => Math.round((at - session.sessionClock.startedAt) * 1000) / 1000);

const steps = (times: readonly number[]): number[] => times.slice(1).map((at, i) => Math.round(at - (times[i] ?? 0)));

const seqsOf = (
  session: SimulatedSession,
  type: 'sent' | 'answered' | 'lost' | 'unreachable',
  endpoint: number,
): number[] => session.of(type).flatMap((event) => (event.endpoint === endpoint ? [event.seq] : []));

describe('an endpoint that is added', () => {
  it('is told, probed at its own interval with its own size, and leaves the others alone', () => {
    const session = running();
    session.clock.advance(1_030);
    session.prober.add(planOf({ id: 1, target: TWO, label: 'two', interval: 250, sizeBytes: 1000 }));
    session.clock.advance(2_000);
    const { startedAt } = session.sessionClock;
    const { family, ...plan } = planOf({ id: 1, target: TWO, label: 'two', interval: 250, sizeBytes: 1000 });
    expect(family).toBeNull();
    expect(session.of('endpoint')).toMatchObject([{ endpoint: 1, info: { ...plan, address: TWO } }]);
    expect(session.of('endpoint')[0]?.at).toBeCloseTo(startedAt + 1_030, 3);
    const times = sends(session, 1);
    expect(times[0]).toBeGreaterThanOrEqual(1_030);
    expect(times[0]).toBeLessThan(1_280);
    expect(times).toHaveLength(8);
    expect(new Set(steps(times))).toEqual(new Set([250]));
    expect(sends(session, 0)).toEqual(Array.from({ length: 31 }, (_, i) => i * 100));
    const sizes = new Map(session.network.requests.map(({ endpoint, payload }) => [endpoint, payload.length]));
    expect(sizes).toEqual(
      new Map([
        [0, 56],
        [1, 1000],
      ]),
    );
    expect(
      session
        .of('answered')
        .filter(({ endpoint }) => endpoint === 1)
        .every(({ rtt }) => Math.abs(rtt - 20) < 1e-6),
    ).toBe(true);
  });

  it('begins when its name is known, or after a second without', async () => {
    let answer: (addresses: string[]) => void = () => {};
    const session = running({ resolver: { resolve: () => new Promise((resolve) => (answer = resolve)) } });
    session.clock.advance(500);
    session.prober.add(planOf({ id: 1, target: 'two.example' }));
    session.clock.advance(300);
    expect(sends(session, 1)).toEqual([]);
    answer([TWO]);
    for (let i = 0; i < 5; i++) await Promise.resolve();
    session.clock.advance(500);
    expect(session.of('resolved')).toMatchObject([{ endpoint: 1, address: TWO }]);
    expect(sends(session, 1)[0]).toBeGreaterThanOrEqual(800);
    expect(seqsOf(session, 'answered', 1).length).toBeGreaterThanOrEqual(4);
    session.prober.add(planOf({ id: 2, target: 'three.example' }));
    session.clock.advance(1_500);
    expect(sends(session, 2)[0]).toBeGreaterThanOrEqual(2_300);
    expect(session.of('unsent')[0]).toMatchObject({ endpoint: 2, error: 'EAI_AGAIN' });
  });

  it("never has an id that was used before, nor one that isn't an endpoint's", () => {
    const session = running();
    session.prober.add(planOf({ id: 5, target: TWO }));
    session.prober.remove(5);
    for (const id of [0, 3, 5]) expect(() => session.prober.add(planOf({ id, target: TWO }))).toThrow(RangeError);
    expect(session.prober.nextId).toBe(6);
    session.prober.add(planOf({ id: 65_534, target: TWO }));
    session.clock.advance(500);
    expect(seqsOf(session, 'answered', 65_534).length).toBeGreaterThanOrEqual(4);
    expect(() => session.prober.add(planOf({ id: 65_535, target: TWO }))).toThrow(/65534/);
    expect(() => session.prober.remove(5)).toThrow(RangeError);
    expect(() => session.prober.change(9, { label: 'x' })).toThrow(RangeError);
  });

  it('may have been added before anything else, or while names are resolved', () => {
    const session = running({ targets: [] });
    session.clock.advance(10_000);
    expect(session.done()).toBe(false);
    session.prober.add(planOf({ id: 0, target: ONE }));
    session.clock.advance(1_000);
    expect(seqsOf(session, 'answered', 0).length).toBeGreaterThanOrEqual(9);
    const other = running({ targets: ['never.example'], resolver: { resolve: () => new Promise(() => {}) } });
    other.prober.add(planOf({ id: 1, target: TWO }));
    other.clock.advance(2_005);
    expect(seqsOf(other, 'answered', 1).length).toBeGreaterThanOrEqual(9);
  });
});

describe('two endpoints towards one address', () => {
  it('do not mix: replies, sizes and errors of eight quoted bytes are each one’s own', () => {
    const session = running({ own: { 0: { interval: 70 } } });
    session.network.host(ONE, (request) =>
      request.seq % 3 === 1
        ? unreachableBy(ROUTER, 3, 1, 35)(request)
        : answers(request.endpoint === 0 ? 10 : 40)(request),
    );
    session.clock.advance(710);
    session.prober.add(planOf({ id: 1, target: ONE, interval: 110, sizeBytes: 200 }));
    session.clock.advance(20_000);
    session.prober.stop();
    for (const endpoint of [0, 1]) {
      const sent = seqsOf(session, 'sent', endpoint);
      expect(sent.length).toBeGreaterThan(150);
      const settled = sent.slice(0, -2);
      expect(seqsOf(session, 'unreachable', endpoint).filter((seq) => settled.includes(seq))).toEqual(
        settled.filter((seq) => seq % 3 === 1),
      );
      expect(seqsOf(session, 'answered', endpoint).filter((seq) => settled.includes(seq))).toEqual(
        settled.filter((seq) => seq % 3 !== 1),
      );
    }
    for (const { endpoint, rtt } of session.of('answered')) expect(rtt).toBeCloseTo(endpoint === 0 ? 10 : 40, 6);
    expect(session.of('rejected')).toEqual([]);
    const lows = session.network.requests.map(({ seqLow }) => seqLow);
    expect(new Set(lows).size).toBe(lows.length);
  });

  it('reject a reply longer than its own probe was, though the other’s are longer', () => {
    const session = running({ targets: [ONE, ONE], own: { 1: { sizeBytes: 1000 } } });
    session.network.host(ONE, ({ message, endpoint, seq, family }) => {
      if (endpoint !== 0 || seq !== 1) return answers(5)({ message, family } as never);
      const longer = Buffer.concat([message, Buffer.from(Array.from({ length: 100 }, (_, i) => (56 + i) & 255))]);
      return answers(5)({ message: longer, family } as never);
    });
    session.clock.advance(2_500);
    session.prober.stop();
    expect(session.of('rejected')).toMatchObject([{ endpoint: 0, reason: 'payload', count: 1 }]);
    expect(seqsOf(session, 'lost', 0)).toEqual([1]);
    expect(seqsOf(session, 'lost', 1)).toEqual([]);
  });

  it('keep their sequences apart for as long as thousands of probes are in flight', () => {
    const session = simulatedSession({ targets: [ONE, ONE], interval: 1, timeout: 20_000 });
    session.network.host(ONE, (request) => unreachableBy(ROUTER, 11, 0, 15_000)(request));
    session.prober.start();
    session.clock.advance(40_000);
    expect(session.of('lost')).toEqual([]);
    for (const endpoint of [0, 1]) {
      const told = seqsOf(session, 'unreachable', endpoint);
      expect(told.length).toBeGreaterThan(24_900);
      expect(told).toEqual(told.map((_, i) => i));
    }
  });
});

describe('an endpoint that is removed', () => {
  it('is sent no more, and what is in flight settles: answered, lost and late', () => {
    const session = running({ targets: [ONE, TWO] });
    session.network.host(TWO, (request) => (request.seq % 2 === 0 ? answers(1_300)(request) : silence(request)));
    session.clock.advance(1_075);
    session.prober.remove(1);
    const at = session.sessionClock.now();
    session.clock.advance(3_000);
    expect(session.of('removed')).toEqual([{ type: 'removed', endpoint: 1, at }]);
    const sent = seqsOf(session, 'sent', 1);
    expect(Math.max(...sends(session, 1))).toBeLessThanOrEqual(1_075);
    expect(seqsOf(session, 'lost', 1)).toEqual(sent);
    expect(session.of('late').map(({ seq }) => seq)).toEqual(sent.filter((seq) => seq % 2 === 0));
    expect(seqsOf(session, 'sent', 0)).toHaveLength(41);
  });

  it('is forgotten after a minute; what still comes for it is no impostor', () => {
    const session = running({ targets: [ONE, TWO] });
    session.network.host(TWO, answers(90_000));
    session.clock.advance(1_000);
    session.prober.remove(1);
    session.clock.advance(100_000);
    session.prober.stop();
    expect(session.of('late')).toEqual([]);
    expect(session.of('rejected')).toEqual([]);
  });

  it('may be removed and others added inside the sink', () => {
    let next = 1;
    const session = simulatedSession({
      targets: [ONE],
      interval: 10,
      sink: (event) => {
        if (event.type !== 'sent' || event.seq !== 3) return;
        session.prober.remove(event.endpoint);
        session.prober.add(planOf({ id: next++, target: ONE, interval: 10 }));
      },
    });
    session.network.host(ONE, answers(1));
    session.prober.start();
    session.clock.advance(1_000);
    expect(next).toBeGreaterThan(15);
    expect(Math.max(...session.network.requests.map(({ seq }) => seq))).toBe(3);
  });

  it('does not keep a run with a count from ending, nor does it end one by itself', () => {
    const session = running({ targets: [ONE, TWO], count: 20 });
    session.clock.advance(500);
    session.prober.remove(1);
    session.prober.remove(0);
    session.clock.advance(5_000);
    expect(session.done()).toBe(false);
    session.prober.add(planOf({ id: 2, target: TWO }));
    session.clock.advance(3_500);
    expect(session.done()).toBe(true);
    expect(seqsOf(session, 'answered', 2)).toHaveLength(20);
  });
});

describe('an endpoint that changes', () => {
  it('has a new plan from that instant, goes on counting, and says so', () => {
    const session = running();
    session.clock.advance(1_005);
    session.prober.change(0, { interval: 30, label: 'faster' });
    session.clock.advance(1_000);
    const times = sends(session, 0);
    expect(session.of('endpoint')).toMatchObject([
      { endpoint: 0, info: { interval: 30, label: 'faster', sizeBytes: 56 } },
    ]);
    const after = times.filter((at) => at > 1_005);
    expect(after[0]).toBeLessThanOrEqual(1_035);
    expect(new Set(steps(after))).toEqual(new Set([30]));
    expect(seqsOf(session, 'sent', 0)).toEqual(times.map((_, i) => i));
    session.prober.change(0, { interval: 500 });
    session.clock.advance(3_000);
    expect(new Set(steps(sends(session, 0).slice(-5)))).toEqual(new Set([500]));
  });

  it('keeps its plan where only size or label change, and takes replies to what it sent before at their size', () => {
    const session = running();
    session.network.host(ONE, answers(150));
    session.clock.advance(1_005);
    session.prober.change(0, { sizeBytes: 16 });
    session.clock.advance(500);
    session.prober.change(0, { sizeBytes: 1200 });
    session.prober.change(0, { label: 'same' });
    session.clock.advance(1_000);
    expect(sends(session, 0)).toEqual(Array.from({ length: 26 }, (_, i) => i * 100));
    expect(session.network.requests.map(({ payload }) => payload.length)).toEqual([
      ...Array.from({ length: 11 }, () => 56),
      ...Array.from({ length: 5 }, () => 16),
      ...Array.from({ length: 10 }, () => 1200),
    ]);
    expect(session.of('rejected')).toEqual([]);
    expect(seqsOf(session, 'answered', 0)).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });
});

describe('endpoints with intervals of their own', () => {
  it('account for every slot over stalls, stops and suspends: sent or in a gap of theirs', () => {
    const interval = fc.constantFrom(10, 70, 100, 333, 2_000);
    const happening = fc.record({ passes: fc.nat(3_000), stall: fc.oneof(fc.nat(300), fc.nat(3_000)) });
    fc.assert(
      fc.property(
        fc.array(interval, { minLength: 1, maxLength: 6 }),
        fc.array(happening, { maxLength: 8 }),
        (intervals, happenings) => {
          const targets = intervals.map((_, i) => `198.51.100.${i + 1}`);
          const own = Object.fromEntries(intervals.map((every, id) => [id, { interval: every }]));
          const session = simulatedSession({ targets, own });
          for (const target of targets) session.network.host(target, answers(5));
          session.prober.start();
          for (const { passes, stall } of happenings) {
            session.clock.advance(passes);
            session.clock.stall(stall);
          }
          session.clock.advance(5_000);
          expect(session.of('sent').length).toBeGreaterThan(0);
          for (const [endpoint, every] of intervals.entries()) {
            const times = sends(session, endpoint);
            // After the last quiet seconds slots are on plan to the microsecond.
            const last = times.at(-1) ?? 0;
            const { startedAt } = session.sessionClock;
            const gaps = session.of('gap').filter((gap) => gap.endpoint === undefined || gap.endpoint === endpoint);
            const isSent = (slot: number): boolean =>
              times.some((at) => at >= slot - 0.01 && at <= slot + Math.min(1_000, Math.max(every, 50)) + 0.01);
            const isMissed = (slot: number): boolean =>
              gaps.some(({ from, to }) => slot >= from - startedAt - 0.01 && slot < to - startedAt - 0.01);
            for (let slot = last; slot >= 0; slot -= every) {
              if (!isSent(slot) && !isMissed(slot)) throw new Error(`endpoint ${endpoint}: slot ${slot} is nowhere`);
            }
            for (const gap of gaps) {
              const inside = times.filter((at) => at > gap.from - startedAt + 0.01 && at < gap.to - startedAt - 0.01);
              if (gap.reason === 'stall' && inside.length > 0) throw new Error(`endpoint ${endpoint}: sent in a gap`);
            }
          }
        },
      ),
      { seed: 11, numRuns: 150 },
    );
  });
});
