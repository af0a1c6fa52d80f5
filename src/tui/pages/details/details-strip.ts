// The strip of the details: RTT as on the wall but taller, or jitter, or loss, and below it how many probes each column lost.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { UnixMillis } from '../../../events/units.js';
import { jitterValues, lossValues } from '../../../view/details/metric-values.js';
import type { MetricValues } from '../../../view/details/metric-values.js';
import { scaleLabels } from '../../../view/wall/scale.js';
import type { Usual } from '../../../view/wall/column-band.js';
import type { Scale } from '../../../view/wall/scale.js';
import { columnShape, drawColumn } from '../../strips/column-shape.js';
import type { Metric } from '../../input/view-state.js';
import { INVERSE, styled, styleOf } from '../../terminal/cells.js';
import type { CellGrid, Style } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';

export type StripFrame = {
  /** First column of the strip, its top row and how many rows it has. */
  left: number;
  top: number;
  rows: number;
  columns: readonly EpochStats[];
  /** Of RTTs, and what is usual. */
  scale: Scale;
  usual: Usual | null;
  cursorColumn: number | null;
  now: UnixMillis;
};

const drawLabels = (
  grid: CellGrid,
  frame: StripFrame,
  labels: readonly { row: number; text: string }[],
  look: Look,
): void => {
  const { left, top } = frame;
  for (const { row, text } of labels) grid.text(left - 1 - text.length, top + row, text, look.styles.caption, left);
};

const emptySign = (stats: EpochStats | undefined, { glyphs, styles }: Look): [string, Style] => {
  if (stats === undefined) return [glyphs.noData, styles.faint];
  if (stats.counts.inFlight > 0) return [glyphs.pending, styles.faint];
  return [stats.gap > 0 ? glyphs.gap : glyphs.noData, styles.faint];
};

const drawMetric = (grid: CellGrid, frame: StripFrame, metric: MetricValues, colour: number, look: Look): void => {
  const { left, top, rows, columns, cursorColumn } = frame;
  const { glyphs, styles } = look;
  drawLabels(
    grid,
    frame,
    [{ row: 0, text: metric.topText }, ...(rows > 1 ? [{ row: rows - 1, text: '0' }] : [])],
    look,
  );
  for (const [x, value] of metric.values.entries()) {
    const eighths = value === null ? 0 : Math.min(rows * 8, Math.round((value / metric.top) * rows * 8));
    for (let row = 0; row < rows; row++) {
      const filled = Math.max(0, Math.min(8, eighths - (rows - 1 - row) * 8));
      if (filled > 0) grid.put(left + x, top + row, glyphs.eighths[filled] ?? '#', styleOf(colour));
      else if (x === cursorColumn) grid.put(left + x, top + row, glyphs.cursor, styles.cursor);
    }
    const bottom = top + rows - 1;
    if (value === null) grid.put(left + x, bottom, ...emptySign(columns[x], look));
    // Nothing lost, no jitter: seen to be measured.
    else if (eighths === 0) {
      // Too little for an eighth of a cell is more than nothing.
      const sign = value > 0 ? (glyphs.eighths[1] ?? '_') : glyphs.noFault;
      grid.put(left + x, bottom, sign, value > 0 ? styleOf(colour) : styles.faint);
    }
  }
};

export const drawDetailsStrip = (grid: CellGrid, frame: StripFrame, metric: Metric, look: Look): void => {
  const { left, top, rows, columns, scale, usual, cursorColumn, now } = frame;
  if (metric === 'loss') {
    drawMetric(grid, frame, lossValues(columns), look.loss, look);
    return;
  }
  if (metric === 'jitter') {
    drawMetric(grid, frame, jitterValues(columns), look.bar.good, look);
    return;
  }
  drawLabels(grid, frame, scaleLabels(scale, rows), look);
  for (const [x, stats] of columns.entries()) {
    const shape = columnShape(stats, scale, usual, rows, now, look);
    drawColumn(grid, left + x, top, rows, shape, look, x === cursorColumn);
  }
};

/** How many probes each column lost: a digit, `+` for more than nine. */
export const drawLosses = (grid: CellGrid, frame: StripFrame, y: number, look: Look): void => {
  const { left, columns, cursorColumn } = frame;
  const { glyphs, styles } = look;
  for (const [x, { slots, counts }] of columns.entries()) {
    const failed = counts.lost + counts.unreachable + counts.unsent;
    if (slots === 0) continue;
    const sign = failed === 0 ? glyphs.noFault : failed > 9 ? '+' : String(failed);
    const style = failed === 0 ? styles.faint : styles.alarm;
    grid.put(left + x, y, sign, x === cursorColumn ? styled(style, INVERSE) : style);
  }
};
