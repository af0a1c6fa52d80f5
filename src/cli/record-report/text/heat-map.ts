// The days as letters, a cell of 15 minutes each: two lines a day, so that they fit 80 columns.

import { CELLS_A_DAY, gradeOf } from '../../../view/days/day-cells.js';
import { DAY_LENGTH, weekdayText } from '../../../view/wall-clock.js';
import type { Report, ReportDay } from '../report-model.js';
import { CAUSE_LETTERS, CAUSE_WORDS } from '../wording/words.js';

const CELLS_AN_HOUR = 4;
const HALF = CELLS_A_DAY / 2;

const letterOf = (cell: ReportDay['cells'][number]): string => {
  if (cell.code === 'unwatched') return ' ';
  if (cell.code === 'fine') return cell.worse ? '+' : '.';
  const letter = CAUSE_LETTERS[cell.code];
  return gradeOf(cell) === 'bad' ? letter.toUpperCase() : letter;
};

const scaleFrom = (hour: number): string =>
  Array.from({ length: HALF / CELLS_AN_HOUR }, (_, i) =>
    String(hour + i)
      .padStart(2, '0')
      .padEnd(5),
  ).join('');

export const heatMapLines = ({ days }: Report): string[] => {
  if (days.length === 0) return [];
  const rows = days.flatMap(({ day, cells }) => {
    const letters = cells.map(letterOf);
    const name = weekdayText(day * DAY_LENGTH).padEnd(10);
    return [0, HALF].map((from) => {
      const hours = Array.from({ length: HALF / CELLS_AN_HOUR }, (_, i) =>
        letters.slice(from + i * CELLS_AN_HOUR, from + (i + 1) * CELLS_AN_HOUR).join(''),
      );
      return `  ${from === 0 ? name : ' '.repeat(10)} ${from === 0 ? 'am' : 'pm'} |${hours.join('|')}|`;
    });
  });
  const used = new Set(days.flatMap(({ cells }) => cells.map(({ code }) => code)));
  const causes = Object.entries(CAUSE_LETTERS).flatMap(([code, letter]) =>
    used.has(code as keyof typeof CAUSE_LETTERS)
      ? [`${letter.toUpperCase()} ${CAUSE_WORDS[code as keyof typeof CAUSE_WORDS]}`]
      : [],
  );
  return [
    `  ${' '.repeat(13)} ${scaleFrom(0)}`,
    `  ${' '.repeat(13)} ${scaleFrom(12)}`,
    ...rows,
    `  ${['. fine', '+ worse than usual', 'blank: nobody looked'].join('   ')}`,
    ...(causes.length === 0 ? [] : [`  ${causes.join('   ')}`, '  (small letter: for less than a minute)']),
  ];
};
