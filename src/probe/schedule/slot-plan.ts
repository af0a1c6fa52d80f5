// When which endpoint is due: slot n of endpoint e at start + n * interval + e * interval / endpoints. Computed from the
// plan each time and never from the slot before, so that a million slots drift by nothing. Times are monotonic.

import type { Millis } from '../../events/units.js';

export type MissedSlots = {
  count: number;
  /** When the first of them was due, and the first that is not missed. */
  from: Millis;
  to: Millis;
};

export class SlotPlan {
  readonly #start: Millis;
  readonly #interval: Millis;
  readonly #endpoints: number;
  /** Slots of all endpoints are numbered in order of time. */
  #next = 0;

  constructor(start: Millis, interval: Millis, endpoints: number) {
    this.#start = start;
    this.#interval = interval;
    this.#endpoints = endpoints;
  }

  #at(slot: number): Millis {
    const endpoint = slot % this.#endpoints;
    return (
      this.#start + Math.floor(slot / this.#endpoints) * this.#interval + (endpoint * this.#interval) / this.#endpoints
    );
  }

  get nextAt(): Millis {
    return this.#at(this.#next);
  }

  /** Position of the next slot's endpoint in the plan. */
  get nextEndpoint(): number {
    return this.#next % this.#endpoints;
  }

  advance(): void {
    this.#next++;
  }

  /** Gives up the slots due before `instant`. Null if there are none. */
  skipBefore(instant: Millis): MissedSlots | null {
    if (this.nextAt >= instant) return null;
    const first = this.#next;
    const from = this.nextAt;
    let slot = Math.max(first, Math.floor(((instant - this.#start) / this.#interval) * this.#endpoints));
    // The division rounds; the times themselves decide.
    while (slot > first && this.#at(slot - 1) >= instant) slot--;
    while (this.#at(slot) < instant) slot++;
    this.#next = slot;
    return { count: slot - first, from, to: this.nextAt };
  }
}
