// The row below the axis: whose fault it was, column by column, with the same time above it as the strips have.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import { epochStart } from '../../../history/epoch-grid.js';
import { columnOf } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import type { Millis } from '../../../events/units.js';
import type { CellGrid } from '../../terminal/cells.js';
import { viewNow } from '../../input/time-cursor.js';
import type { Layout } from './layout.js';
import type { ViewContext } from '../shared/view-context.js';

const CAPTION = 'fault';

/** From here on, over 10 s of the worst endpoint, nobody can talk over it. */
const BAD_LOSS = 0.2;
const BAD_P50: Millis = 300;

const isBad = ({ code, outages, worstLoss, worstP50 }: Episode): boolean =>
  code === 'machine' || outages > 0 || (worstLoss ?? 0) >= BAD_LOSS || (worstP50 ?? 0) >= BAD_P50;

/** Columns of the window in which something was collected, from the first to the one after the last. */
const collected = (window: Window, context: ViewContext): { first: number; end: number } => {
  const { history, state, now } = context;
  const first = history.firstAt === null ? window.columns : columnOf(window, history.firstAt);
  const end = columnOf(window, viewNow(state, now)) + 1;
  return { first: Math.max(0, first), end: Math.min(window.columns, end) };
};

export const drawFaultRow = (grid: CellGrid, layout: Layout, window: Window, context: ViewContext): void => {
  if (layout.faultRow === null) return;
  const { history, verdicts, look } = context;
  const { glyphs, styles } = look;
  const [left, y] = [layout.chartLeft, layout.faultRow];
  if (left > CAPTION.length + 1) grid.text(layout.textLeft, y, CAPTION, styles.caption, left - 1);
  const { first, end } = collected(window, context);
  for (let x = first; x < end; x++) {
    const from = epochStart(window, window.firstIndex + x);
    const isGap = history.gapWithin(from, from + window.width) >= window.width / 4;
    grid.put(left + x, y, isGap ? glyphs.gap : glyphs.noFault, styles.faint);
  }
  for (const episode of verdicts.episodes) {
    const from = Math.max(first, columnOf(window, episode.from));
    const to = Math.min(end - 1, episode.to === null ? end - 1 : columnOf(window, episode.to));
    if (to < first || from >= end) continue;
    const [sign, style] = isBad(episode) ? [glyphs.fault.bad, styles.alarm] : [glyphs.fault.some, styles.notice];
    for (let x = from; x <= to; x++) grid.put(left + x, y, sign, style);
    const { word } = CODE_WORDS[episode.code];
    if (to - from >= word.length) grid.text(left + from + 1, y, word, styles.name);
  }
};
