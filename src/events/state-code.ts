// The numbers that stand for probe states in typed arrays, and the one rule by which a probe changes state.
//
// The codes are in order of rank: an outcome replaces one of lower rank, and does nothing to one of equal or higher
// rank. Whatever order a probe's outcomes come in, the highest wins, so the final state does not depend on the order.
// `unsent` and `void` are outside that order: they are final, and only an in-flight probe can become one.

import type { ProbeState } from './probe-state.js';

/** No probe has this sequence number (yet): not a slot. */
export const HOLE = 0;
export const IN_FLIGHT = 1;
export const LOST = 2;
export const UNREACHABLE = 3;
export const LATE = 4;
export const ANSWERED = 5;
export const UNSENT = 6;
export const VOID = 7;

/** How many codes there are; every code fits in the low three bits. */
export const STATE_CODES = 8;
export const STATE_MASK = 7;

/** Set beside the code of an answered or late probe whose RTT is not to be trusted: kept out of RTT statistics. */
export const UNCERTAIN = 8;

export type StateCode = number;

const names: readonly (ProbeState | null)[] = [
  null,
  'in-flight',
  'lost',
  'unreachable',
  'late',
  'answered',
  'unsent',
  'void',
];

export const stateName = (code: StateCode): ProbeState | null => names[code & STATE_MASK] ?? null;

/** Whether a probe in state `current` takes the outcome `next`. Both without flags. */
export const takes = (current: StateCode, next: StateCode): boolean =>
  current === IN_FLIGHT || (current > IN_FLIGHT && current < ANSWERED && next > current && next <= ANSWERED);

/** Lost, unreachable or unsent: what loss counts and what outages are made of. */
export const isFailed = (code: StateCode): boolean => code === LOST || code === UNREACHABLE || code === UNSENT;

/** Answered, in time or not: what ends a run of failures. */
export const isAlive = (code: StateCode): boolean => code === ANSWERED || code === LATE;

/** What a probe may have been before an outcome, likeliest first. Only a late reply comes when its record is long gone. */
export const formerStates = (code: StateCode): readonly StateCode[] => {
  if (code === LATE) return [LOST, UNREACHABLE, IN_FLIGHT];
  return code === ANSWERED ? [IN_FLIGHT, UNREACHABLE, LOST] : [IN_FLIGHT];
};
