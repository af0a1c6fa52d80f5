// How long frames take to make, for the diagnostics.

import type { Millis } from '../events/units.js';

const REMEMBERED = 64;

export class FrameTimes {
  readonly #times: Millis[] = [];

  add(time: Millis): void {
    this.#times.push(time);
    if (this.#times.length > REMEMBERED) this.#times.shift();
  }

  /** Of the newest 64; null before any. */
  get p99(): Millis | null {
    const sorted = this.#times.toSorted((a, b) => a - b);
    return sorted[Math.ceil(0.99 * sorted.length) - 1] ?? null;
  }
}
