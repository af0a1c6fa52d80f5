// The screen without its thread: a history to look at, keys and sizes in, bytes out. Time, terminal and callbacks come in as
// arguments, so that tests run it against a terminal emulator with a clock of their own.

import type { SessionHistory } from '../history/session-history.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { AppOptions } from './app-options.js';
import { BlessedSurface } from './terminal/blessed-surface.js';
import { CellGrid } from './terminal/cells.js';
import { DetailsChart } from './pages/details/details-chart.js';
import { FrameTimes } from './frame-times.js';
import { followHistory } from './input/first-widths.js';
import { actionFor } from './input/keys.js';
import { applyMouse } from './input/mouse.js';
import { TerminalInput } from './input/terminal-input.js';
import { ENTER_SCREEN, inputModes } from './terminal/input-modes.js';
import { screenText } from './terminal/screen-text.js';
import type { Size } from './pages/wall/layout.js';
import { drawPage } from './pages/page-view.js';
import { lookFor } from './terminal/look.js';
import type { Look } from './terminal/look.js';
import type { Diagnostics, Progress, RunNews } from '../view/run-news.js';
import type { ThemeName } from '../view/theme/palette.js';
import { DetailsData } from '../view/details/details-data.js';
import { ScaleLadder } from '../view/wall/scale-ladder.js';
import { Summaries } from '../view/summaries.js';
import { shownEndpoints } from './pages/shared/view-context.js';
import type { ViewContext } from './pages/shared/view-context.js';
import { cellTarget } from './pages/shared/cell-target.js';
import { metricsOf } from './pages/shared/view-metrics.js';
import { settleSelection } from './input/endpoint-actions.js';
import { applyAction, initialState, pasteIntoPrompt, takeAnswer, typeIntoPrompt } from './input/view-state.js';
import type { Step, ViewMetrics, ViewState } from './input/view-state.js';

const BELL = '\u0007';

/** Frames not drawn in a row after which the terminal counts as having been away: it gets everything anew. */
const LONG_ABSENCE = 4;

/** The chart is redrawn at most this often: it costs ten times the wall. */
const CHART_EVERY: Millis = 1000;

export class ScreenApp {
  readonly #history: SessionHistory;
  readonly #options: AppOptions;
  #look: Look;
  readonly #surface: BlessedSurface;
  #chart: DetailsChart;
  readonly #summaries: Summaries;
  readonly #details = new DetailsData();
  readonly #input: TerminalInput;
  readonly #frameTimes = new FrameTimes();
  readonly #ladder = new ScaleLadder();
  #state: ViewState;
  #grid: CellGrid;
  #size: Size;
  #sizeChanged = false;
  #dropped = 0;
  /** What the last frame was drawn from; the same again is not drawn. */
  #drawn = '';
  #version = 0;
  #chartDrawnAt: Millis = -Infinity;
  #notice: string | null = null;
  #page: string | null = null;
  #progress: Progress | null = null;
  #diagnostics: Diagnostics | null = null;

  constructor(options: AppOptions) {
    this.#options = options;
    const { kind, theme, colours, size, writer } = options;
    this.#look = lookFor(kind, theme, colours);
    this.#size = size;
    this.#grid = new CellGrid(size.columns, size.rows);
    this.#history = options.history;
    this.#summaries = new Summaries(this.#history);
    this.#state = initialState(options.epoch, options.page);
    this.#surface = new BlessedSurface(
      kind,
      size,
      (text) => writer.write(text),
      (key, char) => this.#press(key, char),
    );
    this.#chart = new DetailsChart(this.#surface, this.#look);
    writer.write(inputModes(options.mouse));
    this.#input = new TerminalInput(
      {
        keys: (bytes) => this.#surface.feed(bytes),
        mouse: (event) => {
          const target = cellTarget(this.#size, this.#context(this.#now()), event);
          this.#take({ state: applyMouse(this.#state, event, target, this.#metrics()), effect: null });
        },
        paste: (text) => {
          this.#take({ state: pasteIntoPrompt(this.#state, text, this.#metrics()), effect: null });
        },
        done: () => this.frame(),
      },
      options.delay,
    );
  }

  /** What the user is looking at. */
  get view(): ViewState {
    return this.#state;
  }

  /** Bytes from the keyboard; what they change is drawn at once. */
  input(bytes: Uint8Array): void {
    this.#input.push(bytes);
  }

  resize(size: Size): void {
    this.#size = size;
    this.#sizeChanged = true;
    this.frame();
  }

  /** The terminal has told what its background is. */
  setTheme(theme: ThemeName): void {
    const { kind, colours } = this.#options;
    this.#look = lookFor(kind, theme, colours);
    this.#chart.hide();
    this.#chart = new DetailsChart(this.#surface, this.#look);
    this.#version++;
    this.frame();
  }

  news(news: RunNews): void {
    switch (news.type) {
      case 'notice':
        this.#notice = news.text;
        this.#version++;
        return;
      case 'page':
        this.#page = news.text;
        this.#version++;
        return;
      case 'diagnostics':
        this.#diagnostics = news.diagnostics;
        if (this.#state.diagnosticsShown) this.#version++;
        return;
      case 'progress':
        this.#setProgress(news.progress);
        return;
      case 'answer':
        this.#take({ state: takeAnswer(this.#state, news), effect: null });
        this.frame();
        return;
      case 'bell':
        this.#options.writer.write(BELL);
        return;
      case 'episodes':
      case 'usual':
      case 'call quality':
      case 'states':
    }
  }

  /** The terminal may show anything: draw everything anew. */
  repaint(entering = false): void {
    if (entering) this.#options.writer.write(ENTER_SCREEN);
    this.#options.writer.write(inputModes(this.#options.mouse));
    this.#dropped = LONG_ABSENCE;
    this.#version++;
    this.frame();
  }

  /** Draws if anything has changed and the terminal has taken the frame before. Call it every 250 ms. */
  frame(): void {
    const { writer, clock } = this.#options;
    if (writer.busy) {
      this.#dropped++;
      return;
    }
    if (this.#state.widthFollows) this.#take({ state: followHistory(this.#state, this.#metrics()), effect: null });
    const state = this.#state;
    const history = this.#history;
    this.#take({
      state: settleSelection(state, shownEndpoints({ history, state, verdicts: this.#options.verdicts })),
      effect: null,
    });
    const now = this.#now();
    const key = this.#frameKey(now);
    if (key === this.#drawn && this.#dropped < LONG_ABSENCE && !this.#sizeChanged) return;
    const start = clock.elapsed();
    if (this.#showsLines && !this.#chartIsDue(start)) return;
    this.#drawn = key;
    this.#adaptSurface();
    this.#draw(now);
    this.#surface.paint(this.#grid);
    this.#frameTimes.add(clock.elapsed() - start);
  }

  #setProgress(progress: Progress | null): void {
    const finished = this.#progress !== null && progress === null;
    this.#progress = progress;
    this.#version++;
    // A record is looked at from its end.
    if (finished && this.#options.mode === 'replay' && this.#state.cursor === null) {
      this.#state = { ...this.#state, cursor: this.#now() };
    }
  }

  #now(): UnixMillis {
    const { mode, clock, info } = this.#options;
    return mode === 'live' ? clock.now() : (this.#history.lastAt ?? info.startedAt);
  }

  #frameKey(now: UnixMillis): string {
    const changing =
      this.#state.frozenAt === null
        ? `${this.#history.revision} ${this.#options.verdicts.revision} ${Math.floor((now + this.#history.clockOffset) / 1000)}`
        : '';
    return `${this.#version} ${changing}`;
  }

  get #showsLines(): boolean {
    return this.#state.page === 'details' && this.#state.metric === 'lines';
  }

  #chartIsDue(at: Millis): boolean {
    // A key has changed `version`: that is drawn at once.
    const byKey = !this.#drawn.startsWith(`${this.#version} `);
    if (!byKey && at - this.#chartDrawnAt < CHART_EVERY) return false;
    this.#chartDrawnAt = at;
    return true;
  }

  #adaptSurface(): void {
    if (this.#sizeChanged) {
      this.#sizeChanged = false;
      this.#surface.resize(this.#size);
      this.#grid = new CellGrid(this.#size.columns, this.#size.rows);
    } else if (this.#dropped >= LONG_ABSENCE) this.#surface.forget();
    this.#dropped = 0;
  }

  #draw(now: UnixMillis): void {
    this.#grid.clear();
    const possible = this.#look.glyphs.rich && !this.#chart.unavailable;
    const chart = drawPage(this.#grid, this.#context(now), possible);
    if (chart === null) this.#chart.hide();
    else if (this.#chart.loaded) this.#chart.show(chart.place, chart.data);
    else {
      void this.#chart.load().then(() => {
        this.#version++;
        this.frame();
      });
    }
  }

  #context(now: UnixMillis): ViewContext {
    const diagnostics = this.#diagnostics;
    const progress = this.#progress;
    const notice = this.#notice ?? this.#page;
    const state = this.#state;
    const summaries = this.#summaries;
    const look = this.#look;
    const ladder = this.#ladder;
    const details = this.#details;
    const history = this.#history;
    const { verdicts, zone, mode } = this.#options;
    const frameTime = this.#frameTimes.p99;
    return {
      history,
      summaries,
      details,
      verdicts,
      state,
      ladder,
      now,
      look,
      zone,
      mode,
      notice,
      progress,
      diagnostics,
      frameTime,
    };
  }

  #metrics(): ViewMetrics {
    return metricsOf(this.#size, this.#context(this.#now()));
  }

  #press(key: string, char: string | null): void {
    if (this.#state.prompt !== null) {
      this.#take(typeIntoPrompt(this.#state, key, char, this.#metrics()));
      return;
    }
    const action = actionFor(key);
    if (action !== null) this.#take(applyAction(this.#state, action, this.#metrics()));
  }

  #quit(leaving: boolean): void {
    const { kind, onCommand } = this.#options;
    const picture = leaving ? screenText(this.#surface.screen.lines, kind.colours) : null;
    onCommand({ type: 'quit', picture });
  }

  #take({ state, effect }: Step): void {
    if (state !== this.#state) this.#version++;
    this.#state = state;
    if (effect === null) return;
    if (effect.type === 'repaint') this.repaint();
    else if (effect.type === 'quit') this.#quit(effect.leaving);
    else this.#options.onCommand(effect);
  }
}
