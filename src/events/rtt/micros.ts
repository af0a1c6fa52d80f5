// RTTs are kept as whole microseconds.
//
// Why: sums of integers are exact, so that statistics do not depend on the order in which outcomes come in or in which
// rollups are merged, and a replayed record (three decimals of a millisecond) gives the live numbers to the digit.

import type { Millis } from '../units.js';

/** An RTT in whole microseconds, 0 to MAX_MICROS. */
export type Micros = number;

/** Stands for "no RTT" in typed arrays. */
export const NO_RTT = 0xffffffff;

/** The longest RTT that is kept, 71 minutes; anything above counts as this. */
export const MAX_MICROS = 0xfffffffe;

export const toMicros = (rtt: Millis): Micros => {
  const micros = Math.round(rtt * 1000);
  return micros >= 0 ? Math.min(micros, MAX_MICROS) : 0;
};

export const toMillis = (micros: number): Millis => micros / 1000;
