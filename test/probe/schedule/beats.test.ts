// Where plans begin: few wake-ups, small bundles, even staggering where it costs nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Beats, LARGEST_BUNDLE, QUIET_WAKE_UPS } from '../../../src/probe/schedule/beats.js';

const endpointsOf = (intervals: readonly number[]): { id: number; interval: number }[] =>
  intervals.map((interval, id) => ({ id, interval }));

/** Of each instant in the first `until` milliseconds at which anything is due, how many slots are. Whole microseconds. */
const bundles = (origins: readonly number[], intervals: readonly number[], until: number): Map<number, number> => {
  const due = new Map<number, number>();
  for (const [i, interval] of intervals.entries()) {
    for (let at = origins[i] ?? 0; at < until - 1e-6; at += interval) {
      const micros = Math.round(at * 1000);
      due.set(micros, (due.get(micros) ?? 0) + 1);
    }
  }
  return due;
};

const same = (count: number, interval: number): number[] => Array.from({ length: count }, () => interval);

describe('endpoints that begin together', () => {
  it('are staggered evenly over the interval where wake-ups are few anyway', () => {
    expect(new Beats().layOut(endpointsOf(same(4, 1000)), 7)).toEqual([7, 257, 507, 757]);
    expect(new Beats().layOut(endpointsOf(same(2, 100)), 0)).toEqual([0, 50]);
    expect(new Beats().layOut(endpointsOf(same(100, 5000)), 0)).toEqual(Array.from({ length: 100 }, (_, i) => i * 50));
  });

  it.each([
    ['8 at 10 a second', same(8, 100), 20, 4],
    ['64 at 10 a second', same(64, 100), 160, 4],
    ['8 at 100 a second', same(8, 10), 200, 4],
    ['1,000 at one a second', same(1000, 1000), 250, 4],
    ['four at 10 and four at 5 a second', [...same(4, 100), ...same(4, 200)], 25, 4],
    ['one each at 10, 5, 2.5 and 1 a second', [100, 200, 400, 1000], 18.5, 1],
  ])('%s are bundled as far as need be', (_what, intervals, wakeUps, largest) => {
    const due = bundles(new Beats().layOut(endpointsOf(intervals), 0), intervals, 20_000);
    expect(due.size / 20).toBeCloseTo(wakeUps, 9);
    expect(Math.max(...due.values())).toBeLessThanOrEqual(largest);
  });

  it('never make a bundle of more than four where their intervals are multiples of each other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(10, 20, 100, 200, 1000, 5000), { minLength: 1, maxLength: 64 }),
        (intervals) => {
          const due = bundles(new Beats().layOut(endpointsOf(intervals), 0), intervals, 5_000);
          expect(Math.max(...due.values())).toBeLessThanOrEqual(LARGEST_BUNDLE);
          const least = intervals.reduce((sum, interval) => sum + 1000 / interval, 0) / LARGEST_BUNDLE;
          // A beat may have free places: at most one for each interval.
          const spare = [10, 20, 100, 200, 1000, 5000].reduce((sum, interval) => sum + 1000 / interval, 0);
          expect(due.size / 5).toBeLessThanOrEqual(Math.max(QUIET_WAKE_UPS, least) + spare);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('an endpoint that comes later', () => {
  it('keeps away from the slots of the others, and does not wait long', () => {
    const beats = new Beats();
    const [first = 0] = beats.layOut(endpointsOf([1000]), 0);
    const second = beats.add(1, 1000, 5_000.25);
    expect(second).toBeGreaterThanOrEqual(5_000.25);
    expect(second).toBeLessThan(6_000.25);
    expect(Math.abs((second % 1000) - first - 500)).toBeLessThan(20);
    expect(beats.add(2, 3_600_000, 5_000.25)).toBeLessThan(6_000.25);
  });

  it('shares the next wake-up of others where they would be too many', () => {
    const beats = new Beats();
    beats.layOut(endpointsOf(same(2, 100)), 0);
    expect(beats.add(2, 100, 310)).toBe(400);
    expect(beats.add(3, 100, 310)).toBe(350);
    const fast = new Beats();
    fast.layOut(endpointsOf([10]), 0);
    // Not at its own multiples of a minute, but at the very next slot.
    expect(fast.add(1, 60_000, 321)).toBe(330);
    // 0.3 s is a multiple of 0.1 s, whatever binary fractions make of it.
    expect(fast.add(2, 3 * 0.1 * 1000, 321)).toBe(330);
  });

  it('finds the places of those that were removed, and no bundle grows past four', () => {
    const beats = new Beats();
    beats.layOut(endpointsOf(same(8, 100)), 0);
    const alone = beats.add(8, 100, 1000) % 50;
    expect(alone).toBeGreaterThan(10);
    beats.remove(8);
    beats.remove(3);
    expect(beats.add(9, 100, 1000) % 50).toBe(0);
    expect(beats.add(10, 100, 1000) % 50).not.toBe(0);
  });
});
