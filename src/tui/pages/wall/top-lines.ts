// The lines on top of every page with strips: whose fault it is and what a call would be like, what proves it, warnings.

import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import { headlineParts, isCalm } from '../../../diagnosis/wording/verdict-words.js';
import type { VerdictEvent } from '../../../events/verdict.js';
import { epochStart } from '../../../history/epoch-grid.js';
import { durationText, widthText } from '../../../view/format.js';
import { printable, textWidth, truncated, wrapped } from '../../../view/text.js';
import type { Window } from '../../../view/time-axis.js';
import { instantText, minuteText, secondText } from '../../../view/wall-clock.js';
import { callWords } from '../../../view/wall/call-words.js';
import { badness } from '../../../view/wall/endpoint-words.js';
import { viewNow } from '../../input/time-cursor.js';
import { styleOf } from '../../terminal/cells.js';
import type { CellGrid } from '../../terminal/cells.js';
import { lastEnded } from '../shared/episode-line.js';
import { drawPieces, piecesWidth } from '../shared/pieces.js';
import type { Piece } from '../shared/pieces.js';
import { headline, proof, shownVerdict, verdictStyle } from '../shared/verdict-view.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import type { Layout } from './layout.js';

/** On narrower panes the second line goes on with what the first has begun. */
const WIDE = 60;
/** Here there is no room for anything beside the verdict. */
const NARROW = 32;
/** Here there is room for every word. */
const ROOMY = 100;
/** So much of the verdict is never given up for what stands beside it. */
const LEAST_HEADLINE = 12;

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

/** `↓12, 1 bad`: those for whom there is no room, and whether that matters. */
const hiddenText = ({ hiddenAbove, hiddenBelow }: Layout, { look, verdicts }: ViewContext): string => {
  const { more } = look.glyphs;
  const side = (sign: string, ids: readonly number[]): string => (ids.length === 0 ? '' : `${sign}${ids.length}`);
  const hidden = [...hiddenAbove, ...hiddenBelow];
  const bad = hidden.filter((id) => badness(verdicts.stateOf(id)) > 0).length;
  const counts = [side(more.up, hiddenAbove), side(more.down, hiddenBelow)].filter((text) => text !== '').join(' ');
  return bad === 0 ? counts : `${counts}, ${bad} bad`;
};

/** What a call would be like now; of the past nothing is known. */
const callText = (verdict: VerdictEvent, { verdicts, state }: ViewContext, columns: number): string => {
  if (state.frozenAt !== null || state.right !== null || columns < NARROW) return '';
  const wordings = callWords(verdict, verdicts.quality);
  return (columns >= ROOMY ? wordings[0] : columns >= WIDE ? wordings[1] : wordings.at(-1)) ?? '';
};

/** A sign in the colour of how bad it is. */
const drawSign = (grid: CellGrid, { code }: VerdictEvent, { look }: ViewContext): void => {
  const { glyphs, bar, styles } = look;
  const style =
    code === 'starting' || code === 'not-collecting'
      ? styles.faint
      : styleOf(code === 'fine' ? bar.good : code === 'unclear' ? bar.warn : bar.bad);
  grid.put(0, 0, glyphs.verdict, style);
};

/** Where all is well: what ended last, in the first wording that there is room for. */
const endedText = (verdict: VerdictEvent, room: number, context: ViewContext): string => {
  if (verdict.code !== 'fine') return '';
  const ended = lastEnded(context);
  if (ended === null) return '';
  const { words, to } = ended;
  const at = minuteText(localTime(context, to));
  const texts = [
    `before: ${words.whose}, ${words.length}, till ${at}`,
    `before: ${words.whose}, ${words.length}`,
    `before: ${words.whose}`,
  ];
  return printable(texts.find((text) => textWidth(text) <= room) ?? '', context.look.glyphs.unicode);
};

/** `hasSecond`: since when and how bad is said in a line of its own. */
const narrowHeadline = (verdict: VerdictEvent, room: number, hasSecond: boolean, context: ViewContext): string => {
  const { state, look } = context;
  const now = viewNow(state, context.now);
  const clock = (at: number): string => minuteText(localTime(context, at));
  const { whose, symptom, since } = headlineParts(verdict, { columns: room, clock, lasting: null });
  const { word } = CODE_WORDS[verdict.code];
  const lasting = verdict.code === 'fine' ? ` (${durationText(now - verdict.since)})` : '';
  const short = isCalm(verdict) ? word : word.toUpperCase();
  const dated = (text: string): string[] =>
    since === '' ? [text] : [`${text} ${since}${lasting}`, `${text} ${since}`, text];
  const wordings =
    isCalm(verdict) || !hasSecond
      ? [...dated(whose).slice(0, 2), ...dated(short)]
      : [`${whose}${symptom === '' ? '' : `: ${symptom}`}`, whose, short];
  const texts = wordings.map((text) => printable(text, look.glyphs.unicode));
  return texts.find((text) => textWidth(text) <= room) ?? truncated(word, room, look.glyphs.ellipsis);
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
  const { styles } = look;
  const now = viewNow(state, context.now);
  const local = localTime(context, now);
  const isWide = layout.columns >= WIDE;
  const verdict = shownVerdict(context);
  const clock = mode === 'replay' ? `record to ${instantText(local, localTime(context, 0))}` : secondText(local);
  const clockFits = isWide || (verdict === null && layout.columns >= 30);
  const right: Piece[] = [
    { text: verdict === null ? '' : callText(verdict, context, layout.columns), style: styles.text, rank: 1 },
    { text: clockFits ? clock : '', style: styles.number, rank: 0, gap: 3 },
  ];
  const shown = right.filter(({ text }) => text !== '');
  const rightLeft = layout.textRight - piecesWidth(shown);
  drawPieces(grid, rightLeft, 0, layout.textRight, shown);
  const end = shown.length === 0 ? layout.textRight : rightLeft - 2;
  const asides: Piece[] = [
    { text: lookingBack(context, window), style: styles.notice, rank: 1 },
    { text: hiddenText(layout, context), style: styles.notice, rank: 3 },
  ];
  if (verdict === null) {
    const pieces = [{ text: 'pingem', style: styles.name, rank: 0 }, ...asides, ...plan(context, intervals)];
    drawPieces(grid, layout.textLeft, 0, end, pieces);
    return;
  }
  drawSign(grid, verdict, context);
  const aside = piecesWidth(asides.filter(({ text }) => text !== ''));
  const room = Math.max(LEAST_HEADLINE, end - layout.textLeft - (aside === 0 ? 0 : aside + 2));
  const text = isWide
    ? headline(verdict, room, context)
    : narrowHeadline(verdict, room, layout.evidenceRow !== null, context);
  const ended = endedText(verdict, room - textWidth(text) - 3, context);
  drawPieces(grid, layout.textLeft, 0, end, [
    { text, style: verdictStyle(verdict, look), rank: 0 },
    { text: isWide ? ended : '', style: styles.caption, rank: 5, gap: 3 },
    ...asides,
  ]);
};

/** On a narrow pane: since when and how bad, or what ended last. */
const narrowEvidence = (verdict: VerdictEvent, room: number, context: ViewContext): string => {
  const now = viewNow(context.state, context.now);
  if (isCalm(verdict)) return endedText(verdict, room, context);
  const clock = (at: number): string => instantText(localTime(context, at), localTime(context, now));
  const { since, length, symptom } = headlineParts(verdict, { columns: room, clock, lasting: now - verdict.since });
  const texts = [`${since} ${length} ${symptom}`, `${since} ${symptom}`, `${since} ${length}`, since];
  return texts.find((text) => text.length <= room) ?? '';
};

/** What proves the verdict, and on the right, where there is room, how it is measured. */
export const drawEvidence = (grid: CellGrid, layout: Layout, context: ViewContext, intervals: string): void => {
  const verdict = shownVerdict(context);
  if (layout.evidenceRow === null || verdict === null) return;
  const { textLeft, textRight } = layout;
  const width = textRight - textLeft;
  const text = layout.columns < WIDE ? narrowEvidence(verdict, width, context) : proof(verdict, width, context);
  const x = grid.text(textLeft, layout.evidenceRow, text, context.look.styles.text, textRight);
  let pieces = plan(context, intervals).filter((piece) => piece.text !== '');
  const room = textRight - (text === '' ? textLeft : x + 3);
  while (pieces.length > 0 && piecesWidth(pieces) > room) {
    const worst = Math.max(...pieces.map(({ rank }) => rank));
    pieces = pieces.filter(({ rank }) => rank !== worst);
  }
  drawPieces(grid, textRight - piecesWidth(pieces), layout.evidenceRow, textRight, pieces);
};

/** Too few cells for strips: the verdict, in as many words as there is room for. */
export const drawTooSmall = (grid: CellGrid, context: ViewContext): void => {
  const verdict = shownVerdict(context);
  if (verdict === null) {
    grid.text(0, 0, 'pingem', context.look.styles.name);
    return;
  }
  const first = headline(verdict, grid.columns, context);
  grid.text(0, 0, first, verdictStyle(verdict, context.look));
  const lines = wrapped(proof(verdict, grid.columns * Math.max(0, grid.rows - 1), context), grid.columns);
  for (const [i, line] of lines.entries()) grid.text(0, i + 1, line, context.look.styles.text);
};

/** How it is measured and shown. */
const plan = (context: ViewContext, intervals: string): Piece[] => {
  const { state, look, mode } = context;
  const quiet = (text: string, rank: number, gap = 3): Piece => ({ text, style: look.styles.caption, rank, gap });
  return [
    quiet(mode === 'replay' ? 'replay' : '', 4, 2),
    quiet(intervals === '' ? '' : `every ${intervals}`, 6, 2),
    quiet(`epoch ${widthText(state.width)}`, 2),
    quiet(state.scale === 'ladder' ? '' : `${state.scale} scale`, 5),
    quiet(state.sort === 'given' ? '' : 'worst first', 5),
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
