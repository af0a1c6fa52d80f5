// The terminal as the main thread has it: raw mode on, and at the end everything back as it was. Bounded in time
// whatever the terminal does: bytes that it doesn't take are given up.

import { writeSync } from 'node:fs';
import type { Millis } from '../../events/units.js';
import { sharedFlags, STOPPED } from './shared-flags.js';
import { restoreSequence } from './restore-sequence.js';
import { closeTerminal, terminalPort } from './terminal-port.js';
import type { TerminalDescriptor } from './terminal-port.js';

/** What is used of the input stream. Raw mode is there only if it is a terminal. */
export type RawInput = { readonly isTTY: boolean; setRawMode(on: boolean): unknown; pause(): unknown };

const PATIENCE: Millis = 150;
const PAUSE: Millis = 5;

const later = (afterMs: Millis): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, afterMs);
  });

export class RestoringTerminal {
  /** For the thread that draws; see `sharedFlags`. */
  readonly shared = new SharedArrayBuffer(sharedFlags.bytes);
  readonly #flags = new Int32Array(this.shared);
  readonly #descriptor: TerminalDescriptor;
  readonly #stdin: RawInput;
  #rest: Uint8Array;

  /** @param sequence what puts back what was drawn on */
  constructor(descriptor: TerminalDescriptor, stdin: RawInput, sequence: string = restoreSequence) {
    this.#rest = Buffer.from(sequence, 'latin1');
    this.#descriptor = descriptor;
    this.#stdin = stdin;
  }

  raw(): void {
    if (this.#stdin.isTTY) this.#stdin.setRawMode(true);
  }

  /** As it was, until `resume`: the program is about to be stopped (SIGTSTP). */
  suspend(): void {
    Atomics.store(this.#flags, sharedFlags.stop, STOPPED.forNow);
    const all = this.#rest;
    if (Atomics.load(this.#flags, sharedFlags.touched) !== 0) this.#pushNow();
    this.#rest = all;
    if (this.#stdin.isTTY) this.#stdin.setRawMode(false);
  }

  /** The thread that draws goes on once it is told to (`goOn`). */
  resume(): void {
    this.raw();
  }

  async restore(): Promise<void> {
    this.#silenceThread();
    const descriptor = this.#descriptor;
    const deadline = performance.now() + PATIENCE;
    if (!descriptor.nonBlocking) await Promise.race([terminalPort(descriptor).write(this.#rest), later(PATIENCE)]);
    else while (!this.#push() && performance.now() < deadline) await later(PAUSE);
    this.#cook();
  }

  restoreNow(): void {
    this.#silenceThread();
    this.#pushNow();
    this.#cook();
  }

  #pushNow(): void {
    const { fd, nonBlocking } = this.#descriptor;
    const deadline = performance.now() + PATIENCE;
    const idle = new Int32Array(new SharedArrayBuffer(4));
    if (!nonBlocking) writeSync(fd, this.#rest);
    else while (!this.#push() && performance.now() < deadline) Atomics.wait(idle, 0, 0, PAUSE);
  }

  /** Only once the thread that draws has ended: the number of a closed descriptor may be another file's next. */
  release(): void {
    closeTerminal(this.#descriptor);
  }

  #silenceThread(): void {
    Atomics.store(this.#flags, sharedFlags.stop, STOPPED.forGood);
    // A terminal that was never drawn on is as it was: leaving the alternate screen would move its cursor.
    if (Atomics.load(this.#flags, sharedFlags.touched) === 0) this.#rest = new Uint8Array();
  }

  #cook(): void {
    if (this.#stdin.isTTY) this.#stdin.setRawMode(false);
    this.#stdin.pause();
  }

  /** Writes what the terminal takes; true once it has all, or never will. */
  #push(): boolean {
    if (this.#rest.length === 0) return true;
    const outcome = terminalPort(this.#descriptor).write(this.#rest);
    if (outcome instanceof Promise || 'gone' in outcome) return true;
    if ('written' in outcome) this.#rest = this.#rest.subarray(outcome.written);
    return this.#rest.length === 0;
  }
}
