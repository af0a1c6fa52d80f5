// The newest probes of one endpoint: what was sent when, what became of it, and what the tests made of it. A ring of
// columns (typed arrays, 13 bytes a probe), indexed by sequence number.
//
// A replayed record announces probes in the order in which they settled, so there may be holes that are filled later; a
// hole carries the time of the probe that was announced instead.

import type { Millis, ProbeSeq, UnixMillis } from '../../events/units.js';

// What became of a probe, in the low three bits of its state.
export const HOLE = 0;
export const IN_FLIGHT = 1;
export const ANSWERED = 2;
/** Lost, late or unreachable: for a call it is all the same. */
export const FAILED = 3;
export const UNSENT = 4;
/** Unsent while nothing could be sent at all: says nothing of its endpoint. */
export const EXCUSED = 5;
export const VOID = 6;
export const OUTCOME = 7;

// Flags beside it.
/** The tests have had it: nothing changes it any more. */
export const JUDGED = 8;
/** Its RTT is not to be trusted. */
export const UNCERTAIN = 16;
export const SLOW = 32;
export const JITTERY = 64;
/** Answered after its timeout. */
export const LATE = 128;

/** Whether a judged probe in that state failed. */
export const isFailure = (state: number): boolean => (state & OUTCOME) === FAILED || (state & OUTCOME) === UNSENT;

/** Endpoints are compared over so many probes at most. */
export const COMPARED = 1500;

const MOST_PROBES = 2 ** 17;
/** What settles may become known so much later. */
const SLACK: Millis = 5000;

const capacityFor = (interval: Millis, timeout: Millis): number => {
  const wanted = COMPARED + (timeout + SLACK) / Math.max(interval, 0.1) + 16;
  let capacity = 2048;
  while (capacity < wanted && capacity < MOST_PROBES) capacity *= 2;
  return capacity;
};

export class ProbeWindow {
  /** The first sequence number in the ring. */
  oldest: ProbeSeq = 0;
  /** One past the newest. */
  next: ProbeSeq = 0;
  /** The first that has not been judged. */
  pending: ProbeSeq = 0;
  /** Slot of a sequence number: `seq & mask`. */
  mask: number;
  at: Float64Array;
  /** Milliseconds, of answered probes. */
  rtt: Float32Array;
  state: Uint8Array;

  constructor(interval: Millis, timeout: Millis) {
    const capacity = capacityFor(interval, timeout);
    this.mask = capacity - 1;
    this.at = new Float64Array(capacity);
    this.rtt = new Float32Array(capacity);
    this.state = new Uint8Array(capacity);
  }

  /** Makes room for another interval; what is on record stays. */
  makeRoomFor(interval: Millis, timeout: Millis): void {
    const capacity = capacityFor(interval, timeout);
    if (capacity <= this.mask + 1) return;
    const { mask, at, rtt, state } = this;
    this.mask = capacity - 1;
    this.at = new Float64Array(capacity);
    this.rtt = new Float32Array(capacity);
    this.state = new Uint8Array(capacity);
    for (let seq = this.oldest; seq < this.next; seq++) {
      const from = seq & mask;
      const to = seq & this.mask;
      this.at[to] = at[from] as number;
      this.rtt[to] = rtt[from] as number;
      this.state[to] = state[from] as number;
    }
  }

  sent(seq: ProbeSeq, at: UnixMillis): void {
    const { next, mask } = this;
    if (seq === next) {
      this.next = seq + 1;
      if (this.next - this.oldest > mask + 1) this.#dropOldest();
    } else if (seq > next) this.#skipTo(seq, at);
    else if (seq < this.oldest || this.state[seq & mask] !== HOLE) return;
    const slot = seq & mask;
    this.at[slot] = at;
    this.state[slot] = IN_FLIGHT;
  }

  /** Puts an outcome to a probe in flight. A reply to what an ICMP error or the timeout had given up counts until it is judged. */
  settle(seq: ProbeSeq, outcome: number, rtt: Millis): void {
    if (seq >= this.next || seq < this.oldest) return;
    const slot = seq & this.mask;
    const former = this.state[slot] as number;
    if (former !== IN_FLIGHT && !(former === FAILED && (outcome & OUTCOME) === ANSWERED)) return;
    this.state[slot] = outcome;
    this.rtt[slot] = rtt;
  }

  /** A reply after the timeout: the probe stays failed, and is known to be late. */
  late(seq: ProbeSeq): void {
    if (seq >= this.next || seq < this.oldest) return;
    const slot = seq & this.mask;
    const former = this.state[slot] as number;
    if (former === IN_FLIGHT) this.state[slot] = FAILED | LATE;
    else if ((former & OUTCOME) === FAILED) this.state[slot] = former | LATE;
  }

  /** The first sequence number whose probe was sent at or after `at`. */
  firstFrom(at: UnixMillis): ProbeSeq {
    let low = this.oldest;
    let high = this.next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.at[middle & this.mask] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #dropOldest(): void {
    this.oldest = this.next - this.mask - 1;
    if (this.pending < this.oldest) this.pending = this.oldest;
  }

  #skipTo(seq: ProbeSeq, at: UnixMillis): void {
    if (this.next === 0 || seq - this.next > this.mask) {
      // The first one, or a new run: the few before it that a record may still bring are holes.
      const from = Math.max(0, seq - (this.mask >> 2));
      this.oldest = from;
      this.pending = from;
      this.next = from;
    }
    for (let hole = this.next; hole < seq; hole++) {
      this.at[hole & this.mask] = at;
      this.state[hole & this.mask] = HOLE;
    }
    this.next = seq + 1;
    if (this.next - this.oldest > this.mask + 1) this.#dropOldest();
  }
}
