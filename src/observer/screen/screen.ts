// The main thread's part of the screen: takes the terminal over, passes keys and sizes to the thread that draws, and puts
// the terminal back as it was, however things end. It never waits for the terminal for more than a moment, because
// this is the thread that probes.

import type { ReadStream, WriteStream } from 'node:tty';
import type { Millis } from '../../events/units.js';
import type { ScreenMode } from '../../tui/pages/shared/view-context.js';
import { RestoringTerminal } from '../../tui/terminal/restoring-terminal.js';
import { terminalKind } from '../../tui/terminal/terminal-kind.js';
import type { Environment } from '../../tui/terminal/terminal-kind.js';
import { takesTitle } from '../../tui/terminal/title.js';
import { openTerminal } from '../../tui/terminal/terminal-port.js';
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
  stdin: ScreenInput;
  stdout: ScreenOutput;
  env: Environment;
  /** ASCII shapes even where the terminal has more. */
  ascii: boolean;
  /** The terminal is gone, and no signal may have said so: whoever leads its session may ignore SIGHUP. */
  onHangup: () => void;
};

/** Standard size where the terminal doesn't tell its own. */
const ASSUMED_COLUMNS = 80;
const ASSUMED_ROWS = 24;

class Screen implements MainPart {
  /** What the watcher is started with. */
  readonly start: ScreenStart;
  readonly #observer: Observer;
  readonly #options: ScreenOptions;
  readonly #terminal: RestoringTerminal;

  constructor(observer: Observer, options: ScreenOptions) {
    this.#observer = observer;
    this.#options = options;
    const { epoch, mode, stdin, stdout, env, ascii } = options;
    const descriptor = openTerminal(stdout.fd);
    this.#terminal = new RestoringTerminal(descriptor, stdin);
    const { shared } = this.#terminal;
    this.start = {
      epoch,
      mode,
      kind: terminalKind(env, ascii),
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
    stdout.on('resize', this.#resize);
    process.on('SIGCONT', this.#continued);
  }

  async close(): Promise<void> {
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

  #size(): { columns: number; rows: number } {
    const { columns, rows } = this.#options.stdout;
    return { columns: columns > 0 ? columns : ASSUMED_COLUMNS, rows: rows > 0 ? rows : ASSUMED_ROWS };
  }

  #send(message: ScreenMessage): void {
    this.#observer.send({ type: 'message', watcher: 'screen', message });
  }

  readonly #input = (bytes: Buffer): void => {
    // Copied: a small chunk is a slice of a buffer that Node shares.
    this.#send({ type: 'input', bytes: Uint8Array.from(bytes) });
  };

  readonly #resize = (): void => {
    this.#send({ type: 'resize', ...this.#size() });
  };

  readonly #continued = (): void => {
    this.#resize();
    this.#send({ type: 'repaint' });
  };

  #detach(): void {
    const { stdin, stdout } = this.#options;
    stdin.off('data', this.#input);
    stdin.off('end', this.#options.onHangup);
    stdout.off('resize', this.#resize);
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
