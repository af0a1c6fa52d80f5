// The main thread's part of the screen: takes the terminal over, passes keys and sizes to the thread that draws, and puts
// the terminal back as it was, however things end. It never waits for the terminal for more than a moment, because
// this is the thread that probes.

import { fstatSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Millis } from '../../events/units.js';
import type { Page } from '../../tui/input/view-state.js';
import type { ScreenMode } from '../../tui/pages/shared/view-context.js';
import { AnswerFilter } from '../../tui/terminal/answer-filter.js';
import { BACKGROUND_QUESTION, takesQuestion, themeOfEnvironment, themeOn } from '../../tui/terminal/background.js';
import { RestoringTerminal } from '../../tui/terminal/restoring-terminal.js';
import { terminalKind } from '../../tui/terminal/terminal-kind.js';
import type { Environment } from '../../tui/terminal/terminal-kind.js';
import { takesTitle } from '../../tui/terminal/title.js';
import { openTerminal, terminalPort } from '../../tui/terminal/terminal-port.js';
import type { OwnColours, ThemeChoice } from '../../view/theme/palette.js';
import type { MainPart, Observer } from '../observer.js';
import type { ScreenMessage, ScreenStart } from './protocol.js';

/** What is used of process.stdin. */
export type ScreenInput = Pick<ReadStream, 'on' | 'off' | 'resume' | 'pause' | 'setRawMode' | 'isTTY'>;

/** What is used of process.stdout: its size. Nothing is written to it. */
export type ScreenOutput = Pick<WriteStream, 'columns' | 'rows' | 'on' | 'off'> & { readonly fd: number };

export type ScreenOptions = {
  /** Width of a column to begin with; null: narrow, and wider as the history grows, up to the ordinary width. */
  epoch: Millis | null;
  mode: ScreenMode;
  /** To begin with; the wall where it is left out. */
  page?: Page;
  stdin: ScreenInput;
  stdinFd: number;
  stdout: ScreenOutput;
  env: Environment;
  /** ASCII shapes even where the terminal has more. */
  ascii: boolean;
  theme: ThemeChoice;
  /** Instead of the theme's. */
  colours: OwnColours;
  /** Listen to the mouse. */
  mouse: boolean;
  /** The terminal is gone, and no signal may have said so: whoever leads its session may ignore SIGHUP. */
  onHangup: () => void;
};

/** Standard size where the terminal doesn't tell its own. */
const ASSUMED_COLUMNS = 80;
const ASSUMED_ROWS = 24;

/** Whoever is asked and left at once may still answer: it would be typed at the shell. So long its answer is waited for. */
const ANSWER_PATIENCE: Millis = 150;

/** Whether what is written to one is answered on the other. */
const areSameTerminal = (one: number, other: number): boolean => {
  try {
    return fstatSync(one).rdev === fstatSync(other).rdev;
  } catch {
    return false;
  }
};

class Screen implements MainPart {
  /** What the watcher is started with. */
  readonly start: ScreenStart;
  readonly #observer: Observer;
  readonly #options: ScreenOptions;
  readonly #terminal: RestoringTerminal;
  #suspended = false;
  readonly #answers = new AnswerFilter(
    {
      keys: (bytes) => this.#send({ type: 'input', bytes }),
      background: (colour) => {
        if (this.#options.theme === 'auto') this.#send({ type: 'theme', theme: themeOn(colour) });
      },
    },
    (later, afterMs) => {
      const timer = setTimeout(later, afterMs).unref();
      return () => clearTimeout(timer);
    },
  );

  constructor(observer: Observer, options: ScreenOptions) {
    this.#observer = observer;
    this.#options = options;
    const { epoch, mode, stdin, stdout, env, ascii, theme } = options;
    const descriptor = openTerminal(stdout.fd);
    this.#terminal = new RestoringTerminal(descriptor, stdin);
    const { shared } = this.#terminal;
    this.start = {
      epoch,
      page: options.page ?? 'wall',
      mode,
      kind: terminalKind(env, ascii),
      theme: theme === 'auto' ? themeOfEnvironment(env) : theme,
      colours: options.colours,
      mouse: options.mouse && !ascii,
      title: takesTitle(env['TERM']),
      ...descriptor,
      ...this.#size(),
      shared,
    };
  }

  /** Raw mode on, keys and sizes to the watcher. */
  open(): void {
    const { stdin, stdout, onHangup } = this.#options;
    this.#terminal.raw();
    stdin.on('data', this.#input);
    // In raw mode nothing that is typed ends a terminal's input.
    if (stdin.isTTY) stdin.on('end', onHangup);
    // Also the last setting of the mode, which fails then; so this one stays to the end.
    stdin.on('error', onHangup);
    stdin.resume();
    this.#ask();
    stdout.on('resize', this.#resize);
    process.on('SIGTSTP', this.#suspend);
    process.on('SIGCONT', this.#continued);
  }

  async close(): Promise<void> {
    if (this.#answers.isWaiting) await Promise.race([this.#answers.settled, delay(ANSWER_PATIENCE)]);
    this.#detach();
    await this.#terminal.restore();
  }

  closeNow(): void {
    this.#detach();
    this.#terminal.restoreNow();
  }

  ended(): void {
    this.#terminal.release();
  }

  /** What the terminal's background is. The answer is waited for by nobody: the screen is drawn, and drawn anew. */
  #ask(): void {
    const { theme, stdin, stdinFd, stdout } = this.#options;
    const { kind, fd, nonBlocking } = this.start;
    const isAnswered = stdin.isTTY && areSameTerminal(stdinFd, stdout.fd);
    if (theme !== 'auto' || !takesQuestion(kind) || !isAnswered) return;
    const outcome = terminalPort({ fd, nonBlocking }).write(Buffer.from(BACKGROUND_QUESTION, 'latin1'));
    // Who doesn't even take it won't be asked again.
    if (outcome instanceof Promise || 'written' in outcome) this.#answers.expect();
  }

  #size(): { columns: number; rows: number } {
    const { columns, rows } = this.#options.stdout;
    return { columns: columns > 0 ? columns : ASSUMED_COLUMNS, rows: rows > 0 ? rows : ASSUMED_ROWS };
  }

  #send(message: ScreenMessage): void {
    this.#observer.send({ type: 'message', watcher: 'screen', message });
  }

  readonly #input = (bytes: Buffer): void => {
    this.#answers.push(bytes);
  };

  readonly #resize = (): void => {
    this.#send({ type: 'resize', ...this.#size() });
  };

  /** As a shell's `kill -TSTP` wants it: the terminal is left in order for whoever has it next. */
  readonly #suspend = (): void => {
    this.#suspended = true;
    this.#terminal.suspend();
    process.kill(process.pid, 'SIGSTOP');
  };

  readonly #continued = (): void => {
    if (this.#suspended) this.#terminal.resume();
    this.#resize();
    this.#send({ type: 'repaint', entering: this.#suspended });
    this.#suspended = false;
  };

  #detach(): void {
    const { stdin, stdout } = this.#options;
    this.#answers.close();
    stdin.off('data', this.#input);
    stdin.off('end', this.#options.onHangup);
    stdout.off('resize', this.#resize);
    process.off('SIGTSTP', this.#suspend);
    process.off('SIGCONT', this.#continued);
  }
}

/**
 * Takes the terminal over: raw mode, alternate screen. It is given back, within 300 ms even if it has stopped reading,
 * when the observer is closed.
 */
export const openScreen = (observer: Observer, options: ScreenOptions): void => {
  const screen = new Screen(observer, options);
  screen.open();
  observer.watch({ type: 'watch', watcher: 'screen', options: screen.start }, screen);
};
