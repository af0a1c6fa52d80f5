// Unix time minus monotonic time, to about a microsecond although Date.now() shows whole milliseconds only: at the
// moment at which it ticks, it is exact. The offset is constant but for steps of the wall clock and suspends (both
// clocks are slewed alike), so it is looked for at the start, when the two clocks disagree, and now and then.

import type { Millis } from '../../events/units.js';
import type { MonotonicClock, WallClock } from '../ports.js';

/** Disagreement that calls for a new look: above what one interrupted reading can fake, below any step worth telling. */
const TOLERANCE: Millis = 1;
/** Longer from one reading to the next: interrupted in between, and the tick may be as old as that. */
const QUICK: Millis = 0.02;
/**
 * A tick comes at least every millisecond, but on a busy machine it may pass while another program runs; if no clean one
 * has come by then, the best reading so far has to do. At the start there is time to wait for one: with a busy loop on
 * each core, 2.5 ms left one run in five with an offset that was off by 0.1 to 0.5 ms for good.
 */
const MAX_FIRST_SPIN: Millis = 25;
const MAX_SPIN: Millis = 2.5;
const MAX_READINGS = 1_000_000;

export class RealtimeOffset {
  readonly #clock: MonotonicClock;
  readonly #wall: WallClock;
  #value: Millis;
  #previous: Millis;

  constructor(clock: MonotonicClock, wall: WallClock) {
    this.#clock = clock;
    this.#wall = wall;
    this.#value = this.#find(MAX_FIRST_SPIN).offset;
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
    const { offset, exact } = this.#find(MAX_SPIN);
    const change = offset - this.#value;
    const stepped = Math.abs(change) > TOLERANCE;
    // What was found before is better than a poor reading that agrees with it.
    if (!stepped && !exact) return 0;
    if (stepped) this.#previous = this.#value;
    this.#value = offset;
    return stepped ? change : 0;
  }

  #find(maxSpin: Millis): { offset: Millis; exact: boolean } {
    const start = this.#clock.now();
    let last = this.#wall.now();
    // The tick lies between two readings of the wall clock, so what must be quick is all from before the one until after
    // the other.
    let beforeLast = start;
    let afterLast = this.#clock.now();
    let best = last - afterLast;
    if (this.#wall.grain === 0) return { offset: last - start, exact: true };
    for (let i = 0; i < MAX_READINGS; i++) {
      const wall = this.#wall.now();
      const after = this.#clock.now();
      if (wall !== last && after - beforeLast < QUICK && wall - last <= 1) {
        return { offset: wall - (beforeLast + after) / 2, exact: true };
      }
      best = Math.max(best, wall - after);
      if (wall < last) best = wall - after;
      last = wall;
      beforeLast = afterLast;
      afterLast = after;
      if (after - start > maxSpin) break;
    }
    return { offset: best, exact: false };
  }
}
