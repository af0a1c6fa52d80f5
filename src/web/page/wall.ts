// The wall: a strip for each endpoint, all on one time axis, the row of faults above them and the last two days below. It
// shows what it is given; what there is to be seen of it, it hands back.

import type { EndpointId, UnixMillis } from '../../events/units.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import { epochStart } from '../../history/epoch-grid.js';
import { scalesFor } from '../../view/wall/scale.js';
import type { ScaleKind } from '../../view/wall/scale.js';
import { columnOf, windowFrom } from '../../view/time-axis.js';
import type { Window } from '../../view/time-axis.js';
import { bandOf, usualOf } from '../../view/wall/column-band.js';
import { isSilent } from '../../view/wall/endpoint-words.js';
import { collectedColumns, faultRuns } from '../../view/wall/fault-runs.js';
import { ScaleLadder } from '../../view/wall/scale-ladder.js';
import { systemZone } from '../../view/wall-clock.js';
import type { WireEndpoint } from '../wire/answers.js';
import { drawAxis, drawFaults } from './canvas/axis-painter.js';
import { chartArea } from './canvas/chart-area.js';
import type { ChartArea } from './canvas/chart-area.js';
import type { Colours } from './canvas/colours.js';
import { StripPainter } from './canvas/strip-painter.js';
import { surfaceOf } from './canvas/surface.js';
import type { Session } from './data/session.js';
import { byId, setAttribute } from './parts/dom.js';
import { figuresOfColumn, figuresOfNow } from './parts/figures.js';
import { Strip } from './parts/strip.js';
import { stateText } from './parts/state-text.js';
import { stripWords } from './parts/strip-words.js';
import { faultWords } from './parts/fault-words.js';

export type WallState = {
  readonly window: Window;
  readonly scale: ScaleKind;
  readonly selected: EndpointId | null;
  /** This one alone is shown, above its details; null: all are. */
  readonly only: EndpointId | null;
  /** Column of the window whose numbers are shown, null where those of now are. */
  readonly cursor: number | null;
  /** What the columns are: as long as they follow now, the same. */
  readonly place: string;
  readonly timeText: (at: UnixMillis) => string;
};

/** In pixels of the style sheet: of the canvas alone. */
const [LOWEST_STRIP, HIGHEST_STRIP] = [44, 150];
/** A name and its numbers. */
const HEAD = 28;
/** The state, and what is between it, the name and the address; in characters. */
const BESIDE_NAMES = 13;
/** Between and below the parts of the page. */
const MARGINS = 30;

export class Wall {
  readonly #faults = byId('faults') as HTMLCanvasElement;
  readonly #axis = byId('axis') as HTMLCanvasElement;
  readonly #list = byId('strips');
  readonly #strips = new Map<EndpointId, Strip>();
  readonly #onOpen: (id: EndpointId) => void;
  readonly #ladder = new ScaleLadder();
  #describedAt = 0;
  #area: ChartArea = chartArea(0, 1);

  constructor(onOpen: (id: EndpointId) => void) {
    this.#onOpen = onOpen;
  }

  /** Where the columns are; while another page is shown, where they were. */
  get area(): ChartArea {
    const { clientWidth } = this.#list;
    if (clientWidth > 0) this.#area = chartArea(clientWidth, window.devicePixelRatio);
    return this.#area;
  }

  focus(id: EndpointId): void {
    this.#strips.get(id)?.focus();
  }

  draw(session: Session, state: WallState, colours: Colours): void {
    // Whoever was removed before the oldest column has nothing to show.
    const endpoints = session.endpoints.filter(({ id, removedAt }) =>
      state.only === null ? (removedAt ?? Infinity) > windowFrom(state.window) : id === state.only,
    );
    const { area } = this;
    this.#arrange(endpoints);
    const stats = endpoints.map(({ id }) => columnsOf(session, id, state.window));
    const known = stats.map((columns) => columns.filter((column) => column !== undefined));
    const rungs = endpoints.map(({ id }, i) => this.#ladder.topOf(id, known[i] ?? [], state.place, session.now));
    const scales = scalesFor(state.scale, known, rungs);
    const isToDescribe = performance.now() - this.#describedAt > 3000;
    if (isToDescribe) this.#describedAt = performance.now();
    for (const [i, endpoint] of endpoints.entries()) {
      const [strip, columns, scale] = [this.#strips.get(endpoint.id), stats[i], scales[i]];
      if (strip === undefined || columns === undefined || scale === undefined) continue;
      const { cursor } = state;
      strip.showHead({
        name: endpoint.label,
        address: addressBeside(endpoint),
        state: cursor === null ? stateText(endpoint, session.said.verdict) : '',
        figures: cursor === null ? figuresOfNow(endpoint) : figuresOfColumn(columns[cursor]),
        isSelected: endpoint.id === state.selected,
        isFolded: isSilent(endpoint.state) && !known[i]?.some(({ counts }) => counts.answered > 0),
      });
      if (isToDescribe) strip.describe(stripWords(endpoint.label, state.window, columns, state.timeText));
      const surface = surfaceOf(strip.canvas);
      if (surface === null) continue;
      const usual = usualOf(endpoint.state, endpoint.baseline);
      new StripPainter(surface, area, colours).draw({
        columns,
        scale,
        bandOf: (column) => bandOf(column, usual),
        cursor,
        addressColumns: addressColumns(session, endpoint.id, state.window),
        now: endpoint.removedAt === null ? session.now : Infinity,
      });
    }
    this.#drawTime(session, state, colours, area);
  }

  #drawTime(session: Session, state: WallState, colours: Colours, area: ChartArea): void {
    const { window, timeText } = state;
    const axis = surfaceOf(this.#axis);
    const marks = session.events.events.flatMap((event) => (event.type === 'mark' ? [event.at] : []));
    if (axis !== null) drawAxis(axis, area, colours, window, systemZone, marks, state.cursor);
    const faults = surfaceOf(this.#faults);
    if (faults === null) return;
    const { episodes } = session;
    const collected = collectedColumns(window, session.firstAt, session.now);
    drawFaults(faults, area, colours, {
      runs: faultRuns(episodes, window, collected, (id) => labelOf(session, id)),
      gaps: gapColumns(session, window),
      ...collected,
    });
    setAttribute(this.#faults, 'aria-label', faultWords(episodes, window, timeText));
  }

  /** A strip for each that is there, in their order, as high as there is room. */
  #arrange(endpoints: readonly WireEndpoint[]): void {
    const ids = new Set(endpoints.map(({ id }) => id));
    for (const [id, strip] of this.#strips) {
      if (ids.has(id)) continue;
      strip.root.remove();
      this.#strips.delete(id);
    }
    for (const { id } of endpoints) {
      if (this.#strips.has(id)) continue;
      const strip = new Strip(() => this.#onOpen(id));
      this.#strips.set(id, strip);
      this.#list.append(strip.root);
    }
    const top = this.#list.getBoundingClientRect().top + window.scrollY;
    const others = [this.#axis, byId('recent-days'), byId('bottom')].reduce((sum, one) => sum + one.offsetHeight, 0);
    const room = (window.innerHeight - top - others - MARGINS) / Math.max(1, endpoints.length);
    const height = Math.round(Math.max(LOWEST_STRIP, Math.min(HIGHEST_STRIP, room - HEAD)));
    this.#list.style.setProperty('--strip-height', `${height}px`);
    // Numbers stand below each other.
    const longest = Math.max(0, ...endpoints.map((one) => one.label.length + addressBeside(one).length));
    this.#list.style.setProperty('--who-width', `${longest + BESIDE_NAMES}ch`);
  }
}

/** Where the label doesn't say it already. */
const addressBeside = ({ address, label }: WireEndpoint): string =>
  address === null || address === label ? '' : address;

const labelOf = ({ endpoints }: Session, id: EndpointId): string => endpoints.find((one) => one.id === id)?.label ?? '';

const columnsOf = (session: Session, id: EndpointId, window: Window): (EpochStats | undefined)[] =>
  Array.from({ length: window.columns }, (_, i) => session.columns.get(id, window.firstIndex + i));

/** Columns in which an endpoint's name came to stand for another address; the first address is no change. */
const addressColumns = ({ events: { events } }: Session, id: EndpointId, window: Window): number[] =>
  events.flatMap((event) => {
    if (event.type !== 'address' || event.endpoint !== id || event.before === null) return [];
    const column = columnOf(window, event.at);
    return column >= 0 && column < window.columns ? [column] : [];
  });

const gapColumns = ({ events: { gaps } }: Session, window: Window): boolean[] =>
  Array.from({ length: window.columns }, (_, i) => {
    const from = epochStart(window, window.firstIndex + i);
    const within = gaps.reduce(
      (sum, gap) => sum + Math.max(0, Math.min(gap.to, from + window.width) - Math.max(gap.from, from)),
      0,
    );
    return within >= window.width / 4;
  });
