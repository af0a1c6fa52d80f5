// The plan of a chaos run is its seed's, and leaves nothing out.

import { describe, expect, it } from 'vitest';
import { FAULTS } from './faults/index.js';
import { seeded } from './random.js';
import { schedule } from './schedule.js';
import type { Planned } from './schedule.js';

const SECONDS = 600;
const plan = (seed: number, seconds = SECONDS): Planned[] =>
  [...schedule(FAULTS, seconds, seeded(seed)).values()].flat();
const told = (planned: readonly Planned[]): string[] =>
  planned.map(({ fault, at, seconds, random }) => `${fault.name} ${at} ${seconds} ${random.int(0, 1e6)}`);

describe('the schedule of a chaos run', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(told(plan(7))).toEqual(told(plan(7)));
    expect(told(plan(7))).not.toEqual(told(plan(8)));
  });

  it('has every fault at least once in a minute, and many times in ten', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(new Set(plan(seed, 60).map(({ fault }) => fault.name)).size).toBe(FAULTS.length);
    }
    for (const fault of FAULTS) {
      expect(plan(1).filter((planned) => planned.fault === fault).length).toBeGreaterThan(10);
    }
  });

  it('keeps to the lengths of the faults, to one at a time in a lane, and to the end of the run', () => {
    for (const lane of schedule(FAULTS, SECONDS, seeded(3)).values()) {
      let free = 0;
      for (const { fault, at, seconds } of lane) {
        expect(at).toBeGreaterThan(free);
        expect(seconds).toBeGreaterThanOrEqual(fault.lasts[0]);
        expect(seconds).toBeLessThanOrEqual(fault.lasts[1]);
        free = at + seconds;
        expect(free).toBeLessThan(SECONDS * (fault.within ?? 1));
      }
    }
  });
});
