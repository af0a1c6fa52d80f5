// The longest bad time of a day, for a word beside its row.

import { gradeOf } from './day-cells.js';
import type { DayCell } from './day-cells.js';

/** First and last cell of the longest run of cells that are bad; of those as long the first. Null where none is. */
export const worstStretch = (cells: readonly DayCell[]): { first: number; last: number } | null => {
  let worst: { first: number; last: number } | null = null;
  for (let first = 0; first < cells.length; first++) {
    let end = first;
    for (let cell = cells[end]; cell !== undefined && gradeOf(cell) === 'bad'; cell = cells[end]) end++;
    if (end > first && (worst === null || end - first > worst.last - worst.first + 1)) worst = { first, last: end - 1 };
    first = Math.max(first, end);
  }
  return worst;
};
