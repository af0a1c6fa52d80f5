// The page of episodes: what happened, when, for how long, whose fault it was.

import type { CellGrid } from '../../terminal/cells.js';
import { durationText } from '../../../view/format.js';
import { printable, textWidth, truncated } from '../../../view/text.js';
import { instantText } from '../../../view/wall-clock.js';
import { listedName } from '../shared/episode-line.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import type { Size } from '../wall/layout.js';
import { drawFrame, listRows, TITLE_ROWS } from './list-frame.js';
import { listItems } from './list-items.js';
import type { ListItem } from './list-items.js';

/** From here on kind and length have columns of their own. */
const WIDE = 60;
const KIND_COLUMN = 18;
const LENGTH_COLUMN = 27;
const TEXT_COLUMN = 37;

const titleOf = (count: number, context: ViewContext): string => {
  const { of, sortedBy } = context.state.list;
  const whose = of === null ? '' : ` of ${listedName(context)(of)}`;
  return `Episodes and events${whose}${sortedBy === 'time' ? '' : ', longest first'} (${count})`;
};

const FEET = ['Enter: go there   Esc: back', 'Enter   Esc'];

const footOf = (item: ListItem | undefined, context: ViewContext): string[] => {
  const { list } = context.state;
  const of = list.of === null ? 'of one endpoint' : 'of the next';
  const sort = list.sortedBy === 'time' ? 'longest first' : 'newest first';
  const outages = item?.opens === true ? 'Right: its outages   ' : item?.within === true ? 'Left: close   ' : '';
  return [`Enter: go there   ${outages}Tab: ${of}   s: ${sort}   Esc: back`, `${outages}${FEET[0]}`, ...FEET];
};

const lengthText = ({ length, lasts }: ListItem): string =>
  length === null ? '' : `${durationText(length)}${lasts ? ' +' : ''}`;

const drawItem = (grid: CellGrid, y: number, item: ListItem, context: ViewContext): void => {
  const { styles, glyphs } = context.look;
  const indent = item.within ? 3 : 1;
  const time = instantText(localTime(context, item.at), localTime(context, context.now));
  const x = grid.text(indent, y, time, styles.text) + 2;
  const text = printable(item.text, glyphs.unicode);
  if (grid.columns >= WIDE) {
    const kind = Math.max(x, KIND_COLUMN + indent - 1);
    grid.text(kind, y, item.what, item.style);
    grid.text(LENGTH_COLUMN + indent - 1, y, lengthText(item), styles.number, TEXT_COLUMN - 1);
    const left = TEXT_COLUMN + indent - 1;
    grid.text(left, y, truncated(text, grid.columns - 1 - left, glyphs.ellipsis), styles.text);
    return;
  }
  // On narrow panes the text says enough: the kind is left out.
  const whole = [lengthText(item), text].filter((part) => part !== '').join('  ');
  const kind = textWidth(whole) + item.what.length + 2 < grid.columns - x ? `${item.what}  ` : '';
  grid.text(x, y, truncated(`${kind}${whole}`, grid.columns - 1 - x, glyphs.ellipsis), item.style);
};

/** The line that is chosen stands in the middle, as far as there are others around it. */
const firstShown = (length: number, selected: number, visible: number): number =>
  Math.max(0, Math.min(length - visible, selected - Math.floor(visible / 2)));

/** The line of the list in a row of the screen, null where there is none. */
export const episodeLineAt = ({ rows }: Size, context: ViewContext, y: number): number | null => {
  const { length } = listItems(context);
  const visible = listRows(rows);
  const line = firstShown(length, Math.min(context.state.list.line, Math.max(0, length - 1)), visible) + y - TITLE_ROWS;
  return y >= TITLE_ROWS && y < TITLE_ROWS + visible && line < length ? line : null;
};

export const drawEpisodes = (grid: CellGrid, context: ViewContext): void => {
  const { look, state } = context;
  const { styles, glyphs } = look;
  const items = listItems(context);
  const visible = listRows(grid.rows);
  const selected = Math.min(state.list.line, Math.max(0, items.length - 1));
  const first = firstShown(items.length, selected, visible);
  drawFrame(grid, context, titleOf(items.length, context), footOf(items[selected], context));
  if (items.length === 0) grid.text(1, TITLE_ROWS, 'nothing happened yet', styles.caption, grid.columns - 1);
  for (const [i, item] of items.slice(first, first + visible).entries()) {
    const y = TITLE_ROWS + i;
    if (first + i === selected) grid.put(0, y, glyphs.selected, styles.cursor);
    drawItem(grid, y, item, context);
  }
};
