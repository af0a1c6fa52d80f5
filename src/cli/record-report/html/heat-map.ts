// The days, a line each, a cell for each 15 minutes in the colour of whose fault was worst; runs of cells also bear its letter.

import { htmlEscape } from 'escape-goat';
import { CELL_LENGTH, CELLS_A_DAY, gradeOf } from '../../../view/days/day-cells.js';
import { durationText } from '../../../view/format.js';
import { DAY_LENGTH, minuteText, weekdayText } from '../../../view/wall-clock.js';
import type { Report, ReportDay } from '../report-model.js';
import { CAUSE_LETTERS, CAUSE_WORDS } from '../wording/words.js';
import { CAUSE_CLASSES } from './styles.js';

type Cell = ReportDay['cells'][number];

const CELL_WIDTH = 9;
const ROW_HEIGHT = 18;
const LEFT = 74;
const TOP = 16;
const CELLS_AN_HOUR = 4;
/** Shorter runs have no room for a letter. */
const FEWEST_FOR_LETTER = 2;

const kindOf = (cell: Cell): string => {
  if (cell.code === 'fine') return cell.worse ? 'worse' : 'fine';
  return cell.code;
};

const classOf = (cell: Cell): string => {
  const kind = kindOf(cell);
  const base = kind in CAUSE_CLASSES ? CAUSE_CLASSES[kind as keyof typeof CAUSE_CLASSES] : `c-${kind}`;
  return gradeOf(cell) === 'some' ? `${base} some` : base;
};

const letterOf = (kind: string): string =>
  kind in CAUSE_LETTERS ? CAUSE_LETTERS[kind as keyof typeof CAUSE_LETTERS].toUpperCase() : kind === 'worse' ? '+' : '';

const titleOf = (cell: Cell, index: number): string => {
  const time = `${minuteText(index * CELL_LENGTH)} to ${minuteText((index + 1) * CELL_LENGTH)}`;
  const kind = kindOf(cell);
  if (kind === 'unwatched') return `${time}: nobody looked`;
  if (kind === 'fine') return `${time}: fine`;
  if (kind === 'worse') return `${time}: worse than usual, no verdict`;
  return `${time}: ${CAUSE_WORDS[kind as keyof typeof CAUSE_WORDS]}, ${durationText(cell.bad)}`;
};

const rowSvg = ({ day, cells }: ReportDay, row: number): string => {
  const y = TOP + row * ROW_HEIGHT;
  const height = ROW_HEIGHT - 3;
  const date = weekdayText(day * DAY_LENGTH);
  const boxes = cells.map((cell, i) => {
    const place = `x="${LEFT + i * CELL_WIDTH}" y="${y}" width="${CELL_WIDTH}" height="${height}"`;
    return `<rect ${place} class="${classOf(cell)}"><title>${htmlEscape(`${date} ${titleOf(cell, i)}`)}</title></rect>`;
  });
  const letters: string[] = [];
  for (let first = 0; first < cells.length;) {
    const kind = kindOf(cells[first] as Cell);
    let end = first + 1;
    while (end < cells.length && kindOf(cells[end] as Cell) === kind) end++;
    const letter = letterOf(kind);
    if (letter !== '' && end - first >= FEWEST_FOR_LETTER) {
      letters.push(
        `<text class="on" text-anchor="middle" x="${LEFT + ((first + end) / 2) * CELL_WIDTH}" y="${y + 12}">${letter}</text>`,
      );
    }
    first = end;
  }
  return [
    `<text x="0" y="${y + 12}">${htmlEscape(date)}</text>`,
    ...boxes,
    `<rect class="frame" x="${LEFT}" y="${y}" width="${CELLS_A_DAY * CELL_WIDTH}" height="${height}"/>`,
    ...letters,
  ].join('');
};

export const heatMapHtml = ({ days }: Report): string => {
  if (days.length === 0) return '';
  const width = LEFT + CELLS_A_DAY * CELL_WIDTH + 2;
  const height = TOP + days.length * ROW_HEIGHT + 2;
  const hours = Array.from({ length: CELLS_A_DAY / CELLS_AN_HOUR }, (_, hour) => {
    const x = LEFT + hour * CELLS_AN_HOUR * CELL_WIDTH;
    return `<text x="${x}" y="10">${String(hour).padStart(2, '0')}</text><line class="grid" x1="${x}" x2="${x}" y1="12" y2="${height - 4}"/>`;
  });
  const kinds = new Set(days.flatMap(({ cells }) => cells.map(kindOf)));
  const keys = [
    ['c-fine', 'fine'],
    ['c-unwatched', 'blank: nobody looked'],
    ...(kinds.has('worse') ? [['c-worse', '+ worse than usual']] : []),
    ...Object.entries(CAUSE_CLASSES).flatMap(([code, name]) =>
      kinds.has(code) ? [[name, `${letterOf(code)} ${CAUSE_WORDS[code as keyof typeof CAUSE_WORDS]}`]] : [],
    ),
  ].map(([name, text]) => `<span><i class="key ${name}"></i>${htmlEscape(text ?? '')}</span>`);
  return `<div class="wide"><svg class="map" role="img" aria-label="The days in cells of 15 minutes" viewBox="0 0 ${width} ${height}">${days.map(rowSvg).join('')}${hours.join('')}</svg></div>
<div class="legend">${keys.join('')}<span class="caption">pale: for less than a minute</span></div>`;
};
