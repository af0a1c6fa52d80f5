// The page as a whole: what it looks at, what keys, buttons and pointers do to that, and when it is drawn.

import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { epochStart } from '../../history/epoch-grid.js';
import { widthText } from '../../view/format.js';
import { scaleKinds } from '../../view/wall/scale.js';
import type { ScaleKind } from '../../view/wall/scale.js';
import { columnOf, windowTo } from '../../view/time-axis.js';
import type { Window } from '../../view/time-axis.js';
import { latestEpisodeLine } from './parts/episode-lines.js';
import { columnAt } from './canvas/chart-area.js';
import { onThemeChange, takeColours } from './canvas/colours.js';
import type { Colours } from './canvas/colours.js';
import { Session } from './data/session.js';
import { Traffic } from './data/traffic.js';
import * as moves from './input/page-view.js';
import type { PageView, Surroundings } from './input/page-view.js';
import type { Action } from './input/page-keys.js';
import { followPointer } from './input/pointer.js';
import { Banner } from './parts/banner.js';
import { Controls } from './parts/controls.js';
import { openHelp } from './parts/dialogs.js';
import { byId } from './parts/dom.js';
import { showBefore, showLegend, showZone } from './parts/footer.js';
import { timeText } from './parts/time-text.js';
import { askForEndpoint, askForMark, askForTime } from './questions.js';
import { Pages } from './pages/pages.js';
import type { PageName } from './pages/pages.js';
import { RecentDays } from './recent-days.js';
import { drawTraffic } from './traffic-row.js';
import { Wall } from './wall.js';

/** What the button says. */
const SCALE_NAMES: Readonly<Record<ScaleKind, string>> = {
  ladder: 'from 50 ms',
  own: 'own',
  shared: 'shared',
  log: 'log',
};

/** How often the time on the page goes on where nothing else changes. */
const PULSE: Millis = 1000;

export class App {
  readonly session: Session;
  readonly #banner = new Banner();
  readonly #wall: Wall;
  readonly #recentDays: RecentDays;
  readonly #controls: Controls;
  readonly #pages: Pages;
  readonly #traffic = new Traffic(() => this.draw());
  #colours: Colours = takeColours();
  #view: PageView;
  #scale: ScaleKind = 'ladder';
  /** Column under the pointer. */
  #hover: number | null = null;
  #trouble: string | null = null;
  #frame = 0;

  /** `onStart`: a run answers that has not done so before. */
  constructor(epoch: Millis | null, onStart: () => void) {
    this.#view = moves.firstView(epoch);
    this.session = new Session({
      onNews: () => this.draw(),
      onTrouble: (text) => {
        this.#trouble = text;
        this.draw();
      },
      onStart,
    });
    this.#wall = new Wall((id) => this.#openDetails(id));
    this.#recentDays = new RecentDays((at) => this.#lookAt(at));
    this.#controls = new Controls((action) => this.act(action));
    this.#pages = new Pages(this.session, {
      lookAt: (at) => this.#lookAt(at),
      close: () => this.#showPage(null),
    });
  }

  begin(): void {
    const wall = byId('wall');
    followPointer(byId('strips'), {
      columnAt: (x) => columnAt(this.#wall.area, x, window.devicePixelRatio),
      columnWidth: () => this.#wall.area.columnWidth / window.devicePixelRatio,
      onHover: (column) => {
        this.#hover = column;
        this.draw();
      },
      onPick: (column) => this.#pick(column),
      onDrag: (columns) => this.#move((view, around) => moves.panned(view, around, -columns)),
    });
    new ResizeObserver(() => this.draw()).observe(wall);
    window.addEventListener('resize', () => this.draw());
    onThemeChange(() => {
      this.#colours = takeColours();
      showLegend(this.#colours);
      this.draw();
    });
    showLegend(this.#colours);
    window.setInterval(() => this.draw(), PULSE);
    this.session.follow(this.#view.width, this.#wall.area.columns);
  }

  /** One line on what is wrong with what was asked for; null where nothing is. */
  problem(text: string | null): void {
    this.#banner.problem(text);
  }

  /** Soon; as often as the display shows frames at most. */
  draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = window.requestAnimationFrame(() => {
      this.#frame = 0;
      this.#drawNow();
    });
  }

  act(action: Action): void {
    switch (action) {
      case 'wider':
      case 'narrower':
        return this.#zoom(action === 'wider' ? 1 : -1);
      case 'left':
      case 'right':
        return this.#move((view, around) => moves.cursorMoved(view, around, action === 'left' ? -1 : 1));
      case 'page-left':
        return this.#move((view, around) => moves.turned(view, around, -around.columns));
      case 'page-right':
        return this.#move((view, around) => moves.turned(view, around, around.columns));
      case 'oldest':
        return this.#move(moves.cursorAtOldest);
      case 'newest':
        return this.#move(moves.atNow);
      case 'up':
      case 'down':
        if (this.#pages.open === 'episodes') return this.#pages.moveLine(action === 'up' ? -1 : 1);
        return this.#select(action === 'up' ? -1 : 1);
      case 'details':
        return this.#openDetails(this.#view.selected ?? this.session.endpoints[0]?.id ?? null);
      case 'scale':
        this.#scale = scaleKinds[(scaleKinds.indexOf(this.#scale) + 1) % scaleKinds.length] ?? 'ladder';
        return this.draw();
      case 'episodes':
      case 'days':
        return this.#showPage(this.#pages.open === action ? null : action);
      case 'go':
        return askForTime(this.session, (at) => this.#lookAt(at));
      case 'mark':
        return askForMark(this.#view.cursor, (at) => timeText(at, this.session.now));
      case 'add':
        return askForEndpoint();
      case 'help':
        return openHelp();
      case 'back':
        return this.#back();
    }
  }

  #back(): void {
    if (this.#pages.open !== null) return this.#showPage(null);
    // First the numbers of now, then now itself.
    if (this.#view.cursor !== null) return this.#move((view) => ({ ...view, cursor: null }));
    this.#move(moves.atNow);
  }

  #around(): Surroundings {
    const { now, firstAt } = this.session;
    return { now, firstAt, clockOffset: 0, columns: this.#wall.area.columns };
  }

  #move(move: (view: PageView, around: Surroundings) => PageView): void {
    this.#view = move(this.#view, this.#around());
    this.draw();
  }

  #zoom(direction: 1 | -1): void {
    this.#takeWidth(moves.zoomed(this.#view, this.#around(), direction));
    this.draw();
  }

  #takeWidth(view: PageView): void {
    const isAnother = view.width !== this.#view.width;
    this.#view = view;
    if (isAnother) this.session.follow(view.width, this.#wall.area.columns);
  }

  #pick(column: number): void {
    this.#move((view, around) => moves.lookingAtColumn(view, around, column));
  }

  #lookAt(at: UnixMillis): void {
    this.#showPage(null);
    this.#move((view, around) => moves.lookingAt(view, around, at));
  }

  #select(step: 1 | -1): void {
    const ids = this.session.endpoints.map(({ id }) => id);
    const { selected } = this.#view;
    const index = selected === null ? (step > 0 ? 0 : ids.length - 1) : ids.indexOf(selected) + step;
    const next = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (next === undefined) return;
    this.#view = { ...this.#view, selected: next };
    if (this.#pages.open === 'details') this.#pages.showDetails(next);
    else this.#wall.focus(next);
    this.draw();
  }

  #openDetails(id: EndpointId | null): void {
    if (id === null) return;
    this.#view = { ...this.#view, selected: id };
    this.#pages.showDetails(id);
    this.#showPage('details');
  }

  #showPage(page: PageName | null): void {
    this.#pages.show(page);
    this.draw();
  }

  #cursorColumn(window: Window): number | null {
    if (this.#hover !== null) return Math.min(this.#hover, window.columns - 1);
    if (this.#view.cursor === null) return null;
    const column = columnOf(window, this.#view.cursor);
    return column >= 0 && column < window.columns ? column : null;
  }

  #drawNow(): void {
    const { session } = this;
    const around = this.#around();
    this.#takeWidth(moves.followingHistory(this.#view, around));
    const window = moves.windowOf(this.#view, around);
    session.fill(window);
    const { now } = around;
    const text = (at: UnixMillis): string => timeText(at, now);
    const { about, brokenAt } = session;
    const cursor = this.#cursorColumn(window);
    this.#banner.show({
      verdict: session.said.verdict,
      callQuality: session.said.callQuality,
      now,
      timeText: text,
      brokenSince: brokenAt === null ? null : text(now),
      notice: this.#trouble ?? about?.notice ?? about?.progress?.text ?? null,
      isEmpty: about !== null && session.endpoints.every(({ removedAt }) => removedAt !== null),
      hasHeard: about !== null,
    });
    this.#controls.show({
      epoch: widthText(this.#view.width),
      scale: SCALE_NAMES[this.#scale],
      isLive: this.#view.right === null && this.#view.cursor === null,
      open: this.#pages.open,
      episodes: session.episodes.length,
      where: whereText(session, window, cursor, this.#view.right !== null, text),
    });
    showBefore(latestEpisodeLine(session, now));
    showZone(now);
    const { open } = this.#pages;
    if (open !== null) this.#pages.draw(this.#colours);
    if (open !== null && open !== 'details') return;
    this.#wall.draw(
      session,
      {
        window,
        scale: this.#scale,
        selected: this.#view.selected,
        only: open === 'details' ? this.#view.selected : null,
        cursor,
        place: placeOf(this.#view),
        timeText: text,
      },
      this.#colours,
    );
    const isTrafficShown = open === null && about !== null && brokenAt === null;
    if (isTrafficShown) this.#traffic.fill(window, this.#view.right === null);
    drawTraffic(this.#traffic, session.said.verdict, window, this.#wall.area, this.#colours, open === null);
    if (open === null) this.#recentDays.draw(session, this.#wall.area, this.#colours);
  }
}

/** Of the columns: another one is another scale. */
const placeOf = ({ width, right }: PageView): string => `${width} ${right ?? 'now'}`;

/** `22:17:05 to 22:17:10` of a column, with the marks in it; else how far the window that doesn't follow now reaches. */
const whereText = (
  { events }: Session,
  window: Window,
  cursor: number | null,
  isBack: boolean,
  text: (at: UnixMillis) => string,
): string => {
  if (cursor === null) return isBack ? `looking back, up to ${text(windowTo(window))}` : '';
  const from = epochStart(window, window.firstIndex + cursor);
  const to = from + window.width;
  const marks = events.events.flatMap((event) =>
    event.type === 'mark' && event.at >= from && event.at < to ? [`mark: ${event.text}`] : [],
  );
  return [`${text(from)} to ${text(to)}`, ...marks].join(' · ');
};
