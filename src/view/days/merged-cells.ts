// Cells of 15 minutes made fewer and longer, where there isn't a column for each.

import { CELLS_A_DAY } from './day-cells.js';
import type { DayCell } from './day-cells.js';

/** How many cells may share a column: all divide a day, and 30 min, 1 h and 2 h are times that people know. */
const SHARES = [1, 2, 4, 8];

/** How many cells share a column where a day has `columns`; the most there is where even that isn't enough. */
export const cellsPerColumn = (columns: number): number =>
  SHARES.find((share) => CELLS_A_DAY / share <= columns) ?? (SHARES.at(-1) as number);

const merged = (cells: readonly DayCell[]): DayCell => {
  let [watched, bad, worst] = [0, 0, 0];
  let code: DayCell['code'] = 'unwatched';
  for (const cell of cells) {
    watched += cell.watched;
    bad += cell.bad;
    if (cell.code === 'unwatched') continue;
    if (code === 'unwatched' || cell.bad > worst) ({ code } = cell);
    worst = Math.max(worst, cell.bad);
  }
  return { code, watched, bad };
};

/** Of each `share` cells one: all that was watched and bad in them, and the verdict of the worst. */
export const mergedCells = (cells: readonly DayCell[], share: number): DayCell[] =>
  share === 1
    ? [...cells]
    : Array.from({ length: Math.ceil(cells.length / share) }, (_, i) =>
        merged(cells.slice(i * share, (i + 1) * share)),
      );
