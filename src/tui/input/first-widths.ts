// A run's first minutes. At the ordinary width of a column they would be a few columns at the right of an empty chart;
// so unless a width was asked for, columns are narrow at first, and get wider whenever the history doesn't fit.

import { EPOCH_WIDTHS, ORDINARY_EPOCH } from '../../history/epoch-widths.js';
import type { Millis } from '../../events/units.js';
import { epochIndexAt } from '../../history/epoch-grid.js';
import type { ViewMetrics, ViewState } from './view-state.js';

/** Of a column at the very start. */
export const FIRST_WIDTH: Millis = EPOCH_WIDTHS[0] ?? ORDINARY_EPOCH;

/** The state with the width that the history takes by now; the same state where nothing is to change. */
export const followHistory = (state: ViewState, m: ViewMetrics): ViewState => {
  // What the user is looking at doesn't change under his eyes.
  if (!state.widthFollows || state.page !== 'wall' || state.cursor !== null || state.frozenAt !== null) return state;
  const first = m.firstAt ?? m.now;
  const columns = (width: Millis): number =>
    epochIndexAt(m.now, width, m.clockOffset) - epochIndexAt(first, width, m.clockOffset) + 1;
  const width = EPOCH_WIDTHS.find(
    (candidate) => candidate >= state.width && (candidate >= ORDINARY_EPOCH || columns(candidate) <= m.chartColumns),
  );
  if (width === undefined || width === state.width) return state;
  return { ...state, width, widthFollows: width < ORDINARY_EPOCH };
};
