// The main thread's part of --line: takes the terminal over, so that what is typed isn't shown, passes sizes to the thread
// that paints, and puts the terminal back as it was, however things end.

import { RestoringTerminal } from '../../tui/terminal/restoring-terminal.js';
import { eraseLineSequence } from '../../tui/terminal/restore-sequence.js';
import { terminalKind } from '../../tui/terminal/terminal-kind.js';
import type { Environment } from '../../tui/terminal/terminal-kind.js';
import { openTerminal } from '../../tui/terminal/terminal-port.js';
import type { MainPart, Observer } from '../observer.js';
import type { ScreenInput, ScreenOutput } from '../screen/screen.js';
import type { LineMessage } from './protocol.js';

export type LineOptions = {
  stdin: ScreenInput;
  stdout: ScreenOutput;
  env: Environment;
  /** ASCII signs even where the terminal has more. */
  ascii: boolean;
  onQuit: () => void;
  /** The terminal is gone, and no signal may have said so. */
  onHangup: () => void;
};

/** Standard size where the terminal doesn't tell its own. */
const ASSUMED_COLUMNS = 80;

/** q, Q, Ctrl-C. */
const QUIT_KEYS = new Set([0x71, 0x51, 0x03]);

class Line implements MainPart {
  readonly #observer: Observer;
  readonly #options: LineOptions;
  readonly #terminal: RestoringTerminal;
  #suspended = false;

  constructor(observer: Observer, options: LineOptions) {
    this.#observer = observer;
    this.#options = options;
    const { stdin, stdout, env, ascii } = options;
    const descriptor = openTerminal(stdout.fd);
    this.#terminal = new RestoringTerminal(descriptor, stdin, eraseLineSequence);
    const { colours, repertoire } = terminalKind(env, ascii);
    observer.watch(
      {
        type: 'watch',
        watcher: 'line',
        options: {
          ...descriptor,
          columns: this.#columns(),
          shared: this.#terminal.shared,
          colour: colours > 0,
          unicode: repertoire !== 'ascii',
        },
      },
      this,
    );
  }

  open(): void {
    const { stdin, stdout, onHangup } = this.#options;
    if (stdin.isTTY) {
      this.#terminal.raw();
      stdin.on('data', this.#input);
      stdin.on('end', onHangup);
      stdin.resume();
    }
    // Also the last setting of the mode, which fails once the terminal is gone; so this one stays to the end.
    stdin.on('error', onHangup);
    stdout.on('resize', this.#resize);
    process.on('SIGTSTP', this.#suspend);
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

  #columns(): number {
    const { columns } = this.#options.stdout;
    return columns > 0 ? columns : ASSUMED_COLUMNS;
  }

  #send(message: LineMessage): void {
    this.#observer.send({ type: 'message', watcher: 'line', message });
  }

  readonly #input = (bytes: Buffer): void => {
    // A key is a byte alone: what is longer is a sequence, or was pasted.
    if (bytes.length === 1 && QUIT_KEYS.has(bytes[0] ?? 0)) this.#options.onQuit();
  };

  readonly #resize = (): void => {
    this.#send({ type: 'resize', columns: this.#columns() });
  };

  readonly #suspend = (): void => {
    this.#suspended = true;
    this.#terminal.suspend();
    process.kill(process.pid, 'SIGSTOP');
  };

  readonly #continued = (): void => {
    if (this.#suspended) this.#terminal.resume();
    this.#suspended = false;
    this.#resize();
    this.#send({ type: 'repaint' });
  };

  #detach(): void {
    const { stdin, stdout } = this.#options;
    stdin.off('data', this.#input);
    stdin.off('end', this.#options.onHangup);
    stdout.off('resize', this.#resize);
    process.off('SIGTSTP', this.#suspend);
    process.off('SIGCONT', this.#continued);
  }
}

/** Takes a line of the terminal over until the observer is closed. */
export const openLine = (observer: Observer, options: LineOptions): void => {
  new Line(observer, options).open();
};
