// The lines around the strips: the header on top; below, the last outage or the column under the cursor or a prompt,
// the diagnostics, the key hints.

import type { UnixMillis } from '../../../events/units.js';
import type { CellGrid } from '../../terminal/cells.js';
import { counted, durationText, widthText } from '../../../view/format.js';
import { endpointName } from '../../strips/endpoint-name.js';
import { latestEpisode } from '../shared/episode-line.js';
import { keyHints } from '../../input/keys.js';
import { smallestSize } from './layout.js';
import type { Layout } from './layout.js';
import { drawPieces, piecesWidth } from '../shared/pieces.js';
import type { Piece } from '../shared/pieces.js';
import { drawPrompt, drawPromptKeys, drawRefusal } from '../shared/prompt-view.js';
import { headline, proof, shownVerdict, verdictStyle } from '../shared/verdict-view.js';
import { newestGroup, outageWords, stillOut } from '../../../view/outage-text.js';
import { drawInspection } from '../../strips/strip-header.js';
import { printable, truncated } from '../../../view/text.js';
import { epochStart } from '../../../history/epoch-grid.js';
import { columnOf } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { viewNow } from '../../input/time-cursor.js';
import { instantText, secondText } from '../../../view/wall-clock.js';

/** Beside the verdict the time of day has to wait for this much. */
const LEAST_FOR_CLOCK = 60;
/** So much of the verdict is never given up for what stands beside it. */
const LEAST_HEADLINE = 30;

const lookingBack = (context: ViewContext, window: Window): string => {
  const { state, now } = context;
  const right = epochStart(window, window.firstIndex + window.columns);
  if (state.frozenAt !== null) return `frozen ${secondText(localTime(context, state.frozenAt))}`;
  // Within the newest column there is nothing to go back over.
  return state.right !== null && now - right >= window.width ? `${durationText(now - right)} back` : '';
};

const loading = ({ progress, look }: ViewContext): string => {
  if (progress === null) return '';
  const fraction = progress.fraction === null ? null : Math.max(0, Math.min(1, progress.fraction));
  const width = 12;
  const full = Math.round((fraction ?? 0) * width);
  const bar = look.glyphs.unicode ? '█'.repeat(full) + '░'.repeat(width - full) : '#'.repeat(full).padEnd(width, '.');
  const text = printable(progress.text, look.glyphs.unicode);
  return fraction === null ? text : `${text} ${bar} ${Math.floor(fraction * 100)} %`;
};

/** `intervals` of whoever is shown, see `intervalsText`. */
export const drawTopLine = (
  grid: CellGrid,
  layout: Layout,
  window: Window,
  context: ViewContext,
  intervals: string,
): void => {
  const { state, look, mode } = context;
  const { styles, glyphs } = look;
  const now = viewNow(state, context.now);
  const local = localTime(context, now);
  const clock = mode === 'replay' ? `record to ${instantText(local, localTime(context, 0))}` : secondText(local);
  const clockLeft = layout.textRight - clock.length;
  const clockFits = clockLeft > 12 && (layout.columns >= LEAST_FOR_CLOCK || context.verdicts.verdict === null);
  const hidden = [
    layout.hiddenAbove > 0 ? `${glyphs.more.up}${layout.hiddenAbove}` : '',
    layout.hiddenBelow > 0 ? `${glyphs.more.down}${layout.hiddenBelow}` : '',
  ].join(' ');
  const asides: Piece[] = [
    { text: lookingBack(context, window), style: styles.notice, rank: 1 },
    { text: hidden.trim(), style: styles.notice, rank: 3 },
  ];
  const end = clockFits ? clockLeft - 2 : layout.textRight;
  const verdict = shownVerdict(context);
  if (verdict !== null) {
    const aside = piecesWidth(asides.filter(({ text }) => text !== ''));
    const room = end - layout.textLeft - (aside === 0 ? 0 : aside + 2);
    const text = headline(verdict, Math.max(LEAST_HEADLINE, room), context);
    drawPieces(grid, layout.textLeft, 0, end, [{ text, style: verdictStyle(verdict, look), rank: 0 }, ...asides]);
  } else
    drawPieces(grid, layout.textLeft, 0, end, [
      { text: 'pingem', style: styles.name, rank: 0 },
      ...asides,
      ...plan(window, context, intervals),
    ]);
  if (clockFits) grid.text(clockLeft, 0, clock, styles.number);
};

/** What proves the verdict, and on the right, where there is room, how it is measured. */
export const drawEvidence = (
  grid: CellGrid,
  layout: Layout,
  window: Window,
  context: ViewContext,
  intervals: string,
): void => {
  const verdict = shownVerdict(context);
  if (layout.evidenceRow === null || verdict === null) return;
  const text = proof(verdict, layout.textRight - layout.textLeft, context);
  const x = grid.text(layout.textLeft, layout.evidenceRow, text, context.look.styles.text, layout.textRight);
  let pieces = plan(window, context, intervals).filter((piece) => piece.text !== '');
  const room = layout.textRight - (text === '' ? layout.textLeft : x + 3);
  while (pieces.length > 0 && piecesWidth(pieces) > room) {
    const worst = Math.max(...pieces.map(({ rank }) => rank));
    pieces = pieces.filter(({ rank }) => rank !== worst);
  }
  drawPieces(grid, layout.textRight - piecesWidth(pieces), layout.evidenceRow, layout.textRight, pieces);
};

/** Too few cells for strips: the verdict, in as many words as there are rows, and what would be needed. */
export const drawTooSmall = (grid: CellGrid, context: ViewContext): void => {
  const { styles } = context.look;
  const verdict = shownVerdict(context);
  const { columns, rows } = smallestSize;
  const lines =
    verdict === null ? [] : [headline(verdict, grid.columns, context), proof(verdict, grid.columns, context)];
  for (const [y, line] of lines.entries()) {
    grid.text(0, y, line, y === 0 && verdict !== null ? verdictStyle(verdict, context.look) : styles.text);
  }
  grid.text(0, lines.length, 'needs at least', styles.text);
  grid.text(0, lines.length + 1, `${columns}x${rows}`, styles.text);
};

/** How it is measured and shown. */
const plan = (window: Window, context: ViewContext, intervals: string): Piece[] => {
  const { history, state, look, mode } = context;
  const { info } = history;
  const now = viewNow(state, context.now);
  const from = Math.max(epochStart(window, window.firstIndex), history.firstAt ?? now);
  const to = Math.min(epochStart(window, window.firstIndex + window.columns), now);
  const quiet = (text: string, rank: number, gap = 3): Piece => ({ text, style: look.styles.caption, rank, gap });
  return [
    quiet(mode === 'replay' ? 'replay' : '', 4, 2),
    quiet(intervals === '' ? '' : `every ${intervals}`, 6, 2),
    quiet(`epoch ${widthText(state.width)}`, 2),
    quiet(state.scale === 'own' ? '' : `${state.scale} scale`, 5),
    quiet(to > from ? `${durationText(to - from)} on screen` : '', 7),
    quiet(`${info.clock} clock`, 8),
  ];
};

export const drawNotice = (grid: CellGrid, layout: Layout, context: ViewContext): void => {
  if (layout.noticeRow === null) return;
  const { look, notice } = context;
  const { glyphs, styles } = look;
  const text = notice === null ? loading(context) : printable(notice, glyphs.unicode);
  const width = layout.textRight - layout.textLeft;
  grid.text(layout.textLeft, layout.noticeRow, truncated(text, width, glyphs.ellipsis), styles.notice);
};

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
  const { history, summaries, look, state } = context;
  const { styles, glyphs } = look;
  const now = viewNow(state, context.now);
  if (drawEpisode(grid, layout, end, context)) return;
  const outages = summaries.outages(now);
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

/** Draws hints right-aligned or left-aligned, and returns the column where they begin. */
const drawHints = (grid: CellGrid, layout: Layout, width: number, context: ViewContext, right: boolean): number => {
  const { look } = context;
  const hints = keyHints(width, look.glyphs.arrows);
  const pieces = hints.flatMap(({ keys, text }): Piece[] => [
    { text: keys, style: look.styles.name, rank: 0 },
    { text, style: look.styles.caption, rank: 0, gap: 1 },
  ]);
  const x = right ? layout.textRight - piecesWidth(pieces) : layout.textLeft;
  drawPieces(grid, x, layout.keysRow, layout.textRight, pieces);
  return x;
};

const drawMessage = (grid: CellGrid, layout: Layout, end: number, message: string, { look }: ViewContext): void => {
  const { glyphs, styles } = look;
  const text = truncated(printable(message, glyphs.unicode), end - layout.textLeft, glyphs.ellipsis);
  grid.text(layout.textLeft, layout.statusRow, text, styles.notice, end);
};

/** The two rows of outage or cursor and of key hints; one row where the pane is low. */
export const drawBottom = (grid: CellGrid, layout: Layout, window: Window, context: ViewContext): void => {
  const { state } = context;
  const busy = state.prompt !== null || state.message !== null || state.cursor !== null;
  const shared = layout.statusRow === layout.keysRow;
  const width = layout.textRight - layout.textLeft;
  let end = layout.textRight;
  if (!shared && state.prompt !== null) drawPromptKeys(grid, layout, state.prompt, context);
  else if (!shared) drawHints(grid, layout, width, context, false);
  else if (!busy) {
    const outage =
      context.verdicts.episodes.length > 0 || context.summaries.outages(viewNow(state, context.now)).length > 0;
    const left = drawHints(grid, layout, outage ? (width >= 60 ? 16 : 6) : width, context, outage);
    if (!outage) return;
    end = left - 2;
  }
  if (state.prompt !== null) {
    drawRefusal(grid, layout, state.prompt, context);
    drawPrompt(grid, layout, end, state.prompt, context);
  } else if (state.message !== null) drawMessage(grid, layout, end, state.message, context);
  else if (state.cursor !== null) drawCursorLine(grid, layout, end, window, context);
  else drawOutage(grid, layout, end, context);
};
