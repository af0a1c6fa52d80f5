// The row of own traffic, below the times.

import { trafficColumns } from '../../../view/wall/traffic-columns.js';
import type { Window } from '../../../view/time-axis.js';
import { styleOf } from '../../terminal/cells.js';
import type { CellGrid } from '../../terminal/cells.js';
import type { ViewContext } from '../shared/view-context.js';
import type { Layout } from './layout.js';

export const drawTrafficRow = (grid: CellGrid, layout: Layout, window: Window, context: ViewContext): void => {
  if (layout.trafficRow === null) return;
  const { history, verdicts, look } = context;
  const { glyphs, bar, styles } = look;
  const { verdict } = verdicts;
  // What goes out fills a line much sooner; it is the other way only if that is what is full.
  const way =
    verdict?.code === 'own-traffic' && verdict.evidence.traffic?.direction === 'received' ? 'received' : 'sent';
  const caption = `you ${way === 'sent' ? glyphs.more.up : glyphs.more.down}`;
  grid.text(layout.textLeft, layout.trafficRow, caption, styles.caption, layout.chartLeft - 1);
  for (const [i, column] of trafficColumns(history.traffic, window, way).entries()) {
    if (column === null) continue;
    const { share, isFull } = column;
    const sign = isFull ? glyphs.bar.warn : (glyphs.eighths[Math.max(1, Math.round(share * 8))] ?? glyphs.bar.good);
    grid.put(layout.chartLeft + i, layout.trafficRow, sign, styleOf(isFull ? bar.warn : bar.good));
  }
};
