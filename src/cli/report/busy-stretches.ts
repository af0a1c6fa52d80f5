// When anything happened that a table of epochs has to tell, in order of time. What lies between is passed over at one
// step: a record may reach over centuries with nothing in them.

import type { Millis, UnixMillis } from '../../events/units.js';

type Stretch = { from: UnixMillis; to: UnixMillis };

export class BusyStretches {
  /** Disjoint, further apart than `#join`. */
  readonly #stretches: Stretch[] = [];
  /** Where the first one is that hasn't been dropped: the array is cut now and then, not each time. */
  #head = 0;
  readonly #join: Millis;

  /** @param join instants no further apart than this are in one stretch */
  constructor(join: Millis) {
    this.#join = join;
  }

  get count(): number {
    return this.#stretches.length - this.#head;
  }

  /** The first busy instant, null if there is none. */
  get first(): UnixMillis | null {
    return this.#stretches[this.#head]?.from ?? null;
  }

  /** An instant with half of the stretches before it. */
  get middle(): UnixMillis {
    return this.#stretches[(this.#head + this.#stretches.length) >>> 1]?.from ?? -Infinity;
  }

  add(at: UnixMillis): void {
    const stretches = this.#stretches;
    const last = this.count === 0 ? undefined : stretches.at(-1);
    // Nearly always.
    if (last !== undefined && at >= last.from && at <= last.to + this.#join) {
      if (at > last.to) last.to = at;
      return;
    }
    const index = last === undefined || at > last.to ? stretches.length : this.#firstReaching(at - this.#join);
    const next = stretches[index];
    if (next === undefined || next.from > at + this.#join) {
      stretches.splice(index, 0, { from: at, to: at });
      return;
    }
    next.from = Math.min(next.from, at);
    next.to = Math.max(next.to, at);
    const after = stretches[index + 1];
    if (after === undefined || after.from > next.to + this.#join) return;
    next.to = after.to;
    stretches.splice(index + 1, 1);
  }

  /** Forgets what was before `at`. */
  dropBefore(at: UnixMillis): void {
    // Mostly none or one.
    while (this.#head < this.#stretches.length && (this.#stretches[this.#head] as Stretch).to < at) this.#head++;
    if (this.#head > 1000 && this.#head * 2 > this.#stretches.length) {
      this.#stretches.splice(0, this.#head);
      this.#head = 0;
    }
    const first = this.#stretches[this.#head];
    if (first !== undefined && first.from < at) first.from = at;
  }

  #firstReaching(at: UnixMillis): number {
    let low = this.#head;
    let high = this.#stretches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stretches[middle] as Stretch).to < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
