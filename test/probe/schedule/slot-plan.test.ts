// The grid of one endpoint's slots: no drift, gaps counted exactly.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotPlan } from '../../../src/probe/schedule/slot-plan.js';

describe('the plan of an endpoint', () => {
  it('has drifted by nothing after a million slots', () => {
    const plan = new SlotPlan(0, 1234.5, 0.1);
    for (let i = 0; i < 1_000_000; i++) plan.advance();
    expect(plan.nextAt).toBe(1234.5 + 1_000_000 * 0.1);
  });

  it('gives up exactly the slots before an instant', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        fc.nat(1_000),
        fc.double({ min: 0, max: 100_000, noNaN: true }),
        (interval, before, instant) => {
          const plan = new SlotPlan(7, 17.25, interval);
          const plain = new SlotPlan(7, 17.25, interval);
          for (let i = 0; i < before; i++) {
            plan.advance();
            plain.advance();
          }
          const from = plan.nextAt;
          const missed = plan.skipBefore(instant);
          let count = 0;
          let last = from;
          while (plain.nextAt < instant) {
            last = plain.nextAt;
            plain.advance();
            count++;
          }
          expect(missed).toEqual(count === 0 ? null : { endpoint: 7, count, from, last, to: plain.nextAt });
          expect(plan.nextAt).toBe(plain.nextAt);
        },
      ),
      { numRuns: 200 },
    );
  });
});
