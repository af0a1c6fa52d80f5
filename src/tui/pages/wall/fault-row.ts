// The row of faults: whose fault it was, column by column, with the same time as the strips have.

import { columnOf } from '../../../view/time-axis.js';
import { epochStart } from '../../../history/epoch-grid.js';
import type { Window } from '../../../view/time-axis.js';
import { printable, textWidth } from '../../../view/text.js';
import { collectedColumns, faultRuns } from '../../../view/wall/fault-runs.js';
import type { CellGrid } from '../../terminal/cells.js';
import { styleOf } from '../../terminal/cells.js';
import { viewNow } from '../../input/time-cursor.js';
import { listedName } from '../shared/episode-line.js';
import type { Layout } from './layout.js';
import type { ViewContext } from '../shared/view-context.js';

const CAPTION = 'fault';

export const drawFaultRow = (grid: CellGrid, layout: Layout, window: Window, context: ViewContext): void => {
  if (layout.faultRow === null) return;
  const { history, verdicts, look, state, now } = context;
  const { glyphs, styles, bar } = look;
  const [left, y] = [layout.chartLeft, layout.faultRow];
  if (left > CAPTION.length + 1) grid.text(layout.textLeft, y, CAPTION, styles.caption, left - 1);
  const collected = collectedColumns(window, history.firstAt, viewNow(state, now));
  for (let x = collected.first; x < collected.end; x++) {
    const from = epochStart(window, window.firstIndex + x);
    const isGap = history.gapWithin(from, from + window.width) >= window.width / 4;
    grid.put(left + x, y, isGap ? glyphs.gap : glyphs.noFault, styles.faint);
  }
  for (const { first, last, isBad, word: name } of faultRuns(
    verdicts.episodes,
    window,
    collected,
    listedName(context),
  )) {
    const [sign, style] = isBad ? [glyphs.fault.bad, styleOf(bar.bad)] : [glyphs.fault.some, styleOf(bar.warn)];
    for (let x = first; x <= last; x++) grid.put(left + x, y, sign, style);
    const word = printable(name, glyphs.unicode);
    if (last - first >= textWidth(word)) grid.text(left + first + 1, y, word, styles.name);
  }
  if (state.cursor !== null) {
    const x = columnOf(window, state.cursor);
    if (grid.charAt(left + x, y) === glyphs.noFault) grid.put(left + x, y, glyphs.cursor, styles.cursor);
  }
};
