// Unix time minus monotonic time, to about a microsecond although Date.now() shows whole milliseconds only: at the
// moment at which it ticks, it is exact. The offset is constant but for steps of the wall clock and suspends (both
// clocks are slewed alike), so it is looked for at the start, when the two clocks disagree, and now and then.

import type { Millis } from './history-types.js';
import type { MonotonicClock, WallClock } from './ports.js';

/** Disagreement that calls for a new look: above what one interrupted reading can fake, below any step worth telling. */
const TOLERANCE: Millis = 1;
/** A reading that took longer was interrupted. */
const QUICK: Millis = 0.02;
/** A tick comes at least every millisecond; if it hasn't by then, the best reading so far has to do. */
const MAX_SPIN: Millis = 2.5;
const MAX_READINGS = 100_000;

export class RealtimeOffset {
  readonly #clock: MonotonicClock;
  readonly #wall: WallClock;
  #value: Millis;
  #previous: Millis;

  constructor(clock: MonotonicClock, wall: WallClock) {
    this.#clock = clock;
    this.#wall = wall;
    this.#value = this.#find();
    this.#previous = this.#value;
  }

  /** Unix milliseconds = monotonic milliseconds + this. */
  get value(): Millis {
    return this.#value;
  }

  /** What it was before the last step: an instant that was read off the wall clock just before it needs that one. */
  get previous(): Millis {
    return this.#previous;
  }

  /** Compares the clocks: two readings, no more, while they agree. Returns by how much the wall clock was stepped, or 0. */
  check(): Millis {
    const before = this.#clock.now();
    const wall = this.#wall.now();
    const after = this.#clock.now();
    // Interrupted in between: says nothing, and the next check is near.
    if (after - before > TOLERANCE / 2) return 0;
    const ahead = wall - before - this.#value;
    if (ahead <= TOLERANCE && ahead + this.#wall.grain + TOLERANCE >= 0) return 0;
    return this.refresh();
  }

  /** Looks for the offset anew; takes up to a millisecond. Returns by how much it changed. */
  refresh(): Millis {
    const found = this.#find();
    const change = found - this.#value;
    if (Math.abs(change) > TOLERANCE) this.#previous = this.#value;
    this.#value = found;
    return Math.abs(change) > TOLERANCE ? change : 0;
  }

  #find(): Millis {
    const start = this.#clock.now();
    let last = this.#wall.now();
    let best = last - start;
    if (this.#wall.grain === 0) return best;
    for (let i = 0; i < MAX_READINGS; i++) {
      const before = this.#clock.now();
      const wall = this.#wall.now();
      const after = this.#clock.now();
      if (wall !== last && after - before < QUICK && wall - last <= 1) return wall - (before + after) / 2;
      best = Math.max(best, wall - after);
      if (wall < last) best = wall - after;
      last = wall;
      if (after - start > MAX_SPIN) break;
    }
    return best;
  }
}
