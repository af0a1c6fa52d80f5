// The lines at the bottom: the last episode or the column under the cursor or a prompt; the legend and the keys.

import type { UnixMillis } from '../../../events/units.js';
import type { CellGrid } from '../../terminal/cells.js';
import { counted, durationText } from '../../../view/format.js';
import { endpointName } from '../../strips/endpoint-name.js';
import { latestEpisode } from '../shared/episode-line.js';
import { keyHints } from '../../input/keys.js';
import { legend } from './legend.js';
import type { Layout } from './layout.js';
import { drawPieces, fittingPieces, piecesWidth } from '../shared/pieces.js';
import type { Piece } from '../shared/pieces.js';
import { drawPrompt, drawPromptKeys, drawRefusal } from '../shared/prompt-view.js';
import { newestGroup, outageWords, stillOut } from '../../../view/outage-text.js';
import { drawInspection } from '../../strips/inspection.js';
import { printable, truncated } from '../../../view/text.js';
import { epochStart } from '../../../history/epoch-grid.js';
import { columnOf } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { viewNow } from '../../input/time-cursor.js';
import { hasNoSay } from '../../../view/wall/endpoint-words.js';
import { instantText, secondText } from '../../../view/wall-clock.js';

/** Narrower panes have no room for the legend. */
const LEAST_FOR_LEGEND = 60;

/** Less than this and the outage is said in short: who, when, how long. */
const ROOM_FOR_WORDS = 56;

/** The newest episode, and how many there were today. False where there was none. */
const drawEpisode = (grid: CellGrid, layout: Layout, end: number, context: ViewContext): boolean => {
  const { styles, glyphs } = context.look;
  const latest = latestEpisode(context);
  if (latest === null) return false;
  const { words, lasts, today } = latest;
  const say = (text: string, rank: number): Piece => ({
    text: printable(text, glyphs.unicode),
    style: styles.text,
    rank,
  });
  drawPieces(grid, layout.textLeft, layout.statusRow, end, [
    { text: lasts ? 'now' : 'before', style: lasts ? styles.alarm : styles.caption, rank: 5 },
    say(words.when, 1),
    say(words.length, 2),
    say(words.whose, 0),
    say(words.who, 7),
    say(words.howBad, 3),
    { text: `today ${counted(today, 'episode')}`, style: styles.caption, rank: 6 },
  ]);
  return true;
};

const drawOutage = (grid: CellGrid, layout: Layout, end: number, context: ViewContext): void => {
  const { history, summaries, verdicts, look, state } = context;
  const { styles, glyphs } = look;
  const now = viewNow(state, context.now);
  if (drawEpisode(grid, layout, end, context)) return;
  // Nobody is told of the outage of a host that never answers.
  const outages = summaries.outages(now).filter(({ endpoint }) => !hasNoSay(verdicts.stateOf(endpoint)));
  const group = newestGroup(outages);
  if (group === null) return;
  const width = end - layout.textLeft;
  const nameOf = (id: number): string => {
    const endpoint = history.endpoints[id];
    const name = endpoint === undefined ? '' : endpointName(endpoint.info, endpoint.address, look).short;
    return truncated(name, Math.max(8, Math.floor(width / 3)), glyphs.ellipsis);
  };
  const words = outageWords(group, now, (at) => localTime(context, at), nameOf);
  const say = (text: string, rank: number, gap = 2): Piece => ({ text, style: styles.text, rank, gap });
  const head: Piece = { text: 'outage', style: styles.alarm, rank: 1 };
  if (width < ROOM_FOR_WORDS) {
    drawPieces(grid, layout.textLeft, layout.statusRow, end, [
      head,
      say(words.who, 2, 1),
      say(words.brief, 0, 1),
      say(words.length, 3),
    ]);
    return;
  }
  const [other, ...others] = stillOut(outages, group);
  const more = others.length > 0 ? `${others.length + 1} endpoints` : other === undefined ? '' : nameOf(other.endpoint);
  drawPieces(grid, layout.textLeft, layout.statusRow, end, [
    head,
    say(words.who, 1, 1),
    say(words.when, 0),
    say(`${words.length}, ${words.probes}`, 3),
    say(printable(words.why, glyphs.unicode), 4),
    say(more === '' ? '' : `${glyphs.separator} still out: ${more}`, 5),
  ]);
};

/** The marks of a column; on the axis the cursor stands in their place. */
const marksIn = ({ history, look }: ViewContext, from: UnixMillis, to: UnixMillis): string => {
  const { glyphs } = look;
  const words = history.marks
    .filter(({ at }) => at >= from && at < to)
    .map(({ text }) => printable(text, glyphs.unicode));
  return words.length === 0 ? '' : `${glyphs.mark} ${words.join(', ')}`.trimEnd();
};

const drawCursorLine = (grid: CellGrid, layout: Layout, end: number, window: Window, context: ViewContext): void => {
  const { state, history, look } = context;
  if (state.cursor === null) return;
  const { styles } = look;
  const index = window.firstIndex + columnOf(window, state.cursor);
  const from = epochStart(window, index);
  const today = localTime(context, viewNow(state, context.now));
  const fromText = instantText(localTime(context, from), today);
  const newest = context.mode === 'replay' ? 'end of the record' : 'now';
  const toText = secondText(localTime(context, from + window.width));
  const after = drawPieces(grid, layout.textLeft, layout.statusRow, end, [
    { text: 'cursor', style: styles.caption, rank: 2 },
    { text: `${fromText} to ${toText}`, style: styles.name, rank: 0, gap: 1 },
    {
      text: from + window.width <= context.now ? `${durationText(context.now - from)} ago` : newest,
      style: styles.caption,
      rank: 1,
    },
    { text: marksIn(context, from, from + window.width), style: styles.notice, rank: 3 },
  ]);
  // One-line strips have no room for the column's numbers: those of the selected endpoint stand here.
  const stats = layout.compact ? history.endpoints[state.selected]?.epochs(window.width, index, 1)[0] : undefined;
  if (stats !== undefined && end - after > 20) drawInspection(grid, after + 2, layout.statusRow, end, stats, look);
};

/** Hints for the keys, right-aligned. Returns the column where they begin. */
const drawHints = (grid: CellGrid, layout: Layout, width: number, context: ViewContext): number => {
  const { look } = context;
  const hints = keyHints(width, look.glyphs.arrows);
  const pieces = hints.flatMap(({ keys, text }): Piece[] => [
    { text: keys, style: look.styles.name, rank: 0 },
    { text, style: look.styles.caption, rank: 0, gap: 1 },
  ]);
  const x = layout.textRight - piecesWidth(pieces);
  drawPieces(grid, x, layout.keysRow, layout.textRight, pieces);
  return x;
};

/** The legend, and as many keys beside it as there is room for. */
const drawKeys = (grid: CellGrid, layout: Layout, context: ViewContext): void => {
  const width = layout.textRight - layout.textLeft;
  const signs = fittingPieces(legend(context.look), Math.floor(width * (layout.columns >= 100 ? 0.5 : 0.45)));
  const used = signs.length === 0 || layout.columns < LEAST_FOR_LEGEND ? 0 : piecesWidth(signs) + 3;
  if (used > 0) drawPieces(grid, layout.textLeft, layout.keysRow, layout.textRight, signs);
  drawHints(grid, layout, width - used, context);
};

const drawMessage = (grid: CellGrid, layout: Layout, end: number, message: string, { look }: ViewContext): void => {
  const { glyphs, styles } = look;
  const text = truncated(printable(message, glyphs.unicode), end - layout.textLeft, glyphs.ellipsis);
  grid.text(layout.textLeft, layout.statusRow, text, styles.notice, end);
};

/** What there is no row for is said in that of the keys. */
const drawShared = (grid: CellGrid, layout: Layout, context: ViewContext): void => {
  const { verdicts, summaries, state, now } = context;
  const width = layout.textRight - layout.textLeft;
  const hasNews = verdicts.episodes.length > 0 || summaries.outages(viewNow(state, now)).length > 0;
  if (layout.columns >= LEAST_FOR_LEGEND || !hasNews) {
    drawKeys(grid, layout, context);
    return;
  }
  const left = drawHints(grid, layout, 6, context);
  drawOutage(grid, layout, Math.min(left - 2, width), context);
};

/** The two rows of episode or cursor and of legend and keys; one row where the pane is low. */
export const drawBottom = (grid: CellGrid, layout: Layout, window: Window, context: ViewContext): void => {
  const { state } = context;
  const isBusy = state.prompt !== null || state.message !== null || state.cursor !== null;
  const isShared = layout.statusRow === layout.keysRow;
  const end = layout.textRight;
  if (isShared && isBusy) grid.text(0, layout.keysRow, ' '.repeat(grid.columns), context.look.styles.text);
  if (!isShared && state.prompt !== null) drawPromptKeys(grid, layout, state.prompt, context);
  else if (!isShared) drawKeys(grid, layout, context);
  else if (!isBusy) {
    if (layout.areKeysShown) drawShared(grid, layout, context);
    return;
  }
  if (state.prompt !== null) {
    drawRefusal(grid, layout, state.prompt, context);
    drawPrompt(grid, layout, end, state.prompt, context);
  } else if (state.message !== null) drawMessage(grid, layout, end, state.message, context);
  else if (state.cursor !== null) drawCursorLine(grid, layout, end, window, context);
  else drawOutage(grid, layout, end, context);
};
