// The main thread's side of the screen: starts the screen thread, passes events, keys and sizes to it, and puts the
// terminal back as it was, however things end. It never waits for the terminal for more than a moment, because this
// is the thread that probes.

import type { ReadStream, WriteStream } from 'node:tty';
import type { Worker } from 'node:worker_threads';
import { EventBatch } from '../events/event-batch.js';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { PreparedScreen } from './prepared-screen.js';
import type { Diagnostics, FromScreen, Progress, ScreenMode, ToScreen, WorkerStart } from './protocol.js';
import { RestoringTerminal } from './terminal/restoring-terminal.js';
import { terminalKind } from './terminal/terminal-kind.js';
import type { Environment } from './terminal/terminal-kind.js';
import { openTerminal } from './terminal/terminal-port.js';

/** What is used of process.stdin. */
export type ScreenInput = Pick<ReadStream, 'on' | 'off' | 'resume' | 'pause' | 'setRawMode' | 'isTTY'>;

/** What is used of process.stdout: its size. Nothing is written to it. */
export type ScreenOutput = Pick<WriteStream, 'columns' | 'rows' | 'on' | 'off'> & { readonly fd: number };

export type ScreenOptions = {
  info: SessionInfo;
  /** Width of a column to begin with; null: narrow, and wider as the history grows, up to the ordinary width. */
  epoch: Millis | null;
  mode: ScreenMode;
  stdin: ScreenInput;
  stdout: ScreenOutput;
  env: Environment;
  /** ASCII shapes even where the terminal has more. */
  ascii: boolean;
  /** The session timeline. */
  now: () => UnixMillis;
  /** A thread that has been started already, so that the first frame comes sooner. */
  prepared?: PreparedScreen;
  onQuit: () => void;
  /** The terminal is gone, and no signal may have said so: whoever leads its session may ignore SIGHUP. */
  onHangup: () => void;
  /** `at` is an instant of the session timeline; the mark is drawn once its event comes back. */
  onMark: (text: string, at: UnixMillis) => void;
  /** The screen thread is dead; the terminal has been restored already. */
  onCrash: (error: Error) => void;
};

export type Screen = {
  /** Any event of the session; posted within 100 ms. */
  events(event: ProbeEvent): void;
  diagnostics(diagnostics: Diagnostics): void;
  /** A warning line, until null. */
  notice(text: string | null): void;
  /** How far a replayed record has been loaded; null: all of it. */
  progress(progress: Progress | null): void;
  /** Restores the terminal and ends the thread, within 300 ms even if the terminal has stopped reading. */
  close(): Promise<void>;
  /** The same at once and as well as can be, for crashes. */
  restoreNow(): void;
};

const postEvery: Millis = 100;
const tickEvery: Millis = 1000;

/** A batch of this many events goes out at once: a replay brings a million a second. */
const largestBatch = 20_000;

/** Standard size where the terminal doesn't tell its own. */
const assumedColumns = 80;
const assumedRows = 24;

class ScreenThread implements Screen {
  private readonly options: ScreenOptions;
  private readonly worker: Worker;
  private readonly terminal: RestoringTerminal;
  private readonly batch = new EventBatch();
  private readonly ticker: NodeJS.Timeout;
  private pending = 0;
  private poster: NodeJS.Timeout | null = null;
  private over = false;

  constructor(options: ScreenOptions) {
    this.options = options;
    const { info, epoch, mode, stdin, stdout, env, ascii, now } = options;
    const descriptor = openTerminal(stdout.fd);
    this.terminal = new RestoringTerminal(descriptor, stdin);
    const start: WorkerStart = {
      info,
      epoch,
      mode,
      kind: terminalKind(env, ascii),
      ...descriptor,
      ...this.size(),
      now: now(),
      shared: this.terminal.shared,
    };
    const { worker, failure } = options.prepared ?? new PreparedScreen();
    this.worker = worker;
    this.worker.ref();
    this.worker.on('message', this.receive);
    this.worker.on('error', this.crash);
    this.worker.on('exit', this.exited);
    this.terminal.raw();
    stdin.on('data', this.input);
    // In raw mode nothing that is typed ends a terminal's input.
    if (stdin.isTTY) stdin.on('end', options.onHangup);
    // Also the last setting of the mode, which fails then; so this one stays to the end.
    stdin.on('error', options.onHangup);
    stdin.resume();
    stdout.on('resize', this.resize);
    process.on('SIGCONT', this.continued);
    this.post({ type: 'start', start });
    if (failure !== null) setImmediate(this.crash, failure);
    this.ticker = setInterval(() => {
      this.post({ type: 'tick', now: now() });
    }, tickEvery);
  }

  events(event: ProbeEvent): void {
    if (this.over) return;
    this.batch.push(event);
    this.pending++;
    if (this.pending >= largestBatch) this.flush();
    else this.poster ??= setTimeout(this.flush, postEvery);
  }

  diagnostics(diagnostics: Diagnostics): void {
    this.post({ type: 'diagnostics', diagnostics });
  }

  notice(text: string | null): void {
    this.post({ type: 'notice', text });
  }

  progress(progress: Progress | null): void {
    // In order with the events before it.
    this.flush();
    this.post({ type: 'progress', progress });
  }

  async close(): Promise<void> {
    if (this.over) return;
    this.detach();
    await this.terminal.restore();
    // A thread that doesn't end is left behind: it can't write any more.
    await this.worker.terminate();
    this.terminal.release();
  }

  restoreNow(): void {
    if (this.over) return;
    this.detach();
    this.terminal.restoreNow();
    void this.worker.terminate();
  }

  private size(): { columns: number; rows: number } {
    const { columns, rows } = this.options.stdout;
    return { columns: columns > 0 ? columns : assumedColumns, rows: rows > 0 ? rows : assumedRows };
  }

  private post(message: ToScreen, transfer: ArrayBuffer[] = []): void {
    if (!this.over) this.worker.postMessage(message, transfer);
  }

  private readonly flush = (): void => {
    if (this.poster !== null) clearTimeout(this.poster);
    this.poster = null;
    this.pending = 0;
    const batch = this.batch.take();
    if (batch === null) return;
    const { buffer } = batch.numbers;
    const transfer = buffer instanceof ArrayBuffer ? [buffer] : [];
    this.post({ type: 'events', batch, now: this.options.now() }, transfer);
  };

  private readonly input = (bytes: Buffer): void => {
    // Copied: a small chunk is a slice of a buffer that Node shares.
    this.post({ type: 'input', bytes: Uint8Array.from(bytes) });
  };

  private readonly resize = (): void => {
    this.post({ type: 'resize', ...this.size() });
  };

  private readonly continued = (): void => {
    this.resize();
    this.post({ type: 'repaint' });
  };

  private readonly receive = (message: FromScreen): void => {
    if (this.over) return;
    if (message.type === 'quit') this.options.onQuit();
    else this.options.onMark(message.text, message.at);
  };

  private readonly crash = (error: Error): void => {
    if (this.over) return;
    this.restoreNow();
    this.options.onCrash(error);
  };

  private readonly exited = (): void => {
    this.crash(new Error('the screen thread ended'));
  };

  private detach(): void {
    this.over = true;
    const { stdin, stdout } = this.options;
    stdin.off('data', this.input);
    stdin.off('end', this.options.onHangup);
    stdout.off('resize', this.resize);
    process.off('SIGCONT', this.continued);
    clearInterval(this.ticker);
    if (this.poster !== null) clearTimeout(this.poster);
  }
}

export { prepareScreen } from './prepared-screen.js';

/** Takes the terminal over: raw mode, alternate screen. The caller closes the screen, whatever happens. */
export const openScreen = (options: ScreenOptions): Screen => new ScreenThread(options);
