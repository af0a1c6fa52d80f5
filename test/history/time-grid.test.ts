import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIERS, timeGrids } from '../../src/history/rollups/tiers.js';
import { epochIndexAt } from '../../src/history/epoch-grid.js';
import { TimeGrid } from '../../src/history/time-grid.js';
import { T } from './fixtures.js';

const steps = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 20_000_000 }),
    offset: fc.double({ min: -9e8, max: 9e8, noNaN: true }),
  }),
  { maxLength: 5 },
);

describe('a time grid', () => {
  it('puts every instant into the one stretch that begins at or before it', () => {
    fc.assert(
      fc.property(
        steps,
        fc.array(fc.double({ min: -1e8, max: 2e8, noNaN: true }), { maxLength: 20 }),
        (all, instants) => {
          const grid = new TimeGrid(5000, T, 0);
          let at = T;
          for (const { after, offset } of all) grid.cut((at += after), offset);
          for (const instant of instants.map((delta) => T + delta)) {
            const index = grid.indexOf(instant);
            expect(grid.startOf(index)).toBeLessThanOrEqual(instant);
            expect(grid.startOf(index + 1)).toBeGreaterThan(instant);
            expect(grid.startOf(index + 1) - grid.startOf(index)).toBeLessThanOrEqual(5000.001);
            expect(grid.boundFrom(instant)).toBeGreaterThanOrEqual(instant);
          }
        },
      ),
    );
  });

  it('is cut at the same instants as a wider one, so that rows of that are made of whole rows of this', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 1000 }), (all, row) => {
        const grids = timeGrids(TIERS, T, 0);
        let at = T;
        for (const { after, offset } of all) {
          at += after;
          for (const grid of grids) grid.cut(at, offset);
        }
        grids.forEach((narrow, i) => {
          const wide = grids[i + 1];
          const start = wide?.startOf(wide.indexOf(T) + row) ?? narrow.startOf(narrow.indexOf(T));
          expect(narrow.boundFrom(start)).toBe(start);
        });
      }),
    );
  });

  it('is aligned to what the wall clock shows, from each step on', () => {
    const grid = new TimeGrid(5000, T, 0);
    grid.cut(T + 12_000, 1234);
    const starts = Array.from({ length: 5 }, (_, i) => grid.startOf(grid.indexOf(T) + i) - T);
    expect(starts).toEqual([0, 5000, 10_000, 12_000, 13_766]);
  });
});

describe('the multiple of a width', () => {
  it('is decided by the product, not by a rounded quotient', () => {
    const offsets = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(offsets, fc.integer({ min: 1_000_000, max: 400_000_000 }), (offset, k) => {
        const start = k * 5000 - offset;
        expect(epochIndexAt(start, 5000, offset)).toBe(k);
      }),
    );
  });
});
