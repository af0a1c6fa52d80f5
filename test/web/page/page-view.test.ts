import { describe, expect, test } from 'vitest';
import { epochIndexAt } from '../../../src/history/epoch-grid.js';
import * as moves from '../../../src/web/page/input/page-view.js';
import type { PageView, Surroundings } from '../../../src/web/page/input/page-view.js';

const SECOND = 1000;
const NOW = 1_000_000 * SECOND + 300;
/** An hour of history. */
const around: Surroundings = { now: NOW, firstAt: NOW - 3600 * SECOND, clockOffset: 0, columns: 100 };
const live: PageView = moves.firstView(SECOND);

const columnOf = (view: PageView): number | null =>
  view.cursor === null ? null : epochIndexAt(view.cursor, view.width, 0) - moves.windowOf(view, around).firstIndex;

describe('what the page looks at', () => {
  test('at first it follows now', () => {
    const { firstIndex, columns } = moves.windowOf(live, around);
    expect(firstIndex + columns - 1).toBe(1_000_000);
    expect(moves.windowOf(live, { ...around, now: NOW + 5 * SECOND }).firstIndex).toBe(firstIndex + 5);
  });

  test('the cursor begins at the right edge, and pushes the window back when it leaves it', () => {
    let view = moves.cursorMoved(live, around, -1);
    expect(columnOf(view)).toBe(98);
    expect(view.right).toBeNull();
    view = moves.cursorMoved(view, around, -98);
    expect(columnOf(view)).toBe(0);
    view = moves.cursorMoved(view, around, -3);
    expect(columnOf(view)).toBe(0);
    expect(view.right).not.toBeNull();
  });

  test('it goes back to the oldest column and no further, and on to now and no further', () => {
    const oldest = moves.cursorAtOldest(live, around);
    expect(oldest.cursor).toBeCloseTo(Math.floor((around.firstAt as number) / SECOND) * SECOND + 500, 5);
    expect(moves.cursorMoved(oldest, around, -50)).toEqual(oldest);
    const ends = moves.panned(oldest, around, 1e9);
    expect(ends.right).toBeNull();
  });

  test('history shorter than the window can’t be dragged', () => {
    const young = { ...around, firstAt: NOW - 5 * SECOND };
    expect(moves.panned(live, young, -40)).toEqual(live);
  });

  test('a drag moves the window by as many columns, and back to now follows again', () => {
    const back = moves.panned(live, around, -250);
    expect(moves.windowOf(back, around).firstIndex).toBe(moves.windowOf(live, around).firstIndex - 250);
    expect(moves.panned(back, around, 250)).toEqual(live);
  });

  test('the widths of the ladder, with the cursor’s column staying where it is', () => {
    const back = moves.lookingAt(live, around, NOW - 1800 * SECOND);
    const wider = moves.zoomed(back, around, 1);
    expect(wider.width).toBe(2 * SECOND);
    expect(columnOf(wider)).toBe(columnOf(back));
    expect(moves.zoomed(live, around, 1)).toEqual({ ...live, width: 2 * SECOND });
    expect(moves.zoomed(live, around, -1).width).toBe(SECOND);
  });

  test('an instant is looked at in the middle', () => {
    const view = moves.lookingAt(live, around, NOW - 1800 * SECOND);
    expect(columnOf(view)).toBe(49);
  });
});

describe('a run’s first minutes', () => {
  const young = moves.firstView(null);

  test('columns are narrow, and wider as soon as the history doesn’t fit', () => {
    const after = (seconds: number, view = young): PageView =>
      moves.followingHistory(view, { ...around, firstAt: NOW - seconds * SECOND });
    expect(after(50).width).toBe(SECOND);
    expect(after(150).width).toBe(2 * SECOND);
    expect(after(400).width).toBe(5 * SECOND);
    expect(after(40_000)).toMatchObject({ width: 5 * SECOND, widthFollows: false });
  });

  test('not where a width was asked for, or something is looked at', () => {
    expect(moves.followingHistory(live, around)).toEqual(live);
    const looking = moves.cursorMoved(young, around, -3);
    expect(moves.followingHistory(looking, around)).toEqual(looking);
  });
});
