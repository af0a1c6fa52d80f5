import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_MICROS, toMicros, toMillis } from '../../../src/events/rtt/micros.js';
import { decodeSparse, encodeSparse, sparseBound } from '../../../src/history/rollups/rollup-codec.js';
import { nearestRank, ROLLUP_BINS, TOTALS_BINS } from '../../../src/events/rtt/rtt-bins.js';
import { Tally } from '../../../src/history/statistics/tally.js';

const micros = fc.oneof(fc.nat(70_000), fc.nat(10_000_000), fc.integer({ min: 1, max: MAX_MICROS }));

describe('RTT bins', () => {
  for (const [name, bins, bound] of [
    ['rollups', ROLLUP_BINS, 0.025],
    ['totals', TOTALS_BINS, 0.01],
  ] as const) {
    it(`of ${name} are off by at most ${bound * 100} %, from 1 microsecond to the longest RTT`, () => {
      fc.assert(
        fc.property(micros, (rtt) => {
          const value = bins.valueOf(bins.binOf(rtt));
          expect(Math.abs(value - Math.max(rtt, 1))).toBeLessThanOrEqual(bound * Math.max(rtt, 1));
        }),
        { numRuns: 5000 },
      );
    });

    it(`of ${name} are in the order of RTTs, across the end of the table too`, () => {
      fc.assert(
        fc.property(micros, micros, (a, b) => {
          expect(bins.binOf(Math.min(a, b))).toBeLessThanOrEqual(bins.binOf(Math.max(a, b)));
        }),
      );
      for (let rtt = 65_000; rtt < 66_000; rtt++) expect(bins.binOf(rtt)).toBeLessThanOrEqual(bins.binOf(rtt + 1));
      expect(bins.binOf(MAX_MICROS)).toBe(bins.count - 1);
    });
  }
});

describe('the nearest rank', () => {
  it('is the smallest with that share of the values at or below it, free of rounding', () => {
    expect(nearestRank(50, 1)).toBe(1);
    expect(nearestRank(50, 4)).toBe(2);
    expect(nearestRank(50, 5)).toBe(3);
    expect(nearestRank(0, 5)).toBe(1);
    for (let n = 20; n <= 100_000; n += 20) expect(nearestRank(95, n)).toBe((n / 20) * 19);
    for (let n = 100; n <= 100_000; n += 100) expect(nearestRank(99, n)).toBe((n / 100) * 99);
  });
});

describe('RTTs', () => {
  it('are whole microseconds, and what a record of three decimals says comes back to the digit', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (rtt) => {
        const written = (rtt / 1000).toFixed(3);
        expect(toMillis(toMicros(Number(written))).toFixed(3)).toBe(written);
      }),
    );
    expect(toMicros(-0.3)).toBe(0);
    expect(toMicros(1e12)).toBe(MAX_MICROS);
  });
});

describe('the bytes of a rollup', () => {
  it('bring back its histogram and errors', () => {
    const contents = fc.record({
      bins: fc.array(fc.tuple(fc.nat(ROLLUP_BINS.count - 1), fc.integer({ min: 1, max: 2 ** 31 })), { maxLength: 60 }),
      errors: fc.array(fc.tuple(fc.integer({ min: 1, max: 4095 }), fc.integer({ min: 1, max: 2 ** 31 })), {
        maxLength: 20,
      }),
    });
    fc.assert(
      fc.property(contents, ({ bins, errors }) => {
        const tally = new Tally(ROLLUP_BINS);
        for (const [bin, count] of bins) tally.addBin(bin, count);
        for (const [id, count] of errors) tally.addError(id, count);
        const bytes = Uint8Array.from(encodeSparse(tally));
        expect(bytes.length).toBeLessThanOrEqual(sparseBound(tally));
        const back = new Tally(ROLLUP_BINS);
        decodeSparse(bytes, 0, bytes.length, back);
        expect(back.histogram).toEqual(tally.histogram);
        expect(back.errors).toEqual(tally.errors);
      }),
    );
  });

  it('are two a bin for what 5 s hold, and none for nothing', () => {
    const tally = new Tally(ROLLUP_BINS);
    expect(encodeSparse(tally)).toHaveLength(0);
    for (let bin = 170; bin < 190; bin++) tally.addBin(bin, 3);
    expect(encodeSparse(tally)).toHaveLength(1 + 2 * 20 + 1);
  });
});
