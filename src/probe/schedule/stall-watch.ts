// Tells when the main thread didn't get to run: every wake-up of the prober is planned, so one that comes late is a
// stall. Slots and timeouts are the ticks of this watchdog; it adds some of its own only where those are rare.

import type { ReceiveClock } from '../../events/session-info.js';
import type { Millis } from '../../events/units.js';

/** Later than this is a stall; what timers are late by themselves is 1 to 2 ms (measured). */
const STALL: Millis = 20;
/** A stall so long that the process was stopped (SIGSTOP, a debugger, a starved machine): what was in flight is void. */
export const STOPPED: Millis = 1_000;
/**
 * The longest sleep: a longer stall than this and STALL together can't pass unseen. Stamps made in JavaScript are wrong by
 * any stall, the kernel's by none, and each wake-up costs.
 */
const TICK: Readonly<Record<ReceiveClock, Millis>> = { javascript: STALL, kernel: 50 };

export class StallWatch {
  #due: Millis = Infinity;
  #aliveAt: Millis;
  #lastStallEnd: Millis = -Infinity;

  constructor(now: Millis) {
    this.#aliveAt = now;
  }

  /** When it was last sure that the loop ran. */
  get aliveAt(): Millis {
    return this.#aliveAt;
  }

  /** The latest instant to wake up at. */
  tick(now: Millis, clock: ReceiveClock): Millis {
    return now + TICK[clock];
  }

  /** A wake-up is planned for then; a time that has passed already means that this very wake-up took too long. */
  expect(now: Millis, due: Millis): void {
    this.#aliveAt = Math.min(now, due);
    this.#due = due;
  }

  /** How late the planned wake-up is, if that is a stall not told before; otherwise 0. */
  observe(now: Millis): Millis {
    const late = now - this.#due;
    if (!(late > STALL)) return 0;
    this.#due = now;
    this.#lastStallEnd = now;
    return late;
  }

  /** Whether the loop stood still at any time since then. */
  stalledSince(instant: Millis): boolean {
    return this.#lastStallEnd > instant;
  }
}
