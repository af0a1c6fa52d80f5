// Bytes to the terminal without ever waiting for it. One write is in flight at a time; while it is, `busy` says so and
// whoever draws drops frames. So a terminal that has stopped reading (Ctrl-S, a stalled ssh) costs one frame of memory
// and a look every 100 ms. docs/decisions/0030 has what was measured.

/** What a write came to: bytes taken, or why none was. */
export type WriteOutcome = { written: number } | { again: true } | { gone: true };

/** The terminal's end: takes what it can at once and never blocks, or answers later where it can't be had otherwise. */
export type TerminalPort = { write(bytes: Uint8Array): WriteOutcome | Promise<WriteOutcome> };

export type Retry = (run: () => void, afterMs: number) => void;

const FIRST_RETRY = 5;
const LONGEST_RETRY = 100;

export class FrameWriter {
  readonly #port: TerminalPort;
  readonly #retry: Retry;
  #rest: Uint8Array | null = null;
  #waiting = false;
  #closed = false;
  #delay = FIRST_RETRY;
  /** Bytes that the terminal has taken so far. */
  taken = 0;

  constructor(port: TerminalPort, retry: Retry) {
    this.#port = port;
    this.#retry = retry;
  }

  /** Something has not been taken yet: draw no frame now. */
  get busy(): boolean {
    return this.#rest !== null;
  }

  /** The terminal is gone (hung up), or `close` was called: nothing more will be written. */
  get isClosed(): boolean {
    return this.#closed;
  }

  write(text: string): void {
    if (this.#closed || text === '') return;
    const bytes = Buffer.from(text, 'utf8');
    this.#rest = this.#rest === null ? bytes : Buffer.concat([this.#rest, bytes]);
    if (!this.#waiting) this.#push();
  }

  /** Forgets what has not been taken yet: the terminal isn't any more what it was meant for. */
  drop(): void {
    this.#rest = null;
  }

  /** Drops what is left. A write that is under way elsewhere can't be called back. */
  close(): void {
    this.#closed = true;
    this.#rest = null;
  }

  #push(): void {
    while (this.#rest !== null) {
      const outcome = this.#port.write(this.#rest);
      if (outcome instanceof Promise) {
        this.#waiting = true;
        // A port never rejects: failures are outcomes.
        void outcome.then((late) => {
          this.#waiting = false;
          this.#settle(late);
          if (!this.#waiting) this.#push();
        });
        return;
      }
      this.#settle(outcome);
      if (this.#waiting) return;
    }
  }

  #settle(outcome: WriteOutcome): void {
    if (this.#rest === null) return;
    if ('gone' in outcome) this.close();
    else if ('again' in outcome) this.#wait();
    else {
      this.#delay = FIRST_RETRY;
      this.taken += outcome.written;
      this.#rest = outcome.written < this.#rest.length ? this.#rest.subarray(outcome.written) : null;
    }
  }

  #wait(): void {
    this.#waiting = true;
    this.#retry(() => {
      this.#waiting = false;
      this.#push();
    }, this.#delay);
    this.#delay = Math.min(LONGEST_RETRY, this.#delay * 2);
  }
}
