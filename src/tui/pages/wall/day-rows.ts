// Yesterday and today, a cell for every quarter of an hour with the worst verdict in it.

import { CELL_LENGTH, CELLS_A_DAY, gradeOf } from '../../../view/days/day-cells.js';
import type { DayRow } from '../../../view/days/day-cells.js';
import { cellsPerColumn } from '../../../view/days/merged-cells.js';
import { worstStretch } from '../../../view/days/worst-stretch.js';
import { DAY_LENGTH, dayNumber, minuteText } from '../../../view/wall-clock.js';
import { viewNow } from '../../input/time-cursor.js';
import type { CellGrid } from '../../terminal/cells.js';
import { daysOf, drawDay, drawHours } from '../days/days-view.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { AXIS_COLUMNS } from './layout.js';
import type { Layout } from './layout.js';

/** When it was worst, or how long a cell is, in the first wording that there is room for. */
const asideOf = (row: DayRow, share: number, room: number): string => {
  const worst = worstStretch(row.cells);
  const isWatched = row.cells.some((cell) => gradeOf(cell) !== 'unwatched');
  const scale = isWatched ? [`${15 * share} min a cell`] : [];
  const at = (cell: number): string => minuteText((cell % CELLS_A_DAY) * CELL_LENGTH);
  const when = worst === null ? null : `${at(worst.first)}-${at(worst.last + 1)}`;
  return (when === null ? scale : [`${when} bad`, when]).find((text) => text.length <= room) ?? '';
};

export const drawDayRows = (grid: CellGrid, layout: Layout, context: ViewContext): void => {
  const { yesterdayRow, todayRow, hoursRow } = layout;
  if (todayRow === null) return;
  const { look, state } = context;
  const { styles, glyphs } = look;
  const local = localTime(context, viewNow(state, context.now));
  const today = dayNumber(local);
  const rows = daysOf(null, 2, context);
  const share = cellsPerColumn(layout.textRight - AXIS_COLUMNS);
  const end = AXIS_COLUMNS + CELLS_A_DAY / share;
  const draw = (y: number | null, caption: string, day: number): void => {
    if (y === null) return;
    grid.text(layout.textLeft, y, caption, styles.caption);
    const row = rows.find((one) => one.day === day);
    if (row === undefined) {
      grid.text(AXIS_COLUMNS, y, 'not watched', styles.faint);
      return;
    }
    drawDay(grid, AXIS_COLUMNS, y, row, share, look);
    grid.text(end + 2, y, asideOf(row, share, layout.textRight - end - 2), styles.caption);
  };
  draw(yesterdayRow, 'yest.', today - 1);
  draw(todayRow, 'today', today);
  const now = Math.floor((local - today * DAY_LENGTH) / CELL_LENGTH / share);
  if (now + 1 < CELLS_A_DAY / share) grid.put(AXIS_COLUMNS + now + 1, todayRow, glyphs.now, styles.name);
  if (hoursRow !== null) drawHours(grid, AXIS_COLUMNS, hoursRow, share, look);
};
