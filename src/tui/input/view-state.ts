// What the user is looking at, and how keys change it. Immutable values and pure functions. Places in time are kept
// as instants, not as column numbers: so they stay where they are when the width changes, when new epochs come, and
// when the wall clock steps. docs/decisions/0033 tells why.

import { nextEpochWidth } from '../../history/epoch-widths.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { FIRST_WIDTH } from './first-widths.js';
import { parseGoTo } from '../../view/go-to-time.js';
import type { Action } from './keys.js';
import { ask, askAboutEndpoint, select, toggleRemoved } from './endpoint-actions.js';
import { goPrompt, markPrompt, promptAnswered, promptKey } from './prompt.js';
import type { Prompt } from './prompt.js';
import type { EndpointRequest, RunAnswer } from '../../view/run-command.js';
import { scaleKinds } from '../../view/scale.js';
import type { ScaleKind } from '../../view/scale.js';
import { epochIndexAt } from '../../history/epoch-grid.js';
import { localOf, wallOf } from '../../view/wall-clock.js';
import type { Zone } from '../../view/wall-clock.js';

export type Page = 'wall' | 'details' | 'outages' | 'help';

export type ViewState = {
  width: Millis;
  /** Whether the width goes by the length of the history, as nobody has chosen one yet. */
  widthFollows: boolean;
  scale: ScaleKind;
  page: Page;
  selected: EndpointId;
  /** Whether the user has chosen an endpoint yet: the sign beside its name is shown from then on. */
  selectionShown: boolean;
  frozenAt: UnixMillis | null;
  /** An instant in the column under the cursor. */
  cursor: UnixMillis | null;
  /** An instant in the rightmost column; null: the newest. */
  right: UnixMillis | null;
  /** First line shown of the help, selected line of the list of episodes. */
  line: number;
  /** The episode whose outages are listed below it, by its number; null: none. */
  opened: number | null;
  diagnosticsShown: boolean;
  prompt: Prompt | null;
  /** Whether the strips of endpoints that have been removed are shown. */
  removedShown: boolean;
  /** How many requests the user has made of the run. */
  requests: number;
  /** Said until the next key. */
  message: string | null;
};

export type ViewMetrics = {
  now: UnixMillis;
  firstAt: UnixMillis | null;
  clockOffset: Millis;
  chartColumns: number;
  /** Who has a strip, from top to bottom. */
  shown: readonly EndpointId[];
  /** The selected one; null where there is none. `text`: as it is, in the grammar of the command line. */
  endpoint: { id: EndpointId; label: string; text: string; isRemoved: boolean } | null;
  hasRemoved: boolean;
  zone: Zone;
  mode: 'live' | 'replay';
  /** Lines of the list on this page, how many of them are visible, and which instant each is about. */
  list: {
    length: number;
    visible: number;
    instantOf: (line: number) => UnixMillis | null;
    /** The episode that a line opens; null where it has nothing to open. */
    opens: (line: number) => number | null;
  };
};

export type Effect =
  { type: 'quit' } | { type: 'repaint' } | { type: 'mark'; text: string; at: UnixMillis } | EndpointRequest;

export type Step = { state: ViewState; effect: Effect | null };

/** `width` null: what the history takes. */
export const initialState = (width: Millis | null): ViewState => ({
  width: width ?? FIRST_WIDTH,
  widthFollows: width === null,
  scale: 'own',
  page: 'wall',
  selected: 0,
  selectionShown: false,
  frozenAt: null,
  cursor: null,
  right: null,
  line: 0,
  opened: null,
  diagnosticsShown: false,
  prompt: null,
  removedShown: true,
  requests: 0,
  message: null,
});

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** What "now" is for the view: the instant at which it was frozen, or the present. */
export const viewNow = (state: ViewState, now: UnixMillis): UnixMillis => state.frozenAt ?? now;

export const rightIndex = (state: ViewState, now: UnixMillis, clockOffset: Millis): number =>
  epochIndexAt(state.right ?? viewNow(state, now), state.width, clockOffset);

type Range = { oldest: number; newest: number };

const indexRange = (state: ViewState, m: ViewMetrics): Range => {
  const newest = epochIndexAt(viewNow(state, m.now), state.width, m.clockOffset);
  const oldest = m.firstAt === null ? newest : epochIndexAt(m.firstAt, state.width, m.clockOffset);
  return { oldest: Math.min(oldest, newest), newest };
};

const middleOf = (index: number, state: ViewState, m: ViewMetrics): UnixMillis =>
  (index + 0.5) * state.width - m.clockOffset;

/** Puts the cursor on a column, and moves the window no further than it must to show it. */
const placeCursor = (state: ViewState, m: ViewMetrics, index: number, wantedRight: number): ViewState => {
  const { oldest, newest } = indexRange(state, m);
  const target = clamp(index, oldest, newest);
  const right = clamp(clamp(wantedRight, target, target + m.chartColumns - 1), target, Math.max(target, newest));
  return { ...state, cursor: middleOf(target, state, m), right: middleOf(right, state, m) };
};

const moveCursor = (state: ViewState, m: ViewMetrics, columns: number, windowToo: boolean): ViewState => {
  const right = rightIndex(state, m.now, m.clockOffset);
  const from = state.cursor === null ? right : epochIndexAt(state.cursor, state.width, m.clockOffset);
  const { oldest, newest } = indexRange(state, m);
  const lowestRight = Math.min(newest, oldest + m.chartColumns - 1);
  const wantedRight = windowToo ? clamp(right + columns, lowestRight, newest) : right;
  return placeCursor(state, m, from + columns, wantedRight);
};

/** The cursor on the column of an instant, in the middle of the window. */
const lookAt = (state: ViewState, m: ViewMetrics, at: UnixMillis): ViewState => {
  const index = epochIndexAt(at, state.width, m.clockOffset);
  return placeCursor({ ...state, page: 'wall' }, m, index, index + Math.floor(m.chartColumns / 2));
};

const leaveCursor = (state: ViewState): ViewState => ({ ...state, cursor: null, right: null });

const toNewest = (state: ViewState, m: ViewMetrics): ViewState => {
  const live = leaveCursor({ ...state, frozenAt: null });
  return m.mode === 'live' ? live : { ...live, cursor: m.now };
};

/** Another width; the column under the cursor stays where it is on the screen. */
const withWidth = (state: ViewState, m: ViewMetrics, direction: 1 | -1): ViewState => {
  const width = nextEpochWidth(state.width, direction);
  const next = { ...state, width, widthFollows: false };
  if (state.cursor === null || state.right === null) return next;
  const before = rightIndex(state, m.now, m.clockOffset) - epochIndexAt(state.cursor, state.width, m.clockOffset);
  const index = epochIndexAt(state.cursor, width, m.clockOffset);
  // The instant itself is kept, so that going wider and narrower again comes back to the same column.
  return { ...placeCursor(next, m, index, index + before), cursor: state.cursor };
};

const moveLine = (state: ViewState, m: ViewMetrics, by: number): ViewState => {
  const last = state.page === 'help' ? m.list.length - m.list.visible : m.list.length - 1;
  return { ...state, line: clamp(state.line + by, 0, Math.max(0, last)) };
};

const open = (state: ViewState, page: Page): ViewState =>
  state.page === page ? { ...state, page: 'wall', line: 0 } : { ...state, page, line: 0 };

const goBack = (state: ViewState, m: ViewMetrics): ViewState => {
  if (state.page !== 'wall') return { ...state, page: 'wall', line: 0 };
  if (state.cursor !== null && m.mode === 'live') return leaveCursor(state);
  return { ...state, frozenAt: null };
};

const followLine = (state: ViewState, m: ViewMetrics): ViewState => {
  const opened = m.list.opens(state.line);
  // What is open above may have gone from there: the line stays on the episode.
  if (opened !== null) return { ...state, opened, line: state.line };
  const at = m.list.instantOf(state.line);
  return at === null ? state : lookAt({ ...state, line: 0 }, m, at);
};

/** Keys that mean something else on the pages that are lists. */
const actOnList = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null => {
  switch (action) {
    case 'up':
      return moveLine(state, m, -1);
    case 'down':
      return moveLine(state, m, 1);
    case 'page-left':
      return moveLine(state, m, -m.list.visible);
    case 'page-right':
      return moveLine(state, m, m.list.visible);
    case 'oldest':
      return moveLine(state, m, -Infinity);
    case 'newest':
      return moveLine(state, m, Infinity);
    case 'details':
      return state.page === 'outages' ? followLine(state, m) : goBack(state, m);
    default:
      return null;
  }
};

const nextScale = (scale: ScaleKind): ScaleKind =>
  scaleKinds[(scaleKinds.indexOf(scale) + 1) % scaleKinds.length] ?? 'own';

const act = (state: ViewState, action: Action, m: ViewMetrics): ViewState => {
  switch (action) {
    case 'wider':
      return withWidth(state, m, 1);
    case 'narrower':
      return withWidth(state, m, -1);
    case 'left':
      return moveCursor(state, m, -1, false);
    case 'right':
      return moveCursor(state, m, 1, false);
    case 'page-left':
      return moveCursor(state, m, -m.chartColumns, true);
    case 'page-right':
      return moveCursor(state, m, m.chartColumns, true);
    case 'oldest':
      return moveCursor(state, m, -Number.MAX_SAFE_INTEGER, false);
    case 'newest':
      return toNewest(state, m);
    case 'go':
      return { ...state, page: 'wall', prompt: goPrompt() };
    case 'mark':
      if (m.mode === 'replay') return { ...state, message: 'a replay takes no marks: its record is only read' };
      return ask(state, markPrompt(state.cursor ?? m.now));
    case 'add':
    case 'edit':
    case 'remove':
      return askAboutEndpoint(state, action, m);
    case 'removed':
      return toggleRemoved(state, m);
    case 'up':
      return select(state, m, -1);
    case 'down':
      return select(state, m, 1);
    case 'details':
      return { ...open(state, 'details'), selectionShown: true };
    case 'outages':
      return open(state, 'outages');
    case 'help':
      return open(state, 'help');
    case 'back':
      return goBack(state, m);
    case 'scale':
      return { ...state, scale: nextScale(state.scale) };
    case 'freeze':
      return { ...state, frozenAt: state.frozenAt === null ? m.now : null };
    case 'diagnostics':
      return { ...state, diagnosticsShown: !state.diagnosticsShown };
    case 'repaint':
    case 'quit':
      return state;
  }
};

export const applyAction = (before: ViewState, action: Action, m: ViewMetrics): Step => {
  const state = { ...before, message: null };
  const onList = state.page === 'help' || state.page === 'outages' ? actOnList(state, action, m) : null;
  const effect: Effect | null = action === 'quit' || action === 'repaint' ? { type: action } : null;
  return { state: onList ?? act(state, action, m), effect };
};

const goTo = (state: ViewState, text: string, m: ViewMetrics): ViewState => {
  const nowLocal = localOf(m.now + m.clockOffset, m.zone);
  const local = parseGoTo(text, nowLocal);
  if (local === null) return { ...state, message: 'not a time: try 14:30, yesterday 22:00, -2h' };
  const at = wallOf(local, m.zone) - m.clockOffset;
  const moved = lookAt(state, m, at);
  if (m.firstAt !== null && at < m.firstAt) return { ...moved, message: 'before the beginning' };
  return at > m.now ? { ...moved, message: 'not yet' } : moved;
};

/** A key while a prompt is open. `char`: what it types, null where it types nothing. */
export const typeIntoPrompt = (state: ViewState, key: string, char: string | null, m: ViewMetrics): Step => {
  if (state.prompt === null) return { state, effect: null };
  const step = promptKey(state.prompt, key, char, `screen ${state.requests}`);
  const closed: ViewState = { ...state, prompt: null };
  switch (step.type) {
    case 'open':
      return { state: step.prompt === state.prompt ? state : { ...state, prompt: step.prompt }, effect: null };
    case 'cancelled':
      return { state: closed, effect: null };
    case 'quit':
      return { state, effect: { type: 'quit' } };
    case 'go':
      return { state: goTo(closed, step.text, m), effect: null };
    case 'mark':
      return { state: closed, effect: step };
    case 'asked':
      return { state: { ...state, prompt: step.prompt, requests: state.requests + 1 }, effect: step.request };
  }
};

/** The run has carried out what it was asked, or says why not. */
export const takeAnswer = (state: ViewState, answer: RunAnswer): ViewState => {
  const prompt = promptAnswered(state.prompt, answer);
  if (prompt === undefined) return state;
  return { ...state, prompt, message: prompt === null ? answer.text : null };
};
