// Which slot is due next: the plans of all endpoints in a binary heap by the time of their next slot, each endpoint
// with its own interval.

import type { EndpointId, Millis } from '../../events/units.js';
import { Beats } from './beats.js';
import type { MissedSlots } from './slot-plan.js';
import { SHORTEST_SLOT_TOLERANCE, SlotPlan, slotTolerance } from './slot-plan.js';

const NONE: readonly MissedSlots[] = [];

export class SendSchedule {
  readonly #beats = new Beats();
  /** Of all that are as early, the endpoint with the lowest id comes first. */
  readonly #heap: SlotPlan[] = [];

  /** The endpoints that begin together, their slots staggered from `now` on. */
  begin(endpoints: readonly { id: EndpointId; interval: Millis }[], now: Millis): void {
    const origins = this.#beats.layOut(endpoints, now);
    for (const [i, { id, interval }] of endpoints.entries()) {
      this.#heap.push(new SlotPlan(id, origins[i] as Millis, interval));
    }
    this.#order();
  }

  /** An endpoint that comes later. Its first slot is due within an interval. */
  add(id: EndpointId, interval: Millis, now: Millis): void {
    this.#heap.push(new SlotPlan(id, this.#beats.add(id, interval, now), interval));
    this.#order();
  }

  /** No slot of this endpoint is due any more. */
  remove(id: EndpointId): void {
    const at = this.#heap.findIndex(({ endpoint }) => endpoint === id);
    if (at < 0) return;
    this.#beats.remove(id);
    this.#heap.splice(at, 1);
    this.#order();
  }

  has(id: EndpointId): boolean {
    return this.#heap.some(({ endpoint }) => endpoint === id);
  }

  /** Endpoints that have slots left. */
  get size(): number {
    return this.#heap.length;
  }

  /** When the next slot is due, Infinity where there is none. */
  get nextAt(): Millis {
    return this.#heap[0]?.nextAt ?? Infinity;
  }

  /** Whose slot that is. Only to be asked where there is one, as `advance`. */
  get nextEndpoint(): EndpointId {
    return (this.#heap[0] as SlotPlan).endpoint;
  }

  /** The slot has been used: its endpoint's next one takes its place. */
  advance(): void {
    (this.#heap[0] as SlotPlan).advance();
    this.#sink(0);
  }

  /** Gives up the slots that are too late to be sent, each endpoint's by its own interval. */
  giveUpMissed(now: Millis): readonly MissedSlots[] {
    if (this.nextAt >= now - SHORTEST_SLOT_TOLERANCE) return NONE;
    return this.#skip(({ interval }) => now - slotTolerance(interval));
  }

  /** Gives up all slots before `instant`. */
  skipBefore(instant: Millis): MissedSlots[] {
    return this.#skip(() => instant);
  }

  #skip(before: (plan: SlotPlan) => Millis): MissedSlots[] {
    const missed = this.#heap.map((plan) => plan.skipBefore(before(plan))).filter((slots) => slots !== null);
    if (missed.length > 0) this.#order();
    return missed;
  }

  #order(): void {
    // A sorted array is a heap.
    this.#heap.sort(byDueTime);
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const plan = heap[from] as SlotPlan;
    let i = from;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && byDueTime(right, left) < 0) child++;
      const least = heap[child] as SlotPlan;
      if (byDueTime(plan, least) <= 0) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = plan;
  }
}

const byDueTime = (a: SlotPlan, b: SlotPlan): number => a.nextAt - b.nextAt || a.endpoint - b.endpoint;
