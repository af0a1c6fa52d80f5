// The time below the strips, marks on it, and the row that says whose fault it was, column by column.

import type { UnixMillis } from '../../../events/units.js';
import { axisLabels, columnOf } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import type { FaultRun } from '../../../view/wall/fault-runs.js';
import type { Zone } from '../../../view/wall-clock.js';
import type { ChartArea } from './chart-area.js';
import type { Colours } from './colours.js';
import { captionFont } from './fonts.js';
import { hatching } from './hatching.js';
import type { Surface } from './surface.js';

/** Labels stand apart by this, in pixels of the style sheet. */
const BETWEEN = 16;

const textRatio = ({ context, height }: Surface): number => height / Math.max(1, context.canvas.clientHeight);

/** Column's left edge. */
const xOf = ({ left, columnWidth }: ChartArea, column: number): number => left + column * columnWidth;

export const drawAxis = (
  surface: Surface,
  area: ChartArea,
  colours: Colours,
  window: Window,
  zone: Zone,
  marks: readonly UnixMillis[],
  cursor: number | null,
): void => {
  const { context, height, width, unit } = surface;
  context.font = captionFont(surface);
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  let free = 0;
  for (const { column, text, day } of axisLabels(window, zone)) {
    const x = xOf(area, column);
    context.fillStyle = colours.caption;
    context.fillRect(x, 0, unit, (day ? 8 : 4) * unit);
    const wide = context.measureText(text).width;
    if (x < free || x + wide > width) continue;
    context.fillStyle = day ? colours.text : colours.caption;
    context.fillText(text, x, height);
    free = x + wide + BETWEEN * textRatio(surface);
  }
  context.fillStyle = colours.text;
  for (const at of marks) {
    const column = columnOf(window, at);
    if (column < 0 || column >= area.columns) continue;
    const middle = xOf(area, column) + area.columnWidth / 2;
    context.beginPath();
    context.moveTo(middle - 4 * unit, 0);
    context.lineTo(middle + 4 * unit, 0);
    context.lineTo(middle, 7 * unit);
    context.fill();
  }
  if (cursor !== null) context.fillRect(xOf(area, cursor) - unit, 0, area.columnWidth + 2 * unit, 3 * unit);
};

export type FaultRow = {
  readonly runs: readonly FaultRun[];
  /** Columns in which nobody looked. */
  readonly gaps: readonly boolean[];
  /** What was collected: from the first column to the one after the last. */
  readonly first: number;
  readonly end: number;
};

const drawRun = (
  { context, height, unit }: Surface,
  area: ChartArea,
  colours: Colours,
  { first, last, isBad }: FaultRun,
): void => {
  context.fillStyle = isBad ? colours.bad.bar : colours.warn.bar;
  const thickness = (isBad ? 5 : 3) * unit;
  context.fillRect(xOf(area, first), height - thickness, (last - first + 1) * area.columnWidth, thickness);
};

/** Whose each run is, where there is room: a later one's word goes before an earlier one's. */
const drawRunWords = (
  { context, height, unit }: Surface,
  area: ChartArea,
  colours: Colours,
  runs: readonly FaultRun[],
): void => {
  context.fillStyle = colours.text;
  let end = context.canvas.width;
  for (const { first, last, word } of runs.toReversed()) {
    const wide = context.measureText(word).width;
    // At the right edge a word is put where there is room for it.
    const x = Math.min(xOf(area, first), context.canvas.width - wide);
    if (wide > (last - first + 1) * area.columnWidth + 40 * unit || x + wide > end) continue;
    context.fillText(word, x, height - 7 * unit);
    end = x - 4 * unit;
  }
};

export const drawFaults = (surface: Surface, area: ChartArea, colours: Colours, row: FaultRow): void => {
  const { context, height, unit } = surface;
  const { runs, gaps, first, end } = row;
  context.font = captionFont(surface);
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillStyle = colours.caption;
  context.fillText('fault', area.left - 6 * unit, height);
  context.textAlign = 'left';
  for (let column = first; column < end; column++) {
    const isGap = gaps[column] === true;
    context.fillStyle = isGap ? hatching(context, colours.faint, unit) : colours.faint;
    const high = isGap ? 6 * unit : unit;
    context.fillRect(xOf(area, column), height - high, area.columnWidth, high);
  }
  for (const run of runs) drawRun(surface, area, colours, run);
  drawRunWords(surface, area, colours, runs);
};
