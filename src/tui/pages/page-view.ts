// Whichever page the user is on.

import type { CellGrid } from '../terminal/cells.js';
import { drawDays } from './days/days-view.js';
import { drawDetails } from './details/details-view.js';
import type { DetailsChartFrame } from './details/details-view.js';
import { drawEpisodes } from './lists/episodes-view.js';
import { drawHelp } from './lists/help-view.js';
import { drawPath } from './path/path-view.js';
import type { ViewContext } from './shared/view-context.js';
import { fits } from './wall/layout.js';
import { drawTooSmall } from './wall/top-lines.js';
import { drawWall } from './wall/wall-view.js';

/** What a chart is to show over what was drawn; null for none. `chartPossible`: whether one can be shown. */
export const drawPage = (grid: CellGrid, context: ViewContext, chartPossible: boolean): DetailsChartFrame | null => {
  if (!fits(grid)) {
    drawTooSmall(grid, context);
    return null;
  }
  switch (context.state.page) {
    case 'wall':
      drawWall(grid, context);
      return null;
    case 'path':
      drawPath(grid, context);
      return null;
    case 'help':
      drawHelp(grid, context);
      return null;
    case 'episodes':
      drawEpisodes(grid, context);
      return null;
    case 'days':
      drawDays(grid, context);
      return null;
    case 'details':
      return drawDetails(grid, context, chartPossible);
  }
};
