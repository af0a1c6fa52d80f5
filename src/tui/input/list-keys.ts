// The pages that are lists: help, and what happened. Which line is chosen, what of it is open, and what is listed how.

import type { EndpointId } from '../../events/units.js';
import { nextOf } from './days-keys.js';
import type { Action } from './keys.js';
import { clamp, lookAt } from './time-cursor.js';
import type { ViewMetrics, ViewState } from './view-state.js';

export type ListState = {
  /** First line shown of the help, selected line of the list of episodes. */
  line: number;
  /** The episode whose outages are listed below it, by its number; null: none. */
  opened: number | null;
  /** Whose episodes and events are listed; null: those of all. */
  of: EndpointId | null;
  sortedBy: 'time' | 'length';
};

export const FIRST_LIST: ListState = { line: 0, opened: null, of: null, sortedBy: 'time' };

const withList = (state: ViewState, list: Partial<ListState>): ViewState => ({
  ...state,
  list: { ...state.list, ...list },
});

const moveLine = (state: ViewState, m: ViewMetrics, by: number): ViewState => {
  const last = state.page === 'help' ? m.list.length - m.list.visible : m.list.length - 1;
  return withList(state, { line: clamp(state.list.line + by, 0, Math.max(0, last)) });
};

/** The strips at the time of the line. */
const followLine = (state: ViewState, m: ViewMetrics): ViewState => {
  const at = m.list.instantOf(state.list.line);
  return at === null ? state : lookAt({ ...state, page: 'wall' }, m, at);
};

const moveThrough = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null => {
  switch (action) {
    case 'up':
      return moveLine(state, m, -1);
    case 'down':
      return moveLine(state, m, 1);
    case 'page-left':
      return moveLine(state, m, -m.list.visible);
    case 'page-right':
      return moveLine(state, m, m.list.visible);
    case 'oldest':
      return moveLine(state, m, -Infinity);
    case 'newest':
      return moveLine(state, m, Infinity);
    default:
      return null;
  }
};

/** Keys that mean something else in the help; null: the key means what it means elsewhere. */
export const actOnHelp = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null =>
  action === 'details' ? { ...state, page: 'wall' } : moveThrough(state, action, m);

/** The same on the page of episodes. */
export const actOnEpisodes = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null => {
  const { line, of, sortedBy } = state.list;
  switch (action) {
    case 'details':
      return followLine(state, m);
    case 'right': {
      const opened = m.list.opens(line);
      return opened === null ? state : withList(state, { opened, line: m.list.lineWith(line, opened) });
    }
    case 'left':
      return withList(state, { opened: null, line: m.list.lineWith(line, null) });
    case 'next':
      return withList(state, { ...FIRST_LIST, sortedBy, of: nextOf(of, m.shown) });
    case 'scale':
      return withList(state, { ...FIRST_LIST, of, sortedBy: sortedBy === 'time' ? 'length' : 'time' });
    default:
      return moveThrough(state, action, m);
  }
};
