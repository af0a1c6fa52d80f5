// Which fault when: the whole of a run, worked out from its seed before it starts. In each lane every fault has had its
// turn before any has a second one.

import { LANES } from './fault.js';
import type { Fault, Lane } from './fault.js';
import type { Random } from './random.js';

export type Planned = {
  fault: Fault;
  /** Seconds from the start of the run. */
  at: number;
  seconds: number;
  /** The fault's own draws. */
  random: Random;
};

/** Seconds of peace between two faults of a lane. */
const PAUSE: readonly [least: number, most: number] = [0.5, 3];
/** What undoing a fault may take beyond its time. */
const UNDOING_S = 2;

const fits = (fault: Fault, at: number, seconds: number): boolean =>
  at + fault.lasts[1] + UNDOING_S <= seconds * (fault.within ?? 1);

const laneSchedule = (faults: readonly Fault[], seconds: number, random: Random): Planned[] => {
  const planned: Planned[] = [];
  let at = random.between(...PAUSE);
  for (;;) {
    const before = planned.length;
    for (const fault of random.shuffled(faults)) {
      if (!fits(fault, at, seconds)) continue;
      const lasts = random.between(...fault.lasts);
      planned.push({ fault, at, seconds: lasts, random: random.fork() });
      at += lasts + random.between(...PAUSE);
    }
    if (planned.length === before) return planned;
  }
};

/** In order of time within each lane. The same seed gives the same plan. */
export const schedule = (faults: readonly Fault[], seconds: number, random: Random): Map<Lane, Planned[]> => {
  return new Map(
    LANES.map((lane) => {
      const own = faults.filter((fault) => fault.lane === lane);
      return [lane, own.length === 0 ? [] : laneSchedule(own, seconds, random.fork())];
    }),
  );
};
