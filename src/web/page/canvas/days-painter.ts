// Days in cells of 15 minutes: a row a day, with the hours below the last.

import { CELLS_A_DAY, gradeOf } from '../../../view/days/day-cells.js';
import type { DayCell, DayRow } from '../../../view/days/day-cells.js';
import { DAY_LENGTH, weekdayText } from '../../../view/wall-clock.js';
import type { Colours } from './colours.js';
import { captionFont } from './fonts.js';
import type { Surface } from './surface.js';

export type DaysPlace = {
  /** Of the first cell and of what there is for cells, in pixels of the device. */
  readonly left: number;
  readonly width: number;
};

const HOURS_BETWEEN = 3;

/** Height of the row of hours, in pixels of the style sheet. */
export const HOURS_HEIGHT = 16;

const cellHeights: Readonly<Record<ReturnType<typeof gradeOf>, number>> = {
  unwatched: 0,
  fine: 0.12,
  some: 0.5,
  bad: 1,
};

const cellColour = (cell: DayCell, colours: Colours): string => {
  const grade = gradeOf(cell);
  if (grade === 'bad') return colours.bad.bar;
  return grade === 'some' ? colours.warn.bar : colours.faint;
};

/** The cell at a place, null beside them. */
export const dayCellAt = (x: number, { left, width }: DaysPlace): number | null => {
  const cell = Math.floor(((x - left) / width) * CELLS_A_DAY);
  return cell < 0 || cell >= CELLS_A_DAY ? null : cell;
};

/** @param captions one a row; without, the weekday and the date */
export const drawDays = (
  surface: Surface,
  place: DaysPlace,
  colours: Colours,
  rows: readonly DayRow[],
  captions: readonly string[] | null,
): void => {
  const { context, height, unit } = surface;
  const { left, width } = place;
  const ratio = height / Math.max(1, context.canvas.clientHeight);
  const hours = HOURS_HEIGHT * ratio;
  const rowHeight = (height - hours) / Math.max(1, rows.length);
  const xOf = (cell: number): number => Math.round(left + (cell * width) / CELLS_A_DAY);
  context.font = captionFont(surface);
  for (const [i, { day, cells }] of rows.entries()) {
    const [top, bottom] = [i * rowHeight, Math.round((i + 1) * rowHeight) - 2 * unit];
    context.fillStyle = colours.caption;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    context.fillText(captions?.[i] ?? weekdayText(day * DAY_LENGTH), left - 6 * unit, bottom + unit);
    for (const [cell, state] of cells.entries()) {
      const share = cellHeights[gradeOf(state)];
      if (share === 0) continue;
      const tall = Math.max(unit, Math.round((bottom - top - 2 * unit) * share));
      context.fillStyle = cellColour(state, colours);
      context.fillRect(xOf(cell), bottom - tall, xOf(cell + 1) - xOf(cell), tall);
    }
  }
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  context.fillStyle = colours.caption;
  for (let hour = 0; hour < 24; hour += HOURS_BETWEEN) {
    const x = xOf((hour * CELLS_A_DAY) / 24);
    context.fillRect(x, height - hours, unit, 3 * unit);
    context.fillText(String(hour).padStart(2, '0'), x, height);
  }
};
