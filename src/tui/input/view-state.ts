// What the user is looking at, and how keys change it. Immutable values and pure functions. Places in time are kept
// as instants, not as column numbers: so they stay where they are when the width changes, when new epochs come, and
// when the wall clock steps. docs/decisions/0033 tells why.

import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { FIRST_WIDTH } from './first-widths.js';
import { parseGoTo } from '../../view/go-to-time.js';
import type { Action } from './keys.js';
import { ask, askAboutEndpoint, select, toggleRemoved } from './endpoint-actions.js';
import { goPrompt, markPrompt, promptAnswered, promptKey } from './prompt.js';
import type { Prompt } from './prompt.js';
import type { EndpointRequest, RunAnswer } from '../../view/run-command.js';
import { scaleKinds } from '../../view/wall/scale.js';
import type { ScaleKind } from '../../view/wall/scale.js';
import { actOnDays } from './days-keys.js';
import type { DaysMetrics, DaysPlace } from './days-keys.js';
import { actOnEpisodes, actOnHelp, FIRST_LIST } from './list-keys.js';
import type { ListState } from './list-keys.js';
import { actOnPath, NO_PATHS, pathAnswered, pathKey } from './path-keys.js';
import type { PathMetrics, PathState } from './path-keys.js';
import { leaveCursor, lookAt, moveCursor, toNewest, withWidth } from './time-cursor.js';
import { printable } from '../../view/text.js';
import { localOf, wallOf } from '../../view/wall-clock.js';
import type { Zone } from '../../view/wall-clock.js';

export type Page = 'wall' | 'details' | 'path' | 'episodes' | 'days' | 'help';

/** What the strip of the details shows; `lines`: p50 and p95 as lines instead of bars. */
export const METRICS = ['rtt', 'loss', 'jitter', 'lines'] as const;

export type Metric = (typeof METRICS)[number];

export type ViewState = PathState & {
  width: Millis;
  /** Whether the width goes by the length of the history, as nobody has chosen one yet. */
  widthFollows: boolean;
  scale: ScaleKind;
  /** In which order the endpoints are. */
  sort: 'given' | 'worst';
  page: Page;
  selected: EndpointId;
  /** Whether the user has chosen an endpoint yet: the sign beside its name is shown from then on. */
  selectionShown: boolean;
  frozenAt: UnixMillis | null;
  /** An instant in the column under the cursor. */
  cursor: UnixMillis | null;
  /** An instant in the rightmost column; null: the newest. */
  right: UnixMillis | null;
  list: ListState;
  /** The cell of the days that is chosen; null: the newest. */
  daysPlace: DaysPlace | null;
  /** Whose days are shown; null: those of all. */
  daysOf: EndpointId | null;
  metric: Metric;
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
  /** An endpoint that would tell whose fault it is, as it is typed; empty for none. */
  suggested: string;
  hasRemoved: boolean;
  /** Null where no endpoint is selected. */
  path: PathMetrics | null;
  zone: Zone;
  mode: 'live' | 'replay';
  /** Lines of the list on this page, how many of them are visible, and which instant each is about. */
  list: {
    length: number;
    visible: number;
    instantOf: (line: number) => UnixMillis | null;
    /** The episode that a line opens; null where it has nothing to open. */
    opens: (line: number) => number | null;
    /** Where the episode of a line will be once the outages of `opened` are listed and no others. */
    lineWith: (line: number, opened: number | null) => number;
  };
  /** On the page of days. */
  days: DaysMetrics | null;
};

export type Effect =
  | { type: 'quit'; leaving: boolean }
  | { type: 'repaint' }
  | { type: 'mark'; text: string; at: UnixMillis }
  | EndpointRequest;

export type Step = { state: ViewState; effect: Effect | null };

/** `width` null: what the history takes. */
export const initialState = (width: Millis | null, page: Page = 'wall'): ViewState => ({
  width: width ?? FIRST_WIDTH,
  widthFollows: width === null,
  scale: 'ladder',
  sort: 'given',
  page,
  selected: 0,
  selectionShown: false,
  frozenAt: null,
  cursor: null,
  right: null,
  list: FIRST_LIST,
  daysPlace: null,
  daysOf: null,
  metric: 'rtt',
  ...NO_PATHS,
  diagnosticsShown: false,
  prompt: null,
  removedShown: true,
  requests: 0,
  message: null,
});

const open = (state: ViewState, page: Page): ViewState => ({
  ...state,
  page: state.page === page ? 'wall' : page,
  list: { ...state.list, line: 0, opened: null },
});

const goBack = (state: ViewState, m: ViewMetrics): ViewState => {
  if (state.page !== 'wall') return { ...state, page: 'wall' };
  if (state.cursor !== null && m.mode === 'live') return leaveCursor(state);
  return { ...state, frozenAt: null };
};

const nextMetric = (metric: Metric): Metric => METRICS[(METRICS.indexOf(metric) + 1) % METRICS.length] ?? 'rtt';

const nextScale = (scale: ScaleKind): ScaleKind =>
  scaleKinds[(scaleKinds.indexOf(scale) + 1) % scaleKinds.length] ?? 'ladder';

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
    case 'episodes':
      return open(state, 'episodes');
    case 'days':
      return { ...open(state, 'days'), daysPlace: null };
    case 'next':
      return state.page === 'details' ? { ...state, metric: nextMetric(state.metric) } : state;
    case 'help':
      return open(state, 'help');
    case 'back':
      return goBack(state, m);
    case 'scale':
      return { ...state, scale: nextScale(state.scale) };
    case 'sort':
      return { ...state, sort: state.sort === 'given' ? 'worst' : 'given' };
    case 'freeze':
      return { ...state, frozenAt: state.frozenAt === null ? m.now : null };
    case 'diagnostics':
      return { ...state, diagnosticsShown: !state.diagnosticsShown };
    case 'path':
    case 'repaint':
    case 'quit':
    case 'leave':
      return state;
  }
};

/** Keys that mean something else on the pages that aren't strips. */
const actOnPage = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null => {
  switch (state.page) {
    case 'help':
      return actOnHelp(state, action, m);
    case 'episodes':
      return actOnEpisodes(state, action, m);
    case 'days':
      return actOnDays(state, action, m);
    case 'path':
      return actOnPath(state, action, m);
    case 'wall':
    case 'details':
      return null;
  }
};

const effectOf = (action: Action): Effect | null => {
  if (action === 'repaint') return { type: 'repaint' };
  return action === 'quit' || action === 'leave' ? { type: 'quit', leaving: action === 'leave' } : null;
};

export const applyAction = (before: ViewState, action: Action, m: ViewMetrics): Step => {
  const state = { ...before, message: null };
  if (action === 'path') return pathKey(state, m);
  return { state: actOnPage(state, action, m) ?? act(state, action, m), effect: effectOf(action) };
};

const goTo = (state: ViewState, text: string, m: ViewMetrics): ViewState => {
  const nowLocal = localOf(m.now + m.clockOffset, m.zone);
  const local = parseGoTo(text, nowLocal);
  if (local === null) return { ...state, message: 'not a time: try 14:30, yesterday 22:00, -2h' };
  const at = wallOf(local, m.zone) - m.clockOffset;
  const moved = lookAt({ ...state, page: 'wall' }, m, at);
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
      return { state, effect: { type: 'quit', leaving: false } };
    case 'go':
      return { state: goTo(closed, step.text, m), effect: null };
    case 'mark':
      return { state: closed, effect: step };
    case 'asked':
      return { state: { ...state, prompt: step.prompt, requests: state.requests + 1 }, effect: step.request };
  }
};

/** What is pasted is typed into the prompt; elsewhere it would be keys that nobody meant, and it confirms nothing. */
export const pasteIntoPrompt = (state: ViewState, text: string, m: ViewMetrics): ViewState => {
  if (state.prompt === null || state.prompt.kind === 'remove') return state;
  const typed = Array.from(printable(text.trim(), true));
  return typed.reduce((next, char) => typeIntoPrompt(next, '', char, m).state, state);
};

/** The run has carried out what it was asked, or says why not. */
export const takeAnswer = (state: ViewState, answer: RunAnswer): ViewState => {
  const prompt = promptAnswered(state.prompt, answer);
  if (prompt === undefined) return pathAnswered(state, answer) ?? state;
  return { ...state, prompt, message: prompt === null ? answer.text : null };
};
