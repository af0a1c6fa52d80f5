// Time gone wrong: a loop that stalls, a process that is stopped, a machine that sleeps, a clock that is stepped. Nothing
// of it may look like the network's fault, and no RTT may be off.

import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import type { ReceiveClock } from '../../src/events/session-info.js';
import { slotTolerance } from '../../src/probe/schedule/slot-plan.js';
import { answers, silence } from '../support/simulated-network.js';
import { simulatedSession } from '../support/simulated-network-session.js';
import type { SimulatedSession } from '../support/simulated-network-session.js';

const HOST = '198.51.100.7';
const HOUR = 3_600_000;

const running = (
  options: { interval?: number; targets?: string[]; rtt?: number; clock?: ReceiveClock } = {},
): SimulatedSession => {
  const { interval = 100, targets = [HOST], rtt = 10, clock = 'kernel' } = options;
  const session = simulatedSession({ targets, interval });
  for (const target of targets) session.network.host(target, answers(rtt));
  session.network.clock = clock;
  session.prober.start();
  return session;
};

const isLoss = ({ type }: ProbeEvent): boolean => ['lost', 'unsent', 'unreachable'].includes(type);

/** Send instants of an endpoint, in milliseconds since the start of the session. */
const sends = (session: SimulatedSession, endpoint = 0): number[] =>
  session
    .of('sent')
    .filter((event) => event.endpoint === endpoint)
    .map(({ at }) => at - session.sessionClock.startedAt);

describe('a stall of the loop', () => {
  it('within the tolerance sends each slot once, late, and leaves the plan where it was', () => {
    const session = running();
    session.clock.advance(450);
    session.clock.stall(140);
    session.clock.advance(500);
    expect(session.of('gap')).toEqual([]);
    expect(sends(session).map(Math.round)).toEqual([0, 100, 200, 300, 400, 590, 600, 700, 800, 900, 1000]);
    expect(session.prober.diagnostics).toMatchObject({ stalls: 1, missedSlots: 0 });
    // Told from the wake-up that it delayed, which was due at most 50 ms after it began.
    const [stall] = session.of('stall');
    expect(stall?.to).toBeCloseTo(session.sessionClock.startedAt + 590, 0);
    expect((stall?.to ?? 0) - (stall?.from ?? 0)).toBeCloseTo(session.prober.diagnostics.longestStall, 0);
    expect(session.prober.diagnostics.longestStall).toBeCloseTo(90, 6);
  });

  it('beyond the tolerance is a gap: never a burst, never a loss, sequences without a hole', () => {
    const session = running();
    session.clock.advance(450);
    session.clock.stall(800);
    session.clock.advance(500);
    expect(sends(session).map(Math.round)).toEqual([0, 100, 200, 300, 400, 1250, 1300, 1400, 1500, 1600, 1700]);
    expect(session.of('sent').map(({ seq }) => seq)).toEqual(Array.from({ length: 11 }, (_, i) => i));
    const [gap, ...more] = session.of('gap');
    expect(more).toEqual([]);
    expect(gap?.reason).toBe('stall');
    const { startedAt } = session.sessionClock;
    expect([(gap?.from ?? 0) - startedAt, (gap?.to ?? 0) - startedAt].map(Math.round)).toEqual([500, 1200]);
    expect(session.events.filter(isLoss)).toEqual([]);
    expect(session.prober.diagnostics.missedSlots).toBe(7);
  });

  it('leaves RTTs as the kernel stamped them, and calls nothing lost that waits in the socket', () => {
    const session = running({ rtt: 900 });
    session.clock.advance(450);
    session.clock.stall(950);
    session.clock.advance(3_000);
    for (const { rtt } of session.of('answered')) expect(rtt).toBeCloseTo(900, 6);
    expect(session.events.filter(isLoss)).toEqual([]);
    expect(session.of('late')).toEqual([]);
  });

  it('makes the RTT of a probe uncertain whose send was interrupted, and no other', () => {
    const session = simulatedSession({ targets: [HOST] });
    session.network.host(HOST, answers(5));
    const { clock, network } = session;
    const slow = 300;
    Object.defineProperties(network.sockets[4], {
      sentAt: { get: () => clock.now },
      returnedAt: { get: () => clock.now + (clock.now % 1000 === slow ? 1.5 : 0.5) },
    });
    session.prober.start();
    session.clock.advance(1_000);
    const answered = session.of('answered');
    expect(answered.length).toBeGreaterThan(8);
    expect(answered.filter(({ uncertain }) => uncertain === true).map(({ seq }) => seq)).toHaveLength(1);
    expect(session.of('lost')).toEqual([]);
  });

  it.each(['timers', 'sockets'] as const)('makes RTTs stamped in JavaScript uncertain, %s first', (first) => {
    const session = running({ rtt: 20, clock: 'javascript' });
    session.clock.advance(405);
    session.clock.stall(300, first);
    session.clock.advance(500);
    const uncertain = session.of('answered').filter((event) => event.uncertain === true);
    expect(uncertain.map(({ seq }) => seq)).toEqual([4]);
    expect(uncertain[0]?.rtt).toBeCloseTo(305, 6);
    expect(session.events.filter(isLoss)).toEqual([]);
  });

  it('makes nothing late that JavaScript stamped after the timeout for it', () => {
    const session = running({ rtt: 300, clock: 'javascript' });
    session.clock.advance(250);
    session.clock.stall(950);
    session.clock.advance(1_000);
    expect(session.of('late')).toEqual([]);
    expect(session.of('answered').filter((event) => event.uncertain === true)).toHaveLength(3);
    expect(session.events.filter(isLoss)).toEqual([]);
  });

  it('is seen even where it delays no slot', () => {
    const session = running({ interval: 10_000, rtt: 200, clock: 'javascript' });
    session.clock.advance(100);
    session.clock.stall(150);
    session.clock.advance(100);
    expect(session.of('answered')).toMatchObject([{ uncertain: true }]);
    expect(session.prober.diagnostics.stalls).toBe(1);
    expect(session.prober.diagnostics.longestStall).toBeGreaterThanOrEqual(130);
  });

  it('inside the sink counts as well', () => {
    let stalled = false;
    const events: ProbeEvent[] = [];
    const session = simulatedSession({
      targets: [HOST],
      sink: (event) => {
        events.push(event);
        if (stalled || event.type !== 'sent' || event.seq !== 5) return;
        stalled = true;
        session.clock.spend(3_000);
      },
    });
    session.network.host(HOST, answers(10));
    session.prober.start();
    session.clock.advance(5_000);
    const gaps = events.filter((event) => event.type === 'gap');
    expect(gaps).toHaveLength(1);
    const [gap] = gaps;
    const from = (gap?.from ?? 0) - session.sessionClock.startedAt;
    expect(from).toBeGreaterThanOrEqual(500);
    expect(from).toBeLessThanOrEqual(600);
    expect((gap?.to ?? 0) - session.sessionClock.startedAt).toBeCloseTo(3_500, 0);
    expect(events.filter(isLoss)).toEqual([]);
  });

  it.each([1, 10, 50, 100, 1_000, 10_000])('makes no burst at an interval of %i ms, however long it is', (interval) => {
    for (const stall of [5, 60, 400, 990, 5_000]) {
      const session = running({ interval, targets: [HOST, '198.51.100.8', '198.51.100.9'], rtt: 1 });
      session.clock.advance(3 * interval + 1);
      session.clock.stall(stall);
      const at = session.clock.now;
      session.clock.advance(0);
      for (const endpoint of [0, 1, 2]) {
        const burst = session.network.requests.filter((request) => request.at === at && request.endpoint === endpoint);
        expect(burst.length).toBeLessThanOrEqual(Math.ceil(slotTolerance(interval) / interval) + 1);
      }
    }
  });
});

describe('a process that was stopped for 5 s', () => {
  it.each(['timers', 'sockets'] as const)('has a gap, and its loss stays what it was, %s first', (first) => {
    const session = running();
    session.clock.advance(2_005);
    session.clock.stall(5_000, first);
    session.clock.advance(2_010);
    const gaps = session.of('gap');
    expect(gaps.map(({ reason }) => reason)).toEqual(['stopped']);
    const [gap] = gaps;
    expect(((gap?.to ?? 0) - (gap?.from ?? 0)) / 1000).toBeCloseTo(5, 1);
    expect(session.events.filter(isLoss)).toEqual([]);
    // The kernel stamped the reply that came meanwhile.
    expect(session.of('answered').map(({ rtt }) => Math.round(rtt))).toEqual(Array.from({ length: 41 }, () => 10));
    expect(session.of('sent').length).toBe(41);
  });

  it('calls what was in flight without a reply void, not lost, if it timed out meanwhile', () => {
    const session = running();
    session.clock.advance(1_950);
    session.network.host(HOST, silence);
    session.clock.advance(55);
    session.clock.stall(5_000);
    session.clock.advance(10);
    expect(session.of('void')).toMatchObject([{ seq: 20 }]);
    expect(session.events.filter(isLoss)).toEqual([]);
    session.clock.advance(2_000);
    expect(session.of('lost').length).toBeGreaterThan(5);
  });

  it('lets a probe wait on whose timeout has not passed', () => {
    const session = simulatedSession({ targets: [HOST], timeout: 10_000, interval: 1_000 });
    session.network.host(HOST, answers(8_000));
    session.prober.start();
    session.clock.advance(500);
    session.clock.stall(5_000);
    session.clock.advance(4_000);
    expect(session.of('void')).toEqual([]);
    expect(session.of('answered')).toMatchObject([{ seq: 0 }]);
  });

  it.each(['timers', 'sockets'] as const)('with the JavaScript clock voids all in flight, %s first', (first) => {
    const session = running({ clock: 'javascript' });
    session.clock.advance(2_005);
    session.clock.stall(5_000, first);
    session.clock.advance(500);
    expect(session.of('void')).toMatchObject([{ seq: 20 }]);
    for (const { rtt } of session.of('answered')) expect(rtt).toBeLessThan(25);
    expect(session.events.filter(isLoss)).toEqual([]);
  });
});

describe('a machine that was suspended for an hour', () => {
  it('has a gap of an hour, voids what was in flight, and shows the wall clock right', () => {
    const session = running({ rtt: 50 });
    session.clock.advance(2_020);
    session.clock.suspend(HOUR);
    session.clock.advance(1_000);
    const [gap, ...more] = session.of('gap');
    expect(more).toEqual([]);
    expect(gap?.reason).toBe('suspend');
    expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBeGreaterThanOrEqual(HOUR - 1);
    expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBeLessThan(HOUR + 200);
    expect(session.of('void')).toMatchObject([{ seq: 20 }]);
    expect(session.events.filter(isLoss)).toEqual([]);
    expect(session.of('clock')).toEqual([]);
    expect(session.sessionClock.now()).toBeCloseTo(session.clock.wall.now(), 3);
    const lastSent = session.of('sent').at(-1)?.at ?? 0;
    expect(lastSent).toBeGreaterThan(session.sessionClock.startedAt + HOUR);
    // Its reply came back to a probe that is void.
    for (const { rtt } of session.of('answered')) expect(rtt).toBeCloseTo(50, 6);
  });

  it('takes a reply that waited across it for nothing', () => {
    const session = running({ rtt: 50 });
    session.clock.advance(1_020);
    session.clock.suspend(HOUR);
    session.clock.advance(40);
    expect(session.of('answered').map(({ seq }) => seq)).not.toContain(10);
    expect(session.of('void')).toMatchObject([{ seq: 10 }]);
  });
});

describe('a wall clock that is stepped', () => {
  it.each([HOUR, -HOUR, 1_500, -5, 3 * 24 * HOUR])('by %i ms: an event, no gap, no wrong RTT', (step) => {
    const session = running();
    session.clock.advance(2_005);
    session.clock.stepWall(step);
    session.clock.advance(2_000);
    expect(session.of('clock')).toMatchObject([{ type: 'clock' }]);
    expect(session.of('clock')[0]?.offset).toBeCloseTo(step, 3);
    session.clock.stepWall(-step);
    session.clock.advance(2_000);
    expect(session.of('clock')[1]?.offset).toBeCloseTo(0, 3);
    expect(session.of('gap')).toEqual([]);
    expect(session.events.filter(isLoss)).toEqual([]);
    for (const { rtt } of session.of('answered')) expect(rtt).toBeCloseTo(10, 6);
    const times = sends(session);
    for (const [i, at] of times.entries()) expect(at).toBeCloseTo(i * 100, 3);
    expect(session.sessionClock.now() + session.sessionClock.wallOffset).toBeCloseTo(session.clock.wall.now(), 3);
  });

  it('during a suspend is told apart from it', () => {
    const session = running();
    session.clock.advance(2_020);
    session.clock.suspend(HOUR);
    session.clock.stepWall(-600_000);
    session.clock.advance(1_000);
    const [gap] = session.of('gap');
    expect(((gap?.to ?? 0) - (gap?.from ?? 0)) / HOUR).toBeCloseTo(1, 3);
    expect(Math.abs((session.of('clock')[0]?.offset ?? 0) + 600_000)).toBeLessThan(20);
  });
});
