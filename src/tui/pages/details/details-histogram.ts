// The histogram of RTT: usual beside now, in the same rows, so that a shift of everything and a few outliers look different.

import { rangeText, rttHistogram } from '../../../view/details/rtt-histogram.js';
import type { HistogramRow } from '../../../view/details/rtt-histogram.js';
import type { RttCount } from '../../../history/probe-log/span-reader.js';
import { styleOf } from '../../terminal/cells.js';
import type { CellGrid } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';

/** `100-150 ` and twice a short bar with ` 100 %`. */
export const LEAST_COLUMNS = 36;

/** ` 100 % ` */
const PERCENT_COLUMNS = 7;

export type HistogramData = { usual: readonly RttCount[]; now: readonly RttCount[]; captions: [string, string] };

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `share` of `columns`, to an eighth of a cell; at least a sign of it for anything above zero. */
const barText = (share: number, columns: number, { glyphs }: Look): string => {
  const full = glyphs.eighths[8] ?? '#';
  if (!glyphs.rich) return full.repeat(share > 0 ? Math.max(1, Math.round(share * columns)) : 0);
  const eighths = share > 0 ? Math.max(1, Math.round(share * columns * 8)) : 0;
  return full.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};

const percent = (share: number): string => {
  if (share === 0) return '';
  if (share < 0.005) return '<1 %';
  return `${Math.round(share * 100)} %`;
};

/** Draws `rows` rows below a row of captions into [left, right). */
export const drawHistogram = (
  grid: CellGrid,
  left: number,
  right: number,
  y: number,
  rows: number,
  data: HistogramData,
  look: Look,
): void => {
  const { styles, bar, grey } = look;
  const table = rttHistogram(data.usual, data.now, rows);
  const [first] = table;
  if (first === undefined) return;
  const step = (first.to ?? first.from + 1) - first.from;
  const names = table.map((row) => rangeText(row, step));
  const nameColumns = Math.max('RTT ms'.length, ...names.map(({ length }) => length)) + 1;
  const each = Math.floor((right - left - nameColumns) / 2);
  const barColumns = each - PERCENT_COLUMNS;
  if (barColumns < 3) return;
  grid.text(left, y, 'RTT ms', styles.caption);
  const highest = Math.max(...table.flatMap(({ usual, now }) => [usual, now]));
  for (const [i, caption] of data.captions.entries())
    grid.text(left + nameColumns + i * each, y, caption, styles.caption);
  const colours = [grey.bar, bar.good] as const;
  const shares = ({ usual, now }: HistogramRow): [number, number] => [usual, now];
  for (const [i, row] of table.entries()) {
    grid.text(left, y + 1 + i, names[i] ?? '', styles.text);
    for (const [j, share] of shares(row).entries()) {
      const x = left + nameColumns + j * each;
      const end = grid.text(x, y + 1 + i, barText(share / highest, barColumns, look), styleOf(colours[j] ?? bar.good));
      grid.text(end + (share > 0 ? 1 : 0), y + 1 + i, percent(share), styles.number);
    }
  }
};
