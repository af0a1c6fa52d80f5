// How an endpoint is, in one word and one colour: the state in its header.

import type { EndpointState } from '../../diagnosis/endpoint-state.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { ConditionName } from '../../events/verdict.js';
import type { Band } from '../theme/palette.js';

export type StateWord = {
  word: string;
  /** The colour of its sign; null: it has none, as nothing can be said of it. */
  band: Band | 'loss' | null;
  /** Whether it is to be seen at once. */
  isAlarm: boolean;
};

/** Capitals for what is wrong. The longest has nine characters. */
const WORDS: Readonly<Record<ConditionName, StateWord>> = {
  fine: { word: 'ok', band: 'good', isAlarm: false },
  slow: { word: 'SLOW', band: 'bad', isAlarm: true },
  lossy: { word: 'LOSSY', band: 'loss', isAlarm: true },
  jittery: { word: 'UNSTEADY', band: 'warn', isAlarm: true },
  down: { word: 'DOWN', band: 'loss', isAlarm: true },
  silent: { word: 'silent', band: null, isAlarm: false },
  'no data': { word: 'no data', band: null, isAlarm: false },
};

/** For a call late is lost; but whoever looks for losses would find none. */
const LATE: StateWord = { word: 'LATE', band: 'late', isAlarm: true };

const ACQUITTED: StateWord = { word: 'ping only', band: null, isAlarm: false };

/** Columns that the longest word takes. */
export const WORD_COLUMNS = 9;

/** @param recent the last 10 s: whether what failed was lost or late */
export const stateWord = (state: EndpointState | null, recent: Pick<EpochStats, 'counts'>): StateWord | null => {
  if (state === null) return null;
  const [worst] = state.conditions;
  if (worst === undefined) return null;
  if (state.isAcquitted) return ACQUITTED;
  const { lost, late } = recent.counts;
  return worst === 'lossy' && late > lost ? LATE : WORDS[worst];
};

/** It has never answered: there is nothing to draw, and nobody's fault in it. */
export const isSilent = (state: EndpointState | null): boolean => state?.conditions.includes('silent') === true;

/** It has no say: what is bad at it is bad at nothing behind it, or it never answers. */
export const hasNoSay = (state: EndpointState | null): boolean => state?.isAcquitted === true || isSilent(state);

/** How bad it is, to sort by: 0 is fine. */
export const badness = (state: EndpointState | null): number => {
  if (state === null || hasNoSay(state)) return 0;
  return Math.max(0, ...state.conditions.map((condition) => BADNESS[condition]));
};

const BADNESS: Readonly<Record<ConditionName, number>> = {
  fine: 0,
  'no data': 0,
  silent: 0,
  jittery: 1,
  slow: 2,
  lossy: 3,
  down: 4,
};
