import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EpochCache } from '../../src/history/epoch-cache.js';
import type { EpochStats } from '../../src/history/statistics/epoch-stats.js';
import { ErrorNames } from '../../src/history/probe-log/error-names.js';
import { lossOf, slotsOf } from '../../src/events/probe-state.js';
import { T } from './fixtures.js';

const rtt = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
const count = fc.nat(1_000_000);

const epochs: fc.Arbitrary<EpochStats> = fc
  .record({
    from: fc.constantFrom(T, -Infinity),
    to: fc.constantFrom(T + 5000, Infinity),
    counts: fc.record({
      inFlight: count,
      answered: count,
      late: count,
      lost: count,
      unreachable: count,
      unsent: count,
      void: count,
    }),
    min: rtt,
    mean: rtt,
    p50: rtt,
    p95: rtt,
    p99: rtt,
    max: rtt,
    jitter: rtt,
    longestLossRun: count,
    error: fc.option(fc.constantFrom('EPERM', '3/1 from 192.0.2.1')),
    gap: fc.nat(5000),
    coarse: fc.boolean(),
  })
  .map((stats) => ({ ...stats, slots: slotsOf(stats.counts), loss: lossOf(stats.counts) }));

const some = fc.sample(epochs, 1)[0] as EpochStats;

describe('the cache of epochs', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(epochs, fc.nat(), (stats, number) => {
        const cache = new EpochCache(new ErrorNames());
        cache.put(5000, number, stats);
        expect(cache.get(5000, number)).toEqual(stats);
      }),
    );
  });

  const filled = (): EpochCache => {
    const cache = new EpochCache(new ErrorNames());
    for (let number = 0; number < 300; number++) for (const width of [1000, 5000]) cache.put(width, number, some);
    return cache;
  };
  const missing = (cache: EpochCache, width: number): number[] =>
    Array.from({ length: 300 }, (_, number) => number).filter((number) => cache.get(width, number) === null);

  it('drops of each width the one epoch that an instant is in', () => {
    const cache = filled();
    cache.drop(12_345, 0);
    expect([missing(cache, 1000), missing(cache, 5000)]).toEqual([[12], [2]]);
    // The same instant is another epoch where the wall clock is 10 s ahead.
    cache.drop(12_345, 10_000);
    expect([missing(cache, 1000), missing(cache, 5000)]).toEqual([
      [12, 22],
      [2, 4],
    ]);
  });

  it('drops what overlaps a span, and all of it at once', () => {
    const cache = filled();
    cache.dropWithin(9_000, 11_000, 0);
    expect([missing(cache, 1000), missing(cache, 5000)]).toEqual([
      [9, 10, 11],
      [1, 2],
    ]);
    cache.clear();
    expect(missing(cache, 5000)).toHaveLength(300);
  });

  it('keeps the two widths used last', () => {
    const cache = filled();
    expect(cache.get(1000, 7)).not.toBeNull();
    cache.put(60_000, 7, some);
    expect(cache.get(1000, 7)).not.toBeNull();
    expect(cache.get(60_000, 7)).not.toBeNull();
    expect(cache.get(5000, 7)).toBeNull();
    // To ask is to use: that was the third width.
    expect(cache.get(1000, 7)).toBeNull();
  });

  it('is not taken in by an epoch that shares a slot', () => {
    const cache = filled();
    cache.put(1000, 7 + 512, some);
    expect(missing(cache, 1000)).toEqual([7]);
  });
});
