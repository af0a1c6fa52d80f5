// When one endpoint is due: slot n at origin + n x interval. Computed from the plan each time and never from the slot
// before, so that a million slots drift by nothing. Times are monotonic.

import type { EndpointId, Millis } from '../../events/units.js';
import { STOPPED } from './stall-watch.js';

/** Slots of one endpoint that were not sent. */
export type MissedSlots = {
  endpoint: EndpointId;
  count: number;
  /** When the first and the last of them were due, and the first that is not missed. */
  from: Millis;
  last: Millis;
  to: Millis;
};

/** How late a slot may still be sent (docs/decisions/0021). */
export const slotTolerance = (interval: Millis): Millis =>
  Math.min(STOPPED, Math.max(interval, SHORTEST_SLOT_TOLERANCE));

/** No slot is given up before it is as late as this. */
export const SHORTEST_SLOT_TOLERANCE: Millis = 50;

export class SlotPlan {
  readonly endpoint: EndpointId;
  readonly interval: Millis;
  readonly #origin: Millis;
  #next = 0;
  /** When the next slot is due. */
  nextAt: Millis;

  constructor(endpoint: EndpointId, origin: Millis, interval: Millis) {
    this.endpoint = endpoint;
    this.interval = interval;
    this.#origin = origin;
    this.nextAt = origin;
  }

  advance(): void {
    this.#next++;
    this.nextAt = this.#at(this.#next);
  }

  /** Gives up the slots due before `instant`. Null if there are none. */
  skipBefore(instant: Millis): MissedSlots | null {
    if (this.nextAt >= instant) return null;
    const first = this.#next;
    const from = this.nextAt;
    let slot = Math.max(first, Math.floor((instant - this.#origin) / this.interval));
    // The division rounds; the times themselves decide.
    while (slot > first && this.#at(slot - 1) >= instant) slot--;
    while (this.#at(slot) < instant) slot++;
    this.#next = slot;
    this.nextAt = this.#at(slot);
    return { endpoint: this.endpoint, count: slot - first, from, last: this.#at(slot - 1), to: this.nextAt };
  }

  #at(slot: number): Millis {
    return this.#origin + slot * this.interval;
  }
}
