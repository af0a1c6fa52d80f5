// V8 as a program wants it that does little, for days: without its optimizing compiler, whose threads and code cost more
// than they give back at some tens of probes a second (measured: 5 MiB, and 0.2 % of a core in the first minute). A screen or a
// thousand probes a second do profit from it.

import { setFlagsFromString } from 'node:v8';

const FEW_PROBES_A_SECOND = 200;
const SECOND = 1000;

/** To be called once whatever takes long (reading a record) is over. Code that is optimized already stays so. */
export const lightenEngine = (intervals: readonly number[], hasScreen: boolean): void => {
  const rate = intervals.reduce((sum, interval) => sum + SECOND / interval, 0);
  if (!hasScreen && rate <= FEW_PROBES_A_SECOND) setFlagsFromString('--no-opt');
};
