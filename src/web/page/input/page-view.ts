// What part of the history the page looks at, and how keys and pointers move it. Instants are on the session timeline.

import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import { epochIndexAt } from '../../../history/epoch-grid.js';
import { EPOCH_WIDTHS, nextEpochWidth, ORDINARY_EPOCH } from '../../../history/epoch-widths.js';
import type { Window } from '../../../view/time-axis.js';

export type PageView = {
  /** Of a column. */
  readonly width: Millis;
  /** Nobody has asked for that width: it becomes wider while the history is young. */
  readonly widthFollows: boolean;
  readonly selected: EndpointId | null;
  /** In the middle of the column whose numbers are shown, null where those of now are. */
  readonly cursor: UnixMillis | null;
  /** In the middle of the rightmost column, null where that is the one of now. */
  readonly right: UnixMillis | null;
};

/** What moving about needs to know. */
export type Surroundings = {
  readonly now: UnixMillis;
  /** When the first probe was sent, null before. */
  readonly firstAt: UnixMillis | null;
  readonly clockOffset: Millis;
  readonly columns: number;
};

/** `epoch` null: as wide as the history takes. */
export const firstView = (epoch: Millis | null): PageView => ({
  width: epoch ?? EPOCH_WIDTHS[0] ?? ORDINARY_EPOCH,
  widthFollows: epoch === null,
  selected: null,
  cursor: null,
  right: null,
});

export const windowOf = ({ width, right }: PageView, { now, clockOffset, columns }: Surroundings): Window => ({
  width,
  clockOffset,
  columns,
  firstIndex: epochIndexAt(right ?? now, width, clockOffset) - columns + 1,
});

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

const indexRange = ({ width }: PageView, { now, firstAt, clockOffset }: Surroundings): [number, number] => {
  const newest = epochIndexAt(now, width, clockOffset);
  return [firstAt === null ? newest : Math.min(newest, epochIndexAt(firstAt, width, clockOffset)), newest];
};

const middleOf = (index: number, { width }: PageView, { clockOffset }: Surroundings): UnixMillis =>
  (index + 0.5) * width - clockOffset;

const rightIndex = (view: PageView, around: Surroundings): number =>
  epochIndexAt(view.right ?? around.now, view.width, around.clockOffset);

/** With this column at the right edge: no further back than that the oldest is in sight, and following now at its end. */
const withRight = (view: PageView, around: Surroundings, index: number): PageView => {
  const [oldest, newest] = indexRange(view, around);
  const lowest = Math.min(newest, oldest + around.columns - 1);
  const right = clamp(index, lowest, newest);
  return { ...view, right: right === newest ? null : middleOf(right, view, around) };
};

/** The whole window so many columns on. */
export const panned = (view: PageView, around: Surroundings, columns: number): PageView =>
  withRight(view, around, rightIndex(view, around) + columns);

/** The cursor on a column, and the window no further than it must to show it. */
const withCursor = (view: PageView, around: Surroundings, index: number): PageView => {
  const [oldest, newest] = indexRange(view, around);
  const target = clamp(index, oldest, newest);
  const right = rightIndex(view, around);
  const moved = withRight(view, around, clamp(right, target, target + around.columns - 1));
  return { ...moved, cursor: middleOf(target, view, around) };
};

/** The cursor so many columns on; without one it begins at the right edge. */
export const cursorMoved = (view: PageView, around: Surroundings, columns: number): PageView => {
  const right = rightIndex(view, around);
  const from = view.cursor === null ? right : epochIndexAt(view.cursor, view.width, around.clockOffset);
  const turned = Math.abs(columns) >= around.columns ? panned(view, around, columns) : view;
  return withCursor(turned, around, from + columns);
};

/** One screen on; the cursor, where there is one, keeps its place on it. */
export const turned = (view: PageView, around: Surroundings, columns: number): PageView =>
  view.cursor === null ? panned(view, around, columns) : cursorMoved(view, around, columns);

export const cursorAtOldest = (view: PageView, around: Surroundings): PageView =>
  withCursor(view, around, indexRange(view, around)[0]);

/** The cursor on the column that holds an instant, in the middle of the window. */
export const lookingAt = (view: PageView, around: Surroundings, at: UnixMillis): PageView => {
  const index = epochIndexAt(at, view.width, around.clockOffset);
  return withCursor(withRight(view, around, index + Math.floor(around.columns / 2)), around, index);
};

/** The cursor on a column of the window. */
export const lookingAtColumn = (view: PageView, around: Surroundings, column: number): PageView =>
  withCursor(view, around, windowOf(view, around).firstIndex + column);

export const atNow = (view: PageView): PageView => ({ ...view, cursor: null, right: null });

/** Another width; the column under the cursor, else the right edge, stays where it is on the screen. */
export const withWidth = (view: PageView, around: Surroundings, width: Millis): PageView => {
  const anchor = view.cursor ?? view.right;
  if (anchor === null) return { ...view, width, widthFollows: false };
  const behind = rightIndex(view, around) - epochIndexAt(anchor, view.width, around.clockOffset);
  const next = { ...view, width, widthFollows: false };
  return withRight(next, around, epochIndexAt(anchor, width, around.clockOffset) + behind);
};

export const zoomed = (view: PageView, around: Surroundings, direction: 1 | -1): PageView =>
  withWidth(view, around, nextEpochWidth(view.width, direction));

/** With the width that the history takes by now: a few columns at the right of an empty chart say little. */
export const followingHistory = (view: PageView, around: Surroundings): PageView => {
  // What the user is looking at doesn't change under his eyes.
  if (!view.widthFollows || view.cursor !== null || view.right !== null || around.firstAt === null) return view;
  const { now, firstAt, clockOffset, columns } = around;
  const needed = (width: Millis): number =>
    epochIndexAt(now, width, clockOffset) - epochIndexAt(firstAt, width, clockOffset) + 1;
  const fits = EPOCH_WIDTHS.find(
    (width) => width >= view.width && (width >= ORDINARY_EPOCH || needed(width) <= columns),
  );
  const width = fits ?? view.width;
  return width === view.width ? view : { ...view, width, widthFollows: width < ORDINARY_EPOCH };
};
