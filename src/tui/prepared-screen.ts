// The screen thread, started before it is needed: loading its modules takes a third of the time to the first paint, and
// goes on on another core while the main thread reads its arguments and opens its sockets. It draws nothing until it
// is told to start, and doesn't keep the program from ending.

import { Worker } from 'node:worker_threads';

export class PreparedScreen {
  readonly worker: Worker;
  /** What went wrong before the screen was opened. */
  failure: Error | null = null;

  constructor() {
    this.worker = new Worker(new URL('./screen-worker.js', import.meta.url), {
      // blessed looks at its environment for terminals and tmux, and asks tmux for its version: it has been told all.
      env: {},
      // What a library prints in the thread must not get onto the screen.
      stdout: true,
      stderr: true,
      name: 'pingem screen',
    });
    this.worker.stdout.resume();
    this.worker.stderr.resume();
    this.worker.on('error', (error: Error) => {
      this.failure ??= error;
    });
    this.worker.unref();
  }
}

/** To be called as soon as a screen is likely; give the result to `openScreen`. */
export const prepareScreen = (): PreparedScreen => new PreparedScreen();
