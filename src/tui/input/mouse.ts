// What the mouse does: a click chooses what is under it, the wheel goes up and down. A click on what is chosen already
// does what Enter does, on the pages that are lists of something.

import type { EndpointId } from '../../events/units.js';
import type { DaysPlace } from './days-keys.js';
import type { MouseEvent } from './terminal-input.js';
import { cursorOn } from './time-cursor.js';
import { applyAction } from './view-state.js';
import type { ViewMetrics, ViewState } from './view-state.js';

/** What is drawn in a cell of the screen, as far as it can be chosen. */
export type CellTarget = {
  /** Whose strip it is in. */
  endpoint: EndpointId | null;
  /** The column, by the index of its epoch. */
  epoch: number | null;
  /** The line of the list. */
  line: number | null;
  day: DaysPlace | null;
};

export const NOTHING_THERE: CellTarget = { endpoint: null, epoch: null, line: null, day: null };

/** Lines that the wheel goes at a time. */
const WHEEL_LINES = 3;

/** @param target what is drawn where the mouse is */
export const applyMouse = (state: ViewState, { type }: MouseEvent, target: CellTarget, m: ViewMetrics): ViewState => {
  if (state.prompt !== null) return state;
  if (type === 'click') return clicked({ ...state, message: null }, target, m);
  const steps = state.page === 'help' || state.page === 'episodes' ? WHEEL_LINES : 1;
  const action = type === 'wheel up' ? 'up' : 'down';
  let next = state;
  for (let i = 0; i < steps; i++) next = applyAction(next, action, m).state;
  return next;
};

const clicked = (state: ViewState, { endpoint, epoch, line, day }: CellTarget, m: ViewMetrics): ViewState => {
  if (line !== null) {
    if (line === state.list.line) return applyAction(state, 'details', m).state;
    return { ...state, list: { ...state.list, line } };
  }
  if (day !== null) {
    const isChosen = state.daysPlace?.day === day.day && state.daysPlace.cell === day.cell;
    return isChosen ? applyAction(state, 'details', m).state : { ...state, daysPlace: day };
  }
  const selecting = endpoint === null ? state : { ...state, selected: endpoint, selectionShown: true };
  return epoch === null ? selecting : cursorOn(selecting, m, epoch);
};
