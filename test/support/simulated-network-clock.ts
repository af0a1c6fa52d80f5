// A machine's clocks and its event loop, by hand: time passes only when a test says so. Two kinds of things happen: the
// kernel's (a packet reaches a socket), at their time whatever the loop does, and the loop's (timers, reading sockets),
// which wait while it is stalled.

import type { MonotonicClock, Timers, Uptime, WallClock } from '../../src/probe/ports.js';
import type { Millis, UnixMillis } from '../../src/events/units.js';

type Entry = { at: Millis; order: number; run: () => void; kernel: boolean; cancelled: boolean };

/** 2026-11-23 03:20 UTC and a fraction. */
const STARTED_AT: UnixMillis = 1_795_404_000_123.25;
/** A loop that runs so many timers without time passing is spinning. */
const SPIN_LIMIT = 10_000;

export class ManualClock {
  #now: Millis = 5_000;
  #wallOffset: Millis = STARTED_AT - 5_000;
  #slept: Millis = 0;
  #order = 0;
  /** Min-heap by time, then by order of scheduling. */
  readonly #heap: Entry[] = [];
  readonly #polls: (() => void)[] = [];
  /** How often a timer has fired. */
  wakeUps = 0;

  readonly monotonic: MonotonicClock = { now: () => this.#now };
  readonly wall: WallClock = { now: () => this.#now + this.#wallOffset, grain: 0 };
  readonly uptime: Uptime = { now: () => Math.floor((this.#now + this.#slept) / 10) * 10 };
  readonly timers: Timers = {
    after: (delay, run) => {
      const entry = this.#push(this.#now + delay, false, () => {
        this.wakeUps++;
        run();
      });
      return { cancel: () => (entry.cancelled = true) };
    },
  };

  get now(): Millis {
    return this.#now;
  }

  /** Happens then, stalled loop or not. */
  inKernel(at: Millis, run: () => void): void {
    this.#push(at, true, run);
  }

  /** Runs whenever the loop would look at its sockets. */
  onPoll(run: () => void): void {
    this.#polls.push(run);
  }

  /** Time passes and the loop runs. */
  advance(duration: Millis): void {
    const end = this.#now + duration;
    let atOnce = 0;
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      if (next.cancelled) continue;
      atOnce = next.at > this.#now ? 0 : atOnce + 1;
      if (atOnce > SPIN_LIMIT) throw new Error('the loop spins: timers without end at one instant');
      this.#now = Math.max(this.#now, next.at);
      next.run();
      if (next.kernel) this.#poll();
    }
    this.#now = end;
  }

  /** Time passes and the loop stands still; then come timers and sockets, in either order. */
  stall(duration: Millis, first: 'timers' | 'sockets' = 'timers'): void {
    const end = this.#now + duration;
    const waiting: Entry[] = [];
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      if (!next.kernel) waiting.push(next);
      else {
        this.#now = Math.max(this.#now, next.at);
        next.run();
      }
    }
    this.#now = end;
    if (first === 'sockets') this.#poll();
    for (const entry of waiting) if (!entry.cancelled) entry.run();
    this.#poll();
  }

  /** The machine sleeps: neither the monotonic clock nor anything else goes on, but the wall clock is right afterwards. */
  suspend(duration: Millis): void {
    this.#slept += duration;
    this.#wallOffset += duration;
  }

  stepWall(by: Millis): void {
    this.#wallOffset += by;
  }

  /** Moves the clock inside a callback, as work on the loop's thread does. */
  spend(duration: Millis): void {
    this.#now += duration;
  }

  #poll(): void {
    for (const poll of this.#polls) poll();
  }

  #push(at: Millis, kernel: boolean, run: () => void): Entry {
    const entry = { at, order: this.#order++, run, kernel, cancelled: false };
    const heap = this.#heap;
    heap.push(entry);
    let i = heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(entry, heap[parent] as Entry)) break;
      heap[i] = heap[parent] as Entry;
      i = parent;
    }
    heap[i] = entry;
    return entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (!before(heap[child] as Entry, last)) break;
      heap[i] = heap[child] as Entry;
      i = child;
    }
    heap[i] = last;
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
