// The numbers of one endpoint over several spans, as a table: now beside the last hour, the day, and yesterday.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { lateShare } from '../../../view/details/late-share.js';
import type { DetailWindow } from '../../../view/details/detail-windows.js';
import { lossText, rttText } from '../../../view/format.js';
import type { CellGrid, Style } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';

const NAME_COLUMNS = 8;
const COLUMN = 8;
/** `yest. 22 h` */
const WIDE_COLUMN = 12;

type Row = { caption: string; text: (stats: EpochStats) => string; style: (stats: EpochStats, look: Look) => Style };

const number = (_: EpochStats, { styles }: Look): Style => styles.number;

const ROWS: readonly (Row & { always: boolean })[] = [
  { caption: 'p50 ms', always: true, text: ({ p50 }) => rttText(p50), style: number },
  { caption: 'p95', always: false, text: ({ p95 }) => rttText(p95), style: number },
  { caption: 'jitter', always: false, text: ({ jitter }) => rttText(jitter), style: number },
  {
    caption: 'lost',
    always: true,
    text: ({ loss }) => lossText(loss),
    style: ({ loss }, { styles }) => ((loss ?? 0) > 0 ? styles.alarm : styles.number),
  },
  {
    caption: 'late',
    always: false,
    text: (stats) => lossText(lateShare(stats)),
    style: (stats, { styles }) => ((lateShare(stats) ?? 0) > 0 ? styles.late : styles.number),
  },
];

const columnOf = ({ caption }: DetailWindow): number => (caption.length >= COLUMN ? WIDE_COLUMN : COLUMN);

/** As many spans as fit into `columns`, the shortest first. */
export const fittingWindows = (windows: readonly DetailWindow[], columns: number): DetailWindow[] => {
  let used = NAME_COLUMNS;
  return windows.filter((window) => {
    used += columnOf(window);
    return used <= columns;
  });
};

/** Draws the table at the left, and returns the column after it. */
export const drawNumbers = (
  grid: CellGrid,
  x: number,
  y: number,
  windows: readonly DetailWindow[],
  stats: readonly EpochStats[],
  all: boolean,
  look: Look,
): number => {
  const { caption } = look.styles;
  for (const [i, row] of ROWS.filter(({ always }) => all || always).entries()) {
    grid.text(x, y + 1 + i, row.caption, caption);
  }
  let right = x + NAME_COLUMNS;
  for (const [i, window] of windows.entries()) {
    const of = stats[i];
    right += columnOf(window);
    grid.text(right - window.caption.length, y, window.caption, caption);
    if (of === undefined) continue;
    for (const [j, row] of ROWS.filter(({ always }) => all || always).entries()) {
      const text = row.text(of);
      grid.text(right - text.length, y + 1 + j, text, row.style(of, look));
    }
  }
  return right;
};
