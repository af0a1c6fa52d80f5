// The queue of slots against a plain list of all of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsOf } from '../../../src/probe/schedule/gaps.js';
import { SendSchedule } from '../../../src/probe/schedule/send-schedule.js';

/** Takes all slots before `until`, in order: endpoint and instant. */
const take = (schedule: SendSchedule, until: number): [number, number][] => {
  const taken: [number, number][] = [];
  while (schedule.nextAt < until) {
    taken.push([schedule.nextEndpoint, schedule.nextAt]);
    schedule.advance();
  }
  return taken;
};

describe('the send schedule', () => {
  it('hands out every slot of every endpoint in order of time, whoever comes and goes', () => {
    const step = fc.record({
      kind: fc.constantFrom('add' as const, 'remove' as const, 'pass' as const),
      id: fc.nat(12),
      interval: fc.constantFrom(7, 10, 33.3, 100, 250),
      passes: fc.double({ min: 0, max: 400, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const schedule = new SendSchedule();
        schedule.begin([{ id: 100, interval: 50 }], 0);
        const lastOf = new Map<number, { at: number; interval: number }>([[100, { at: -50, interval: 50 }]]);
        let now = 0;
        for (const { kind, id, interval, passes } of steps) {
          if (kind === 'add' && !lastOf.has(id)) {
            schedule.add(id, interval, now);
            lastOf.set(id, { at: Number.NaN, interval });
          } else if (kind === 'remove') {
            schedule.remove(id);
            lastOf.delete(id);
          } else {
            let before = -Infinity;
            now += passes;
            for (const [endpoint, at] of take(schedule, now)) {
              const last = lastOf.get(endpoint);
              if (last === undefined) throw new Error(`a slot of ${endpoint}, which is not there`);
              if (at < before) throw new Error('slots out of order');
              if (Math.abs(at - last.at - last.interval) > 1e-6) throw new Error(`${endpoint} left its plan`);
              last.at = at;
              before = at;
            }
            for (const { at, interval: every } of lastOf.values()) {
              if (at + every < now - 1e-6) throw new Error('a slot was left out');
            }
          }
          expect(schedule.size).toBe(lastOf.size);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('gives up what is later than each interval allows', () => {
    const schedule = new SendSchedule();
    schedule.begin(
      [
        { id: 0, interval: 10 },
        { id: 1, interval: 100 },
        { id: 2, interval: 5000 },
      ],
      0,
    );
    const missed = schedule.giveUpMissed(300);
    expect(missed.map(({ endpoint }) => endpoint).sort((a, b) => a - b)).toEqual([0, 1]);
    for (const { endpoint, count, from, to } of missed) {
      const interval = endpoint === 0 ? 10 : 100;
      const tolerance = endpoint === 0 ? 50 : 100;
      expect(to - from).toBeCloseTo(count * interval, 6);
      expect(to).toBeGreaterThanOrEqual(300 - tolerance);
      expect(to - interval).toBeLessThan(300 - tolerance);
    }
    expect(schedule.giveUpMissed(300)).toEqual([]);
    // Late as it is, the first slot of the slow one may still be sent.
    expect([schedule.nextEndpoint, schedule.nextAt]).toEqual([2, 0]);
  });
});

describe('missed slots', () => {
  const slots = (endpoint: number, from: number, last: number, to: number) => ({ endpoint, count: 1, from, last, to });

  it('are one gap where every endpoint missed some and none was sent between', () => {
    expect(gapsOf([slots(0, 100, 200, 300), slots(1, 150, 250, 350)], 2)).toEqual([{ from: 100, to: 300 }]);
    expect(gapsOf([], 2)).toEqual([]);
  });

  it('are a gap each where others have none, or go on before the last of them', () => {
    expect(gapsOf([slots(1, 150, 250, 350)], 2)).toEqual([{ endpoint: 1, from: 150, to: 350 }]);
    expect(gapsOf([slots(0, 100, 280, 290), slots(1, 0, 0, 250)], 2)).toEqual([
      { endpoint: 0, from: 100, to: 290 },
      { endpoint: 1, from: 0, to: 250 },
    ]);
  });
});
