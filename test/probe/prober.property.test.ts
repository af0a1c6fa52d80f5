// Properties that hold on any network and whatever happens to the machine: every slot is counted once and in one state,
// the plan does not drift, and no endpoint pays for another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import { answers, fails, silence, unreachableBy } from '../support/simulated-network.js';
import type { Behaviour } from '../support/simulated-network.js';
import { echoReply } from '../support/simulated-network-packets.js';
import { simulatedSession } from '../support/simulated-network-session.js';

/** Transitions that events may make. `in-flight` is where `sent` leads. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'in-flight': ['answered', 'late', 'lost', 'unsent', 'unreachable', 'void'],
  lost: ['late'],
  unreachable: ['answered', 'late'],
};

/** Follows every probe, and fails at the first event that no probe can have. */
class Ledger {
  readonly states = new Map<string, string>();
  readonly #next = new Map<number, number>();
  #lastSentAt = -Infinity;

  readonly take = (event: ProbeEvent): void => {
    if (event.type === 'sent') {
      if (event.seq !== (this.#next.get(event.endpoint) ?? 0)) throw new Error(`a hole before ${event.seq}`);
      if (event.at < this.#lastSentAt) throw new Error('sent back in time');
      this.#next.set(event.endpoint, event.seq + 1);
      this.states.set(`${event.endpoint}/${event.seq}`, 'in-flight');
      this.#lastSentAt = event.at;
    } else if ('seq' in event) {
      const key = `${event.endpoint}/${event.seq}`;
      const state = this.states.get(key) ?? 'never sent';
      if (event.type === 'duplicate') {
        if (state !== 'answered' && state !== 'late') throw new Error(`${key}: a duplicate while ${state}`);
      } else {
        if (!(ALLOWED[state] ?? []).includes(event.type)) throw new Error(`${key} went from ${state} to ${event.type}`);
        this.states.set(key, event.type);
      }
    }
  };

  count(state: string, endpoint: number): number {
    let count = 0;
    for (const [key, value] of this.states) if (value === state && key.startsWith(`${endpoint}/`)) count++;
    return count;
  }
}

const ADDRESSES = ['198.51.100.1', '2001:db8::2', '198.51.100.3', '2001:db8::4'];

const delay = fc.oneof(fc.nat(80), fc.integer({ min: 900, max: 1_100 }), fc.integer({ min: 1_000, max: 4_000 }));
const corrupt: Behaviour = ({ family, message }) => {
  const reply = echoReply(family, message);
  reply[40] = (reply[40] ?? 0) ^ 0x10;
  return [{ after: 5, message: reply }];
};
const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.array(delay, { maxLength: 3 }).map<Behaviour>((all) => (r) => all.flatMap((d) => answers(d)(r) as [])),
  fc.constantFrom('ENETUNREACH', 'EPERM', 'ENOBUFS', 'EAGAIN', 'no words for it').map(fails),
  delay.map((after) => unreachableBy('203.0.113.1', 3, 1, after, after % 2 === 0 ? 8 : 64)),
  delay.map<Behaviour>((d) => (r) => [...(unreachableBy('2001:db8::ff', 1, 0, 3)(r) as []), ...(answers(d)(r) as [])]),
  delay.map<Behaviour>((after) => ({ family, message }) => [
    { after, message: echoReply(family, message).subarray(0, 24 + (after % 40)), source: '198.51.100.99' },
  ]),
  fc.constant(silence),
  fc.constant(corrupt),
);

type Machine = { stall: number } | { suspend: number } | { step: number } | { advance: number };
const machine: fc.Arbitrary<Machine> = fc.oneof(
  { weight: 5, arbitrary: fc.nat(700).map((advance) => ({ advance })) },
  fc.oneof(fc.nat(200), fc.nat(6_000)).map((stall) => ({ stall })),
  fc.integer({ min: 2_000, max: 1e7 }).map((suspend) => ({ suspend })),
  fc.integer({ min: -4e6, max: 4e6 }).map((step) => ({ step })),
);

describe('whatever the network and the machine do', () => {
  it('every slot ends in exactly one state, by a road that exists', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(behaviour, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.array(machine, { maxLength: 20 }),
        fc.constantFrom(7, 50, 100, 333),
        fc.constantFrom('kernel' as const, 'javascript' as const),
        fc.integer({ min: 1, max: 40 }),
        (hosts, happenings, interval, receiveClock, count) => {
          const ledger = new Ledger();
          const targets = hosts.map((_, i) => ADDRESSES[i] ?? '');
          const session = simulatedSession({ targets, interval, count, sink: ledger.take });
          session.network.clock = receiveClock;
          for (const [i, script] of hosts.entries()) {
            session.network.host(targets[i] ?? '', (r) => (script[r.seq % script.length] ?? silence)(r));
          }
          session.prober.start();
          for (const happening of happenings) {
            if ('stall' in happening) session.clock.stall(happening.stall);
            else if ('suspend' in happening) session.clock.suspend(happening.suspend);
            else if ('step' in happening) session.clock.stepWall(happening.step);
            else session.clock.advance(happening.advance);
          }
          session.clock.advance(20_000);
          expect(session.done()).toBe(true);
          for (const endpoint of hosts.keys()) {
            const states = ['answered', 'late', 'lost', 'unsent', 'unreachable', 'void'];
            const counts = states.map((state) => ledger.count(state, endpoint));
            expect(counts.reduce((sum, n) => sum + n, 0)).toBe(count);
            expect(ledger.count('in-flight', endpoint)).toBe(0);
          }
        },
      ),
      { seed: 42, numRuns: 300 },
    );
  });

  it('the plan has not drifted after a million slots', { timeout: 60_000 }, () => {
    let slots = 0;
    let worst = 0;
    const session = simulatedSession({
      targets: ADDRESSES,
      interval: 0.7,
      timeout: 10,
      sink: (event) => {
        if (event.type !== 'sent') return;
        // All four share a wake-up.
        worst = Math.max(worst, Math.abs(event.at - session.sessionClock.startedAt - event.seq * 0.7));
        slots++;
      },
    });
    // No host at all: the cheapest way to settle a million probes.
    session.prober.start();
    session.clock.advance(250_000 * 0.7 - 0.1);
    expect(slots).toBe(1_000_000);
    // Instants are Unix milliseconds in doubles: a quarter of a microsecond apart.
    expect(worst).toBeLessThan(0.001);
  });

  it('no endpoint is delayed by another that is dead, failing or slow', () => {
    fc.assert(
      fc.property(behaviour, behaviour, (one, other) => {
        const at: number[] = [];
        const session = simulatedSession({
          targets: ['198.51.100.1', '198.51.100.2', '198.51.100.3'],
          sink: (event) => {
            if (event.type === 'sent' && event.endpoint === 1) at.push(event.at - session.sessionClock.startedAt);
          },
        });
        session.network.host('198.51.100.1', one).host('198.51.100.2', answers(10)).host('198.51.100.3', other);
        session.prober.start();
        session.clock.advance(5_000);
        expect(at.length).toBe(50);
        for (const [i, sent] of at.entries()) expect(sent).toBeCloseTo(i * 100 + 50, 3);
      }),
      { seed: 43, numRuns: 100 },
    );
  });

  it('no send error spins: wake-ups stay in proportion to slots', () => {
    for (const error of [
      'ENETUNREACH',
      'EHOSTUNREACH',
      'ENETDOWN',
      'EPERM',
      'ENOBUFS',
      'EAGAIN',
      'EINVAL',
      'EMSGSIZE',
    ]) {
      const session = simulatedSession({ targets: ADDRESSES });
      for (const address of ADDRESSES) session.network.host(address, fails(error));
      session.prober.start();
      session.clock.advance(60_000);
      expect(session.of('unsent').length).toBe(session.of('sent').length);
      // In pairs, and the last pair is due at the very end.
      expect(session.of('unsent').length).toBe(4 * 600 + 2);
      expect(session.clock.wakeUps).toBeLessThanOrEqual(2 * 600 + 5);
    }
  });

  it.each([
    ['answer', answers(10)],
    ['are silent', silence],
  ])('wakes up once a bundle of slots where all hosts %s', (_what, hosts) => {
    const session = simulatedSession({ targets: ADDRESSES, interval: 80, timeout: 1_007 });
    for (const address of ADDRESSES) session.network.host(address, hosts);
    session.prober.start();
    session.clock.advance(60_000);
    expect(session.clock.wakeUps).toBeLessThanOrEqual(2 * 750 + 5);
  });
});
