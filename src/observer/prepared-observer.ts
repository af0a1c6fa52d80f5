// The observer thread, started before it is needed: loading its modules takes a third of the time to the first paint, and
// goes on on another core while the main thread reads its arguments and opens its sockets. It does nothing until it is
// told to start, and doesn't keep the program from ending.

import { Worker } from 'node:worker_threads';
import type { WatcherName } from './watchers.js';

/**
 * For what lives shortly: events that are unpacked, frames that are drawn. V8 would let it grow to 48 MiB before it looks
 * for garbage, and keep that.
 */
const YOUNG_MIB = 4;

export class PreparedObserver {
  readonly worker: Worker;
  /** What went wrong before the thread was used. */
  failure: Error | null = null;

  constructor(watchers: readonly WatcherName[]) {
    this.worker = new Worker(new URL('./observer-thread.js', import.meta.url), {
      workerData: watchers,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
      // blessed looks at its environment for terminals and tmux, and asks tmux for its version: it has been told all.
      env: {},
      // What a library prints in the thread must not get onto the screen.
      stdout: true,
      stderr: true,
      name: 'pingem observer',
    });
    this.worker.stdout.resume();
    this.worker.stderr.resume();
    this.worker.on('error', (error: Error) => {
      this.failure ??= error;
    });
    this.worker.unref();
  }
}

/** To be called as soon as `watchers` are likely; give the result to `Observer`. */
export const prepareObserver = (watchers: readonly WatcherName[]): PreparedObserver => new PreparedObserver(watchers);
