// Days in words: what of them was bad, for whoever can't see the cells.

import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import { CELL_LENGTH, gradeOf } from '../../../view/days/day-cells.js';
import type { DayCell, DayRow } from '../../../view/days/day-cells.js';
import { DAY_LENGTH, minuteText, weekdayText } from '../../../view/wall-clock.js';

/** Of a cell: `22:15 router or Wi-Fi, 12 min bad`. */
export const cellWords = (cell: DayCell, index: number): string => {
  const time = minuteText(index * CELL_LENGTH);
  if (cell.code === 'unwatched') return `${time} nobody looked`;
  if (cell.code === 'fine') return `${time} fine`;
  const seconds = Math.round(cell.bad / 1000);
  const length = seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const whose = cell.code === 'host' ? 'one host' : CODE_WORDS[cell.code].short;
  return `${time} ${whose}, ${length} bad`;
};

const MOST_NAMED = 6;

export const dayWords = ({ day, cells }: DayRow): string => {
  const bad = cells.flatMap((cell, index) =>
    gradeOf(cell) === 'some' || gradeOf(cell) === 'bad' ? [cellWords(cell, index)] : [],
  );
  const more = bad.length > MOST_NAMED ? ` and ${bad.length - MOST_NAMED} more quarters of an hour` : '';
  const words = bad.length === 0 ? 'nothing bad' : `${bad.slice(0, MOST_NAMED).join('; ')}${more}`;
  return `${weekdayText(day * DAY_LENGTH)}: ${words}`;
};

export const daysWords = (rows: readonly DayRow[]): string => rows.map(dayWords).join('. ');
