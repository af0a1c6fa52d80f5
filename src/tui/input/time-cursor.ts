// Places in time: what "now" is for the view, where the cursor is, and which columns are on screen. Instants, not column
// numbers: docs/decisions/0033 tells why.

import { nextEpochWidth } from '../../history/epoch-widths.js';
import { epochIndexAt } from '../../history/epoch-grid.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { ViewMetrics, ViewState } from './view-state.js';

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** What "now" is for the view: the instant at which it was frozen, or the present. */
export const viewNow = (state: ViewState, now: UnixMillis): UnixMillis => state.frozenAt ?? now;

export const rightIndex = (state: ViewState, now: UnixMillis, clockOffset: Millis): number =>
  epochIndexAt(state.right ?? viewNow(state, now), state.width, clockOffset);

type Range = { oldest: number; newest: number };

const indexRange = (state: ViewState, m: ViewMetrics): Range => {
  const newest = epochIndexAt(viewNow(state, m.now), state.width, m.clockOffset);
  const oldest = m.firstAt === null ? newest : epochIndexAt(m.firstAt, state.width, m.clockOffset);
  return { oldest: Math.min(oldest, newest), newest };
};

const middleOf = (index: number, state: ViewState, m: ViewMetrics): UnixMillis =>
  (index + 0.5) * state.width - m.clockOffset;

/** Puts the cursor on a column, and moves the window no further than it must to show it. */
const placeCursor = (state: ViewState, m: ViewMetrics, index: number, wantedRight: number): ViewState => {
  const { oldest, newest } = indexRange(state, m);
  const target = clamp(index, oldest, newest);
  const right = clamp(clamp(wantedRight, target, target + m.chartColumns - 1), target, Math.max(target, newest));
  return { ...state, cursor: middleOf(target, state, m), right: middleOf(right, state, m) };
};

/** The cursor on a column that is on screen; the window stays. */
export const cursorOn = (state: ViewState, m: ViewMetrics, index: number): ViewState =>
  placeCursor(state, m, index, rightIndex(state, m.now, m.clockOffset));

export const moveCursor = (state: ViewState, m: ViewMetrics, columns: number, windowToo: boolean): ViewState => {
  const right = rightIndex(state, m.now, m.clockOffset);
  const from = state.cursor === null ? right : epochIndexAt(state.cursor, state.width, m.clockOffset);
  const { oldest, newest } = indexRange(state, m);
  const lowestRight = Math.min(newest, oldest + m.chartColumns - 1);
  const wantedRight = windowToo ? clamp(right + columns, lowestRight, newest) : right;
  return placeCursor(state, m, from + columns, wantedRight);
};

/** The cursor on the column of an instant, in the middle of the window. */
export const lookAt = (state: ViewState, m: ViewMetrics, at: UnixMillis): ViewState => {
  const index = epochIndexAt(at, state.width, m.clockOffset);
  return placeCursor(state, m, index, index + Math.floor(m.chartColumns / 2));
};

export const leaveCursor = (state: ViewState): ViewState => ({ ...state, cursor: null, right: null });

export const toNewest = (state: ViewState, m: ViewMetrics): ViewState => {
  const live = leaveCursor({ ...state, frozenAt: null });
  return m.mode === 'live' ? live : { ...live, cursor: m.now };
};

/** Another width; the column under the cursor stays where it is on the screen. */
export const withWidth = (state: ViewState, m: ViewMetrics, direction: 1 | -1): ViewState => {
  const width = nextEpochWidth(state.width, direction);
  const next = { ...state, width, widthFollows: false };
  if (state.cursor === null || state.right === null) return next;
  const before = rightIndex(state, m.now, m.clockOffset) - epochIndexAt(state.cursor, state.width, m.clockOffset);
  const index = epochIndexAt(state.cursor, width, m.clockOffset);
  // The instant itself is kept, so that going wider and narrower again comes back to the same column.
  return { ...placeCursor(next, m, index, index + before), cursor: state.cursor };
};
