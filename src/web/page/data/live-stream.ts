// The stream of what changes, opened again by itself whenever it breaks: the program is started anew, the laptop slept, the
// cable was out.

import type { Millis } from '../../../events/units.js';
import type { StreamChange, StreamHello } from '../../wire/answers.js';

export type StreamHandlers = {
  readonly onHello: (hello: StreamHello) => void;
  readonly onChange: (change: StreamChange) => void;
  /** Called once when it breaks; `onHello` says that it is there again. */
  readonly onBroken: () => void;
  /** Before it is opened again: the server may have another opinion of who we are. */
  readonly onRetry: () => void;
};

/** The server says something at least this often; a connection that says nothing for longer is dead. */
const LONGEST_SILENCE: Millis = 10_000;
const FIRST_PAUSE: Millis = 500;
const LONGEST_PAUSE: Millis = 5000;

export class LiveStream {
  readonly #handlers: StreamHandlers;
  #url = '';
  #source: EventSource | null = null;
  #timer = 0;
  #pause = FIRST_PAUSE;
  #isBroken = false;

  constructor(handlers: StreamHandlers) {
    this.#handlers = handlers;
  }

  /** Instead of the one that is open. */
  open(url: string): void {
    this.#url = url;
    this.#connect();
  }

  #connect(): void {
    this.#source?.close();
    const source = new EventSource(this.#url);
    this.#source = source;
    this.#watch();
    source.addEventListener('hello', ({ data }: MessageEvent<string>) => {
      this.#heard();
      this.#handlers.onHello(JSON.parse(data) as StreamHello);
    });
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      this.#heard();
      this.#handlers.onChange(JSON.parse(data) as StreamChange);
    });
    // It would try again by itself after some errors and not after others: we do after all of them.
    source.addEventListener('error', () => this.#broken());
  }

  #heard(): void {
    this.#isBroken = false;
    this.#pause = FIRST_PAUSE;
    this.#watch();
  }

  #watch(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#broken(), LONGEST_SILENCE);
  }

  #broken(): void {
    this.#source?.close();
    this.#source = null;
    if (!this.#isBroken) this.#handlers.onBroken();
    this.#isBroken = true;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#handlers.onRetry();
      this.#connect();
    }, this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
  }
}
