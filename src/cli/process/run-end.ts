// What ends a run: whichever of these comes first. Signals keep their handlers to the end, so that the terminal is
// restored and the summary written; a signal that comes when that should be over ends us without ceremony.

import type { Millis } from '../../events/units.js';

export type EndReason =
  | { why: 'done' | 'deadline' | 'reader gone' }
  /** `picture`: what to leave on the terminal instead of a summary, null for nothing. */
  | { why: 'quit'; picture: string | null }
  | { why: 'signal'; signal: NodeJS.Signals }
  | { why: 'crash'; error: unknown };

/** What is to stand on the terminal afterwards instead of the summary. */
export const pictureOf = (reason: EndReason): string | null => (reason.why === 'quit' ? reason.picture : null);

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** timeout(1) signals the process and then its group: twice within a moment, and it is one wish. Nobody types so fast. */
const SAME_WISH: Millis = 150;
/** A terminal that hangs up says so twice: its input ends, and its SIGHUP may come after that. */
const SAME_HANGUP: Millis = 1000;

/** setTimeout takes 31 bits of milliseconds. */
const LONGEST_TIMER: Millis = 2 ** 31 - 1;

export class RunEnd {
  readonly reason: Promise<EndReason>;
  #resolve: (reason: EndReason) => void = () => {};
  /** From when on a signal ends us without ceremony; null before the end. */
  #patientUntil: Millis | null = null;

  constructor() {
    this.reason = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    for (const signal of SIGNALS) process.on(signal, () => this.#signalled(signal));
    process.on('uncaughtException', (error) => this.end({ why: 'crash', error }));
    process.on('unhandledRejection', (error) => this.end({ why: 'crash', error }));
  }

  end(reason: EndReason): void {
    this.#patientUntil ??= performance.now() + sameWish(reason);
    this.#resolve(reason);
  }

  endAfter(delay: Millis): void {
    const step = Math.min(delay, LONGEST_TIMER);
    setTimeout(() => (step < delay ? this.endAfter(delay - step) : this.end({ why: 'deadline' })), step);
  }

  #signalled(signal: NodeJS.Signals): void {
    if (this.#patientUntil !== null && performance.now() >= this.#patientUntil) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
    this.end({ why: 'signal', signal });
  }
}

/** How long after `reason` a signal still means the same. */
const sameWish = (reason: EndReason): Millis => {
  if (reason.why === 'signal') return reason.signal === 'SIGHUP' ? SAME_HANGUP : SAME_WISH;
  return reason.why === 'reader gone' ? SAME_HANGUP : 0;
};
