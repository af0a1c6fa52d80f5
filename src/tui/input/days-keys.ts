// The page of days: which cell is chosen, of whom it tells, and going from a cell to the strips of that time.

import { EPOCH_WIDTHS } from '../../history/epoch-widths.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { CELL_LENGTH, CELLS_A_DAY } from '../../view/days/day-cells.js';
import type { Action } from './keys.js';
import type { ViewMetrics, ViewState } from './view-state.js';

/** A cell by its place: the day as `dayNumber` counts, and the first of the cells that share its column. */
export type DaysPlace = { day: number; cell: number };

export type DaysMetrics = {
  /** Those on the page, oldest first. */
  days: readonly number[];
  /** How many cells of 15 minutes share a column. */
  share: number;
  /** The column that now is in. */
  newest: DaysPlace;
  /** When a cell began, on the session timeline. */
  startOf: (place: DaysPlace) => UnixMillis;
};

/** The cell that is chosen: the newest, unless another one was. */
export const chosenCell = (state: ViewState, { days, share, newest }: DaysMetrics): DaysPlace => {
  const { daysPlace: place } = state;
  if (place === null || !days.includes(place.day)) return newest;
  return { day: place.day, cell: Math.floor(place.cell / share) * share };
};

const moved = (state: ViewState, m: DaysMetrics, days: number, columns: number): ViewState => {
  const { day, cell } = chosenCell(state, m);
  const first = m.days[0] ?? m.newest.day;
  const to = Math.max(first, Math.min(m.newest.day, day + days));
  const inDay = Math.max(0, Math.min(CELLS_A_DAY - m.share, cell + columns * m.share));
  return { ...state, daysPlace: { day: to, cell: to === m.newest.day ? Math.min(inDay, m.newest.cell) : inDay } };
};

/** All of them, then one after the other. */
export const nextOf = (endpoint: EndpointId | null, shown: readonly EndpointId[]): EndpointId | null =>
  endpoint === null ? (shown[0] ?? null) : (shown[shown.indexOf(endpoint) + 1] ?? null);

/** An epoch width at which so long a time takes most of the strip, but not more. */
const widthFor = (length: Millis, columns: number): Millis =>
  EPOCH_WIDTHS.find((width) => width * columns * 0.9 >= length) ?? (EPOCH_WIDTHS.at(-1) as Millis);

/** The strips of the cell that is chosen, with the cursor in its middle. */
const zoomed = (state: ViewState, m: ViewMetrics, days: DaysMetrics): ViewState => {
  const length = days.share * CELL_LENGTH;
  const from = days.startOf(chosenCell(state, days));
  const width = widthFor(length, m.chartColumns);
  const margin = (m.chartColumns * width - length) / 2;
  return {
    ...state,
    page: 'wall',
    width,
    widthFollows: false,
    cursor: Math.min(from + length / 2, m.now),
    right: Math.min(from + length + margin, m.now),
    ...(state.daysOf === null ? {} : { selected: state.daysOf, selectionShown: true }),
  };
};

/** Null: the key means what it means elsewhere. */
export const actOnDays = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null => {
  const { days } = m;
  if (days === null) return action === 'details' ? state : null;
  switch (action) {
    case 'up':
      return moved(state, days, -1, 0);
    case 'down':
      return moved(state, days, 1, 0);
    case 'left':
      return moved(state, days, 0, -1);
    case 'right':
      return moved(state, days, 0, 1);
    case 'page-left':
    case 'oldest':
      return moved(state, days, 0, -CELLS_A_DAY);
    case 'page-right':
      return moved(state, days, 0, CELLS_A_DAY);
    case 'newest':
      return { ...state, daysPlace: null };
    case 'next':
      return { ...state, daysOf: nextOf(state.daysOf, m.shown) };
    case 'details':
      return zoomed(state, m, days);
    default:
      return null;
  }
};
