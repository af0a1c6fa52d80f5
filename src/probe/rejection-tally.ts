// Counts rejected packets and tells them in bunches, so that a flood of forged replies is one event now and then, not
// 20,000 a second through record, screen and totals.

import type { ProbeEvent, RejectReason } from '../events/events.js';
import type { EndpointId, Millis } from '../events/units.js';

const PERIOD: Millis = 250;

type Entry = { endpoint: EndpointId | null; reason: RejectReason; count: number };

export class RejectionTally {
  readonly #entries = new Map<string, Entry>();
  #toldAt: Millis = -Infinity;
  #total = 0;

  add(reason: RejectReason, endpoint: EndpointId | null): void {
    const key = `${reason} ${endpoint}`;
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#entries.set(key, { endpoint, reason, count: 1 });
    else entry.count++;
    this.#total++;
  }

  /** All since the start, told or not. */
  get total(): number {
    return this.#total;
  }

  /** Tells what has come in, if anything has and the last time is long enough ago. */
  flush(now: Millis, sink: (event: ProbeEvent) => void, force = false): void {
    if (this.#entries.size === 0 || (!force && now - this.#toldAt < PERIOD)) return;
    this.#toldAt = now;
    for (const { endpoint, reason, count } of this.#entries.values())
      sink({ type: 'rejected', endpoint, reason, count });
    this.#entries.clear();
  }
}
