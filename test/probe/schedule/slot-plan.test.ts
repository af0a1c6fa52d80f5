// The grid of slots: no drift, no doubles, gaps counted exactly.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotPlan } from '../../../src/probe/schedule/slot-plan.js';

describe('the plan of slots', () => {
  it('has drifted by nothing after a million slots', () => {
    const plan = new SlotPlan(1234.5, 0.1, 3);
    for (let i = 0; i < 3_000_000; i++) plan.advance();
    expect(plan.nextEndpoint).toBe(0);
    expect(plan.nextAt).toBe(1234.5 + 1_000_000 * 0.1);
  });

  it('staggers the endpoints evenly over the interval', () => {
    const plan = new SlotPlan(0, 100, 4);
    const seen: [number, number][] = [];
    for (let i = 0; i < 6; i++) {
      seen.push([plan.nextEndpoint, plan.nextAt]);
      plan.advance();
    }
    expect(seen).toEqual([
      [0, 0],
      [1, 25],
      [2, 50],
      [3, 75],
      [0, 100],
      [1, 125],
    ]);
  });

  it('gives up exactly the slots before an instant', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        fc.integer({ min: 1, max: 64 }),
        fc.nat(1_000),
        fc.double({ min: 0, max: 100_000, noNaN: true }),
        (interval, endpoints, before, instant) => {
          const plan = new SlotPlan(17.25, interval, endpoints);
          const plain = new SlotPlan(17.25, interval, endpoints);
          for (let i = 0; i < before; i++) {
            plan.advance();
            plain.advance();
          }
          const from = plan.nextAt;
          const missed = plan.skipBefore(instant);
          let count = 0;
          while (plain.nextAt < instant) {
            plain.advance();
            count++;
          }
          expect(missed).toEqual(count === 0 ? null : { count, from, to: plain.nextAt });
          expect([plan.nextAt, plan.nextEndpoint]).toEqual([plain.nextAt, plain.nextEndpoint]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
