// The row below the strips: the times, the marks, the cursor. The cursor goes before the marks and these before the
// times; what would touch something placed before is left out, so nothing overlaps.

import type { CellGrid, Style } from '../../terminal/cells.js';
import type { Layout } from './layout.js';
import { printable, textWidth, truncated } from '../../../view/text.js';
import { axisLabels, columnOf, leftDay, windowFrom, windowTo } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { viewNow } from '../../input/time-cursor.js';
import { secondText } from '../../../view/wall-clock.js';

/** A mark's word gets this much of the axis. */
const LONGEST_WORD = 16;

class Row {
  readonly #taken: boolean[];
  readonly #grid: CellGrid;
  readonly #y: number;

  constructor(grid: CellGrid, y: number) {
    this.#grid = grid;
    this.#y = y;
    this.#taken = Array.from({ length: grid.columns }, () => false);
  }

  /** Writes `text` if it fits with a column of air on both sides. */
  place(x: number, text: string, style: Style): boolean {
    const width = textWidth(text);
    if (x < 0 || x + width > this.#taken.length) return false;
    for (let i = x - 1; i <= x + width; i++) if (this.#taken[i] === true) return false;
    this.#taken.fill(true, x, x + width);
    this.#grid.text(x, this.#y, text, style);
    return true;
  }
}

const drawCursor = (row: Row, layout: Layout, window: Window, context: ViewContext): void => {
  const { cursor } = context.state;
  if (cursor === null) return;
  const { look } = context;
  const x = layout.chartLeft + columnOf(window, cursor);
  const time = secondText(localTime(context, windowFrom(window) + columnOf(window, cursor) * window.width));
  // The sign stands under the column, the time beside it on the side where there is room.
  const right = `${look.glyphs.axisCursor} ${time}`;
  if (row.place(x, right, look.styles.cursor)) return;
  row.place(x - time.length - 1, `${time} ${look.glyphs.axisCursor}`, look.styles.cursor);
};

const drawMarks = (row: Row, layout: Layout, window: Window, context: ViewContext): void => {
  const { look, history } = context;
  const { glyphs, styles } = look;
  const from = windowFrom(window);
  const to = windowTo(window);
  // The newest first: where words would collide, it is the one that the user remembers.
  for (const mark of history.marks.toReversed()) {
    if (mark.at < from || mark.at >= to) continue;
    const x = layout.chartLeft + columnOf(window, mark.at);
    const word = truncated(printable(mark.text, glyphs.unicode), LONGEST_WORD, glyphs.ellipsis);
    const withWord = word === '' ? glyphs.mark : `${glyphs.mark} ${word}`;
    if (row.place(x, withWord, styles.notice)) continue;
    if (word !== '' && row.place(x - textWidth(word) - 1, `${word} ${glyphs.mark}`, styles.notice)) continue;
    row.place(x, glyphs.mark, styles.notice);
  }
};

export const drawAxis = (grid: CellGrid, layout: Layout, window: Window, context: ViewContext): void => {
  if (layout.axisRow === null) return;
  const row = new Row(grid, layout.axisRow);
  const { styles } = context.look;
  drawCursor(row, layout, window, context);
  drawMarks(row, layout, window, context);
  const labels = axisLabels(window, context.zone);
  const today = localTime(context, viewNow(context.state, context.now));
  const day = leftDay(window, today, context.zone);
  for (const { column, text } of labels.toSorted((a, b) => Number(b.day) - Number(a.day))) {
    const x = layout.chartLeft + column - Math.floor((text.length - 1) / 2);
    // The first and the last may not stand centred: they are moved inside the pane rather than cut.
    row.place(Math.max(0, Math.min(grid.columns - text.length, x)), text, styles.caption);
  }
  if (day !== null) row.place(1, day, styles.text);
};
