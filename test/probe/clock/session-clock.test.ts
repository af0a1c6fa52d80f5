// The session timeline, and the offset between the two clocks behind it, with clocks by hand.

import { describe, expect, it } from 'vitest';
import { RealtimeOffset } from '../../../src/probe/clock/realtime-offset.js';
import { SessionClock } from '../../../src/probe/clock/session-clock.js';
import { ManualClock } from '../../support/simulated-network-clock.js';

/** Clocks that move a little at each reading, as real ones do, the wall clock in whole milliseconds. */
const tickingClocks = (offset: number, perReading = 0.0003) => {
  let now = 1_000.1234;
  const state = { offset };
  return {
    state,
    clock: { now: () => (now += perReading) },
    wall: { now: () => Math.floor((now += perReading) + state.offset), grain: 1 },
    pass: (ms: number) => (now += ms),
  };
};

describe('the offset between wall clock and monotonic clock', () => {
  it.each([1_795_404_000_123.25, 1_795_404_000_000, 1_795_404_000_999.9375])(
    'is found to a microsecond although Date.now() shows milliseconds: %d',
    (offset) => {
      const { clock, wall } = tickingClocks(offset);
      expect(Math.abs(new RealtimeOffset(clock, wall).value - offset)).toBeLessThan(0.002);
    },
  );

  it('stays while the clocks agree, and is found anew after a step', () => {
    const { clock, wall, pass, state } = tickingClocks(1_795_404_000_123.25);
    const realtime = new RealtimeOffset(clock, wall);
    const { value } = realtime;
    for (let i = 0; i < 1_000; i++) {
      pass(7.77);
      expect(realtime.check()).toBe(0);
    }
    expect(realtime.value).toBe(value);
    for (const step of [3_600_000, -3_600_000, 5, -5]) {
      state.offset += step;
      const before = realtime.value;
      expect(realtime.check()).toBeCloseTo(step, 2);
      expect(Math.abs(realtime.value - state.offset)).toBeLessThan(0.002);
      expect(realtime.previous).toBe(before);
    }
  });

  it('follows what is too small for a step when it is looked for again', () => {
    const { clock, wall, state } = tickingClocks(1_795_404_000_123.25);
    const realtime = new RealtimeOffset(clock, wall);
    state.offset += 0.4;
    expect(realtime.check()).toBe(0);
    expect(realtime.refresh()).toBe(0);
    expect(Math.abs(realtime.value - state.offset)).toBeLessThan(0.002);
  });

  it('is not taken in by a reading that was interrupted', () => {
    let now = 1_000;
    let interrupted = false;
    const clock = { now: () => (now += 0.0003) };
    const wall = { now: () => Math.floor((now += interrupted ? 40 : 0.0003) + 5e11), grain: 1 };
    const realtime = new RealtimeOffset(clock, wall);
    interrupted = true;
    expect(realtime.check()).toBe(0);
  });

  it('is found in bounded time even where the wall clock never ticks', () => {
    const stopped = new RealtimeOffset({ now: () => 10 }, { now: () => 5_000, grain: 1 });
    expect(stopped.value).toBe(4_990);
  });
});

describe('the session timeline', () => {
  const clocks = () => {
    const clock = new ManualClock();
    return { clock, session: new SessionClock(clock.monotonic, clock.wall, clock.uptime) };
  };

  it('starts at the wall clock and goes on with true time', () => {
    const { clock, session } = clocks();
    const start = session.now();
    expect(start).toBe(clock.wall.now());
    expect(session.startedAt).toBe(start);
    clock.advance(1_234.5);
    expect(session.now() - start).toBeCloseTo(1_234.5, 3);
    expect(session.check()).toBeNull();
    expect(session.at(clock.now)).toBe(session.now());
  });

  it('counts suspends and does not count steps', () => {
    const { clock, session } = clocks();
    const start = session.now();
    clock.advance(100);
    clock.suspend(3_600_000);
    expect(session.check()).toEqual({ suspended: 3_600_000, step: 0 });
    expect(session.now() - start).toBeCloseTo(3_600_100, 3);
    clock.stepWall(-7_200_000);
    const change = session.check();
    expect(change?.suspended).toBe(0);
    expect(change?.step).toBeCloseTo(-7_200_000, 3);
    expect(session.now() - start).toBeCloseTo(3_600_100, 3);
    expect(session.wallOffset).toBeCloseTo(-7_200_000, 3);
    expect(session.check()).toBeNull();
  });

  it('adds up suspends one after another', () => {
    const { clock, session } = clocks();
    const start = session.now();
    for (let i = 1; i <= 5; i++) {
      clock.advance(50_003);
      clock.suspend(10_007);
      session.check();
      expect(session.now() - start).toBeCloseTo(i * 60_010, 2);
    }
    expect(session.wallOffset).toBeCloseTo(0, 2);
  });
});
