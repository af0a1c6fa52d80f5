// The offset between the two clocks, found by watching Date.now() tick, on a machine that may take the CPU away between
// any two readings.

import { describe, expect, it } from 'vitest';
import type { MonotonicClock, WallClock } from '../../../src/probe/ports.js';
import { RealtimeOffset } from '../../../src/probe/clock/realtime-offset.js';

const TRUE_OFFSET = 1_763_826_054_123.25;
const READING = 0.0005;
const WORST_ERROR = 0.01;

/** Two clocks of one machine: each reading takes half a microsecond, and before the n-th the program is held up. */
const machine = (start: number, pauses: ReadonlyMap<number, number>): { clock: MonotonicClock; wall: WallClock } => {
  let time = start;
  let readings = 0;
  const read = (): number => {
    time += READING + (pauses.get(readings++) ?? 0);
    return time;
  };
  return {
    clock: { now: read },
    wall: { now: () => Math.floor(read() + TRUE_OFFSET), grain: 1 },
  };
};

const errorOf = (start: number, pauses: ReadonlyMap<number, number>): number => {
  const { clock, wall } = machine(start, pauses);
  return Math.abs(new RealtimeOffset(clock, wall).value - TRUE_OFFSET);
};

describe('the offset of the wall clock', () => {
  it('is found to a few microseconds at any phase', () => {
    for (let start = 1000; start < 1001; start += 0.0137) expect(errorOf(start, new Map())).toBeLessThan(WORST_ERROR);
  });

  it('is right wherever the program was interrupted, for a little or for a time slice', () => {
    const wrong: string[] = [];
    for (const pause of [0.05, 0.5, 3.7]) {
      // At half a microsecond each, more readings than there are between two ticks.
      for (let at = 0; at < 2200; at++) {
        const error = errorOf(1000.3, new Map([[at, pause]]));
        if (error > WORST_ERROR) wrong.push(`${pause} ms before reading ${at}: off by ${error} ms`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps what it has found when a later look is interrupted at every tick', () => {
    const pauses = new Map<number, number>();
    const { clock, wall } = machine(1000, pauses);
    const offset = new RealtimeOffset(clock, wall);
    for (let at = 0; at < 100_000; at += 50) pauses.set(at, 0.9);
    expect(offset.refresh()).toBe(0);
    expect(Math.abs(offset.value - TRUE_OFFSET)).toBeLessThan(WORST_ERROR);
  });
});
