// One column of one strip: an epoch's statistics as a stack of cells. The solid bar reaches up to the median, the
// smoke up to p95, loss hangs from the top. What can't be had exactly in one cell (bar, smoke and nothing) is rounded
// to the nearer of its two-coloured forms. docs/decisions/0031 has the rules and their reasons.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { foregroundOf, plain, styleOf, TERMINAL_DEFAULT } from '../terminal/cells.js';
import type { CellGrid, Style } from '../terminal/cells.js';
import type { Band } from '../../view/theme/palette.js';
import { inkOn } from '../terminal/look.js';
import type { Look } from '../terminal/look.js';
import { bandOf } from '../../view/wall/column-band.js';
import type { Usual } from '../../view/wall/column-band.js';
import { hangingSteps, lossSize } from '../../view/wall/loss-size.js';
import { heightOf } from '../../view/wall/scale.js';
import type { Scale } from '../../view/wall/scale.js';

/** An off-scale maximum is marked from this multiple of the scale on: a row full of marks would say nothing. */
const FAR_OFF_SCALE = 2;

export type ColumnKind = 'no data' | 'gap' | 'pending' | 'loss' | 'bar';

export type ColumnShape = {
  kind: ColumnKind;
  band: Band;
  /** Heights in eighths of a cell, bar <= smoke. */
  bar: number;
  smoke: number;
  /** Half cells of loss, from the top. */
  loss: number;
  /** So little loss that it has only a sign. */
  trace: 'none' | 'tick' | 'mark';
  capped: 'no' | 'p95' | 'max';
  someLate: boolean;
  unfinished: boolean;
  /** A good part of the epoch lies in a gap. */
  partlyGap: boolean;
};

const kindOf = (stats: EpochStats): ColumnKind => {
  if (stats.p50 !== null) return 'bar';
  if (stats.loss === 1) return 'loss';
  if (stats.counts.inFlight > 0) return 'pending';
  // Answers of which no RTT is known for sure are a bar too, of the smallest height.
  if (stats.loss !== null) return 'bar';
  return stats.gap > 0 || stats.counts.void > 0 ? 'gap' : 'no data';
};

type Loss = Pick<ColumnShape, 'loss' | 'trace'>;

const lossOf = (stats: EpochStats, rows: number, half: boolean): Loss => {
  const size = lossSize(stats.loss);
  if (size.kind !== 'hanging') return { loss: 0, trace: size.kind };
  const unit = half ? 1 : 2;
  return { loss: unit * hangingSteps(size.share, (rows * 2) / unit), trace: 'none' };
};

/** `now` on the session timeline; `rows` of the strip's chart. */
export const columnShape = (
  stats: EpochStats,
  scale: Scale,
  usual: Usual | null,
  rows: number,
  now: UnixMillis,
  look: Look,
): ColumnShape => {
  const found = kindOf(stats);
  // The epoch has begun and its first probe is still to come.
  const kind = found === 'no data' && stats.to > now ? 'pending' : found;
  const full = rows * 8;
  const eighths = (rtt: Millis | null): number =>
    rtt === null ? 0 : Math.max(1, Math.min(full, Math.round(heightOf(scale, rtt) * full)));
  const bar = kind === 'bar' ? Math.max(1, eighths(stats.p50)) : 0;
  const band = bandOf(stats, usual);
  const over = (rtt: Millis | null, factor: number): boolean => rtt !== null && rtt > scale.top * factor;
  return {
    kind,
    band,
    bar,
    // A p95 of replies after the timeout would stand for them what the sign does.
    smoke: stats.counts.late > 0 && band !== 'late' ? bar : Math.max(bar, eighths(stats.p95)),
    ...lossOf(stats, rows, look.glyphs.lossHalf !== null),
    capped: over(stats.p95, 1) ? 'p95' : over(stats.max, FAR_OFF_SCALE) ? 'max' : 'no',
    someLate: stats.counts.late > 0,
    unfinished: stats.counts.inFlight > 0 || stats.to > now,
    partlyGap: stats.gap >= (stats.to - stats.from) / 4,
  };
};

type Cell = { char: string; style: Style };

const empty: Cell = { char: ' ', style: plain };

/** The cell `level` cells above the floor, without loss and marks. */
const filledCell = (shape: ColumnShape, level: number, look: Look): Cell => {
  const { glyphs } = look;
  const bar = Math.max(0, Math.min(8, shape.bar - level * 8));
  const smoke = Math.max(0, Math.min(8, shape.smoke - level * 8));
  const barColour = look.bar[shape.band];
  const smokeColour = look.smoke[shape.band];
  // A fill that tells the band needs the whole cell.
  const whole = glyphs.bar[shape.band];
  const tellsBand = whole !== glyphs.bar.good;
  if (bar === 8 || (tellsBand && (bar >= 4 || (bar > 0 && level === 0)))) {
    return { char: whole, style: styleOf(barColour) };
  }
  const step = glyphs.eighths[bar] ?? ' ';
  if (glyphs.smoke !== null) {
    if (bar > 0) return { char: step, style: styleOf(barColour) };
    return smoke >= 4 ? { char: glyphs.smoke, style: styleOf(smokeColour) } : empty;
  }
  if (bar === 0) {
    return smoke === 0 ? empty : { char: glyphs.eighths[smoke] ?? ' ', style: styleOf(smokeColour) };
  }
  // Bar, smoke and emptiness don't fit into one cell: fill it with smoke, or leave the smoke out, whichever is nearer.
  const smokeFills = 8 - smoke <= smoke - bar && smoke > bar;
  return { char: step, style: styleOf(barColour, smokeFills ? smokeColour : TERMINAL_DEFAULT) };
};

/** What colour the lower half of a cell has, as a background under half a cell of loss. */
const lowerHalf = (shape: ColumnShape, level: number, look: Look): number => {
  const bottom = level * 8;
  if (shape.bar - bottom >= 3) return look.bar[shape.band];
  return shape.smoke - bottom >= 3 && look.glyphs.smoke === null ? look.smoke[shape.band] : TERMINAL_DEFAULT;
};

/** A sign at the top edge of a cell, whatever else the cell shows below it. */
const traceCell = (shape: ColumnShape, level: number, look: Look): Cell => {
  const { glyphs, styles } = look;
  const ground = lowerHalf(shape, level, look);
  const colour = shape.trace === 'mark' ? look.loss : foregroundOf(styles.caption);
  return {
    char: shape.trace === 'mark' ? glyphs.lossMark : glyphs.lossTick,
    // Grey on a bar could not be seen.
    style: ground === TERMINAL_DEFAULT ? styleOf(colour) : styleOf(inkOn(ground), ground),
  };
};

const lossCell = (halves: number, shape: ColumnShape, level: number, look: Look): Cell =>
  halves >= 2
    ? { char: look.glyphs.loss, style: styleOf(look.loss) }
    : { char: look.glyphs.lossHalf ?? look.glyphs.loss, style: styleOf(look.loss, lowerHalf(shape, level, look)) };

/** What stands in a cell that neither bar, smoke nor loss has filled. */
const backdrop = (shape: ColumnShape, look: Look): Cell => {
  const { glyphs, styles } = look;
  if (shape.kind === 'gap' || shape.partlyGap) return { char: glyphs.gap, style: styles.faint };
  if (shape.unfinished && shape.kind !== 'no data') return { char: glyphs.pending, style: styles.faint };
  return empty;
};

/** A sign over whatever the cell shows, on its main colour. */
const signOver = (cell: Cell, sign: string, sole: Style, look: Look): Cell => {
  if (cell.char === ' ' || cell.char === look.glyphs.pending) return { char: sign, style: sole };
  const ground = foregroundOf(cell.style);
  return { char: sign, style: ground === TERMINAL_DEFAULT ? sole : styleOf(inkOn(ground), ground) };
};

const onSolid = (cell: Cell, sign: string, look: Look): Cell => {
  const { glyphs, styles } = look;
  const solid = cell.char === glyphs.eighths[8] || cell.char === glyphs.loss || cell.char === glyphs.smoke;
  return solid ? signOver(cell, sign, styles.cursor, look) : cell;
};

/** The cursor's line runs through empty and through full cells; a partly filled one is left as it is. */
const underCursor = (cell: Cell, behind: Cell, look: Look): Cell => {
  const { glyphs, styles } = look;
  if (cell === behind) return { char: glyphs.cursor, style: styles.cursor };
  return onSolid(cell, glyphs.cursor, look);
};

/** The sign at the top of the column, if it has one. */
const signOf = (shape: ColumnShape, look: Look): { sign: string; style: Style } | null => {
  const { glyphs, styles } = look;
  if (shape.someLate && shape.band !== 'late') return { sign: glyphs.late, style: styles.late };
  if (shape.capped === 'no') return null;
  return { sign: glyphs.capped, style: shape.capped === 'max' ? styles.caption : styles.text };
};

/** Draws a column into `rows` cells from `top` down. `cursor`: it is the one under the cursor. */
export const drawColumn = (
  grid: CellGrid,
  x: number,
  top: number,
  rows: number,
  shape: ColumnShape,
  look: Look,
  cursor: boolean,
): void => {
  const { glyphs, styles } = look;
  const lossCells = Math.ceil(shape.loss / 2);
  const hasTrace = shape.trace !== 'none' && shape.kind === 'bar' && rows > 1;
  const sign = shape.kind === 'bar' ? signOf(shape, look) : null;
  // Below the loss, and never in the place of the only cell of a one-line strip's bar.
  const signRow = rows === 1 ? -1 : lossCells + Number(hasTrace);
  const behind = backdrop(shape, look);
  for (let row = 0; row < rows; row++) {
    const level = rows - 1 - row;
    let cell = row < lossCells ? lossCell(shape.loss - row * 2, shape, level, look) : filledCell(shape, level, look);
    if (hasTrace && row === 0) cell = traceCell(shape, level, look);
    if (cell === empty) cell = behind;
    if (shape.kind === 'no data' && level === 0) cell = { char: glyphs.noData, style: styles.faint };
    if (sign !== null && row === signRow) cell = signOver(cell, sign.sign, sign.style, look);
    // A full column has no empty cell to say that it is not finished.
    if (row === 0 && rows > 1 && shape.unfinished && (lossCells === 0 || lossCells === rows) && sign === null) {
      cell = onSolid(cell, glyphs.pending, look);
    }
    if (cursor && rows > 1 && row !== signRow) cell = underCursor(cell, behind, look);
    grid.put(x, top + row, cell.char, cell.style);
  }
};
