// What is drawn in a cell of the screen, for the mouse.

import { NOTHING_THERE } from '../../input/mouse.js';
import type { CellTarget } from '../../input/mouse.js';
import type { MouseEvent } from '../../input/terminal-input.js';
import { rightIndex } from '../../input/time-cursor.js';
import { dayCellAt } from '../days/days-view.js';
import { stripArea } from '../details/details-view.js';
import { episodeLineAt } from '../lists/episodes-view.js';
import { fits } from '../wall/layout.js';
import type { Size } from '../wall/layout.js';
import { wallLayout } from '../wall/wall-view.js';
import type { ViewContext } from './view-context.js';

export const cellTarget = (size: Size, context: ViewContext, { x, y }: Pick<MouseEvent, 'x' | 'y'>): CellTarget => {
  if (!fits(size) || x >= size.columns || y >= size.rows) return NOTHING_THERE;
  switch (context.state.page) {
    case 'wall':
      return onWall(size, context, x, y);
    case 'details': {
      const area = stripArea(size, context);
      const inside = area !== null && y >= area.top && y < area.bottom;
      return inside ? { ...NOTHING_THERE, epoch: epochAt(x, area.left, area.columns, context) } : NOTHING_THERE;
    }
    case 'episodes':
      return { ...NOTHING_THERE, line: episodeLineAt(size, context, y) };
    case 'days':
      return { ...NOTHING_THERE, day: dayCellAt(size, context, x, y) };
    case 'path':
    case 'help':
      return NOTHING_THERE;
  }
};

const onWall = (size: Size, context: ViewContext, x: number, y: number): CellTarget => {
  const { strips, axisRow, faultRow, chartLeft, chartColumns } = wallLayout(size.columns, size.rows, context);
  const strip = strips.find(({ top, chartRows }) => y >= top && y <= top + chartRows);
  if (strip === undefined && y !== axisRow && y !== faultRow) return NOTHING_THERE;
  const isHeader = strip !== undefined && strip.chartRows > 0 && y === strip.top;
  const epoch = isHeader ? null : epochAt(x, chartLeft, chartColumns, context);
  return { ...NOTHING_THERE, endpoint: strip?.endpoint ?? null, epoch };
};

const epochAt = (x: number, left: number, columns: number, { state, now, history }: ViewContext): number | null =>
  x < left || x >= left + columns ? null : rightIndex(state, now, history.clockOffset) - (left + columns - 1 - x);
