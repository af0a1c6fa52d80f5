// The wall: a strip for each endpoint, all on one time axis, the row of faults above them and the last two days below. It
// shows what it is given; what there is to be seen of it, it hands back.

import type { EndpointId, UnixMillis } from '../../events/units.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import { epochIndexAt, epochStart } from '../../history/epoch-grid.js';
import { scalesFor } from '../../view/wall/scale.js';
import type { ScaleKind } from '../../view/wall/scale.js';
import { columnOf, windowFrom } from '../../view/time-axis.js';
import type { Window } from '../../view/time-axis.js';
import { systemZone } from '../../view/wall-clock.js';
import type { WireEndpoint } from '../wire/answers.js';
import { drawAxis, drawFaults } from './canvas/axis-painter.js';
import { bandOf } from './canvas/band.js';
import { chartArea } from './canvas/chart-area.js';
import type { ChartArea } from './canvas/chart-area.js';
import type { Colours } from './canvas/colours.js';
import { StripPainter } from './canvas/strip-painter.js';
import { surfaceOf } from './canvas/surface.js';
import type { Session } from './data/session.js';
import { byId, setAttribute } from './parts/dom.js';
import { figuresOfColumn, figuresOfNow, NEVER_ANSWERS, stateWord } from './parts/figures.js';
import { Strip } from './parts/strip.js';
import { stripWords } from './parts/strip-words.js';
import { faultWords, isBadEpisode } from './parts/fault-words.js';

export type WallState = {
  readonly window: Window;
  readonly scale: ScaleKind;
  readonly selected: EndpointId | null;
  /** Column of the window whose numbers are shown, null where those of now are. */
  readonly cursor: number | null;
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
    const endpoints = session.endpoints.filter(({ removedAt }) => (removedAt ?? Infinity) > windowFrom(state.window));
    const { area } = this;
    this.#arrange(endpoints);
    const stats = endpoints.map(({ id }) => columnsOf(session, id, state.window));
    const scales = scalesFor(
      state.scale,
      stats.map((columns) => columns.filter((column) => column !== undefined)),
    );
    const isToDescribe = performance.now() - this.#describedAt > 3000;
    if (isToDescribe) this.#describedAt = performance.now();
    for (const [i, endpoint] of endpoints.entries()) {
      const [strip, columns, scale] = [this.#strips.get(endpoint.id), stats[i], scales[i]];
      if (strip === undefined || columns === undefined || scale === undefined) continue;
      const evidence = session.said.verdict?.evidence.endpoints.find((one) => one.endpoint === endpoint.id);
      const { cursor } = state;
      const word = stateWord(evidence, endpoint);
      strip.showHead({
        name: endpoint.label,
        address: addressBeside(endpoint),
        state: cursor === null ? word : '',
        figures: cursor === null ? figuresOfNow(endpoint) : figuresOfColumn(columns[cursor]),
        isSelected: endpoint.id === state.selected,
        isFolded: word === NEVER_ANSWERS && stats[i]?.every((column) => (column?.counts.answered ?? 0) === 0) === true,
      });
      if (isToDescribe) strip.describe(stripWords(endpoint.label, state.window, columns, state.timeText));
      const surface = surfaceOf(strip.canvas);
      if (surface === null) continue;
      const usual = endpoint.usualP50 ?? endpoint.baseline;
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
    const { firstAt } = session;
    const first = firstAt === null ? area.columns : Math.max(0, columnOf(window, firstAt));
    const end = Math.min(area.columns, epochIndexAt(session.now, window.width, 0) - window.firstIndex + 1);
    drawFaults(faults, area, colours, {
      window,
      episodes,
      gaps: gapColumns(session, window),
      first,
      end,
      isBad: isBadEpisode,
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
