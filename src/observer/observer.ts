// The main thread's side of the observer: a sink that passes the events on to the thread, and the way to start watchers
// there. The main thread probes, so it never waits for the observer, except for a moment at the end.

import type { Worker } from 'node:worker_threads';
import { EventBatch } from '../events/event-batch.js';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import type { EventSink } from '../events/sink.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { RunCommand } from '../view/run-command.js';
import type { RunNews } from '../view/run-news.js';
import { prepareObserver } from './prepared-observer.js';
import type { PreparedObserver } from './prepared-observer.js';
import type { FromObserver, ToObserver, WatcherMessage, WatchRequest } from './protocol.js';
import type { WebNews } from './web/protocol.js';

export type ObserverOptions = {
  info: SessionInfo;
  /** The session timeline. */
  now: () => UnixMillis;
  /** A thread that has been started already, so that the first frame comes sooner. */
  prepared: PreparedObserver | null;
  /** A user's wish, from whichever watcher. */
  onCommand: (command: RunCommand) => void;
  /** What keeps the watcher of that name from its work, null when it works again. */
  onTrouble: (watcher: string, message: string | null) => void;
  /** Where the web server listens, or why it can't. */
  onWeb?: (news: WebNews) => void;
  /** The thread is dead; what the main thread holds for its watchers has been let go already. */
  onCrash: (error: Error) => void;
};

/** What a watcher has on the main thread: a terminal in raw mode, say. */
export type MainPart = {
  /** Lets go of it. The thread may still run for a moment. */
  close: () => Promise<void>;
  /** The same at once and as well as can be, for crashes. */
  closeNow: () => void;
  /** The thread has ended. */
  ended: () => void;
};

/** One message so often, with the events since the last: a frame is drawn from each. */
const TICK_EVERY: Millis = 250;

/** A batch of this many events goes out at once: a replay brings a million a second. */
const LARGEST_BATCH = 20_000;

/** How long watchers may take to close. */
const CLOSING: Millis = 400;

export class Observer implements EventSink {
  readonly #options: ObserverOptions;
  readonly #worker: Worker;
  readonly #batch = new EventBatch();
  readonly #parts: MainPart[] = [];
  readonly #ticker: NodeJS.Timeout;
  readonly #closed: Promise<void>;
  #onClosed: () => void = () => {};
  #pending = 0;
  #over = false;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#closed = new Promise((resolve) => {
      this.#onClosed = resolve;
    });
    const { worker, failure } = options.prepared ?? prepareObserver([]);
    this.#worker = worker;
    worker.ref();
    worker.on('message', (message: FromObserver) => this.#receive(message));
    worker.on('error', (error: Error) => this.#crash(error));
    worker.on('exit', () => this.#crash(new Error('the observer thread ended')));
    this.#post({ type: 'start', info: options.info, now: options.now() });
    if (failure !== null) setImmediate(() => this.#crash(failure));
    this.#ticker = setInterval(() => this.#tick(), TICK_EVERY);
  }

  /** Starts a watcher. `part` is what goes with it here. */
  watch(request: WatchRequest, part?: MainPart): void {
    if (part !== undefined) this.#parts.push(part);
    this.#post(request);
  }

  /** To a watcher that was started. */
  send(message: WatcherMessage): void {
    this.#post(message);
  }

  /** Any event of the session; posted within 250 ms. */
  event(event: ProbeEvent): void {
    if (this.#over) return;
    this.#batch.push(event);
    if (++this.#pending >= LARGEST_BATCH) this.#flush();
  }

  /** To all watchers, in order with the events before it. */
  news(news: RunNews): void {
    this.#flush();
    this.#post({ type: 'news', news });
  }

  /** Ends the thread, within 400 ms even if it hangs. */
  async close(patience: Millis = CLOSING): Promise<void> {
    if (this.#over) return;
    this.#tick();
    this.#post({ type: 'close' });
    this.#end();
    const closing = Promise.race([this.#closed, later(Math.min(patience, CLOSING))]);
    await Promise.all([closing, ...this.#parts.map((part) => part.close())]);
    // A thread that doesn't end is left behind: its parts here have been let go.
    await this.#worker.terminate();
    for (const part of this.#parts) part.ended();
  }

  #tick(): void {
    const batch = this.#take();
    this.#post({ type: 'tick', now: this.#options.now(), batch }, batch);
  }

  #flush(): void {
    const batch = this.#take();
    if (batch !== null) this.#post({ type: 'events', batch }, batch);
  }

  #take(): ReturnType<EventBatch['take']> {
    this.#pending = 0;
    return this.#batch.take();
  }

  #post(message: ToObserver, batch: ReturnType<EventBatch['take']> = null): void {
    if (this.#over) return;
    const buffer = batch?.numbers.buffer;
    this.#worker.postMessage(message, buffer instanceof ArrayBuffer ? [buffer] : []);
  }

  #receive(message: FromObserver): void {
    if (message.type === 'closed') this.#onClosed();
    else if (this.#over) return;
    else if (message.type === 'command') this.#options.onCommand(message.command);
    else if (message.type === 'web') this.#options.onWeb?.(message.news);
    else this.#options.onTrouble(message.watcher, message.message);
  }

  #crash(error: Error): void {
    if (this.#over) {
      this.#onClosed();
      return;
    }
    this.#end();
    for (const part of this.#parts) part.closeNow();
    void this.#worker.terminate();
    this.#options.onCrash(error);
  }

  #end(): void {
    this.#over = true;
    clearInterval(this.#ticker);
  }
}

const later = (afterMs: Millis): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, afterMs);
  });
