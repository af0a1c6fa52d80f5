// What the pages that are lists have in common: a title, a foot, and the rows between them.

import type { CellGrid } from '../../terminal/cells.js';
import { truncated } from '../../../view/text.js';
import type { ViewContext } from '../shared/view-context.js';

export const TITLE_ROWS = 2;

/** Lines of a list page that are visible at a time. */
export const listRows = (rows: number): number => Math.max(1, rows - TITLE_ROWS - 1);

/** `foot`: what the keys do, the first of them that fits; on a pane of a few rows it is left to the list. */
export const drawFrame = (grid: CellGrid, context: ViewContext, title: string, foot: readonly string[]): void => {
  const { styles, glyphs } = context.look;
  const room = grid.columns - 2;
  grid.text(1, 0, truncated(title, room, glyphs.ellipsis), styles.name);
  grid.text(1, grid.rows - 1, foot.find(({ length }) => length <= room) ?? foot.at(-1) ?? '', styles.caption, room + 1);
};
