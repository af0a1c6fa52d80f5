// The send records of one endpoint: what was sent when, and what became of it. A ring of columns (typed arrays, 15
// bytes a probe), indexed by sequence number.
//
// Assumes: sequence numbers are whole and below 2^53, so that `seq & mask` keeps the low bits (ECMAScript ToInt32 is
// modulo 2^32). Probes are announced in increasing order, but for holes that a replayed record fills later.
// Keeps: send times never decrease with the sequence number, so that they can be searched; a hole carries the time of
// the probe after it. Grows by doubling up to its limit, then overwrites the oldest.

import { HOLE, IN_FLIGHT, STATE_MASK, takes } from '../../events/state-code.js';
import type { StateCode } from '../../events/state-code.js';
import { NO_RTT } from '../../events/rtt/micros.js';
import type { Outcome } from './outcome.js';
import type { ProbeSeq, UnixMillis } from '../../events/units.js';

/** Small: a thousand endpoints probed once a second come to have few. */
const FIRST_CAPACITY = 64;

/**
 * A record from outside may leave out sequence numbers at will. So that its reading takes time by its bytes, each probe
 * pays for so many holes, and a jump that is not paid for begins the ring anew; and where a hole is filled, its
 * neighbours are looked for no further away than this.
 */
const HOLES_PER_PROBE = 64;
const FARTHEST_NEIGHBOUR = 4096;

/** The smallest power of two that is at least `n`. */
export const powerOfTwo = (n: number): number => {
  let power = 1;
  while (power < n) power *= 2;
  return power;
};

export class SendRecords {
  /** The first sequence number in the ring. */
  oldest: ProbeSeq = 0;
  /** One past the newest; equal to `oldest` while there is none. */
  next: ProbeSeq = 0;
  /** Slot of a sequence number: `seq & mask`. */
  mask: number;
  at: Float64Array;
  rtt: Uint32Array;
  /** State code and flags. */
  state: Uint8Array;
  /** Error id (ErrorNames) of an unsent or unreachable probe. */
  error: Uint16Array;
  /** The most records that are kept. */
  limit: number;
  private readonly lookBack: number;
  /** How many holes have been paid for. */
  private holesLeft = FIRST_CAPACITY;

  /**
   * `limit`: the most records kept, rounded up to a power of two. `lookBack`: how many sequence numbers before the
   * first one announced may still follow (a record file has lines in order of settling).
   */
  constructor(limit: number, lookBack: number) {
    this.limit = powerOfTwo(Math.max(limit, 4));
    this.lookBack = Math.min(lookBack, this.limit / 2);
    const capacity = Math.min(FIRST_CAPACITY, this.limit);
    this.mask = capacity - 1;
    this.at = new Float64Array(capacity);
    this.rtt = new Uint32Array(capacity);
    this.state = new Uint8Array(capacity);
    this.error = new Uint16Array(capacity);
  }

  /** Lets the ring grow to twice its limit. */
  raiseLimit(): void {
    this.limit *= 2;
  }

  /** The oldest sequence number that will be left once `seq` is in: what is before it must have been taken account of. */
  oldestAfter(seq: ProbeSeq): ProbeSeq {
    if (seq < this.next) return this.oldest;
    return this.leaps(seq) ? this.backFrom(seq) : Math.max(this.oldest, seq + 1 - this.limit);
  }

  /** Whether `seq` is so far ahead that the ring begins anew with it. */
  leaps(seq: ProbeSeq): boolean {
    const holes = seq - this.next;
    return holes >= this.limit || (holes > this.holesLeft && this.next !== this.oldest);
  }

  has(seq: ProbeSeq): boolean {
    return seq >= this.oldest && seq < this.next && this.state[seq & this.mask] !== HOLE;
  }

  stateOf(seq: ProbeSeq): StateCode {
    return (this.state[seq & this.mask] as number) & STATE_MASK;
  }

  timeOf(seq: ProbeSeq): UnixMillis {
    return this.at[seq & this.mask] as number;
  }

  /** Send time of the newest probe, -Infinity while there is none. */
  get newestAt(): UnixMillis {
    return this.next === this.oldest ? -Infinity : this.timeOf(this.next - 1);
  }

  /**
   * Takes a send record. The time it is kept under, which is `at` unless that contradicts its neighbours; null where
   * the probe is known already or too old.
   */
  add(seq: ProbeSeq, at: UnixMillis): UnixMillis | null {
    if (seq >= this.next) return this.append(seq, Math.max(at, this.newestAt));
    if (seq < this.oldest || this.state[seq & this.mask] !== HOLE) return null;
    return this.fill(seq, at);
  }

  /** Puts an outcome to a probe in the ring. Returns its former state, or HOLE where the outcome changes nothing. */
  settle(seq: ProbeSeq, { code, flags, rtt, error }: Outcome): StateCode {
    const slot = seq & this.mask;
    const former = (this.state[slot] as number) & STATE_MASK;
    if (!takes(former, code)) return HOLE;
    this.state[slot] = code | flags;
    this.rtt[slot] = rtt;
    this.error[slot] = error;
    return former;
  }

  /** The first sequence number in [low, high] whose probe was sent at or after `at`; `high` where there is none. */
  lowerBound(at: UnixMillis, low: ProbeSeq = this.oldest, high: ProbeSeq = this.next): ProbeSeq {
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.at[middle & this.mask] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private backFrom(seq: ProbeSeq): ProbeSeq {
    const back = this.next === this.oldest ? this.lookBack : Math.min(this.lookBack, FARTHEST_NEIGHBOUR);
    return Math.max(0, seq - back);
  }

  private append(seq: ProbeSeq, at: UnixMillis): UnixMillis {
    if (this.next === this.oldest || this.leaps(seq)) {
      this.oldest = this.backFrom(seq);
      this.next = this.oldest;
    } else this.holesLeft = Math.min(this.holesLeft - (seq - this.next) + HOLES_PER_PROBE, this.limit);
    while (seq + 1 - this.oldest > this.mask + 1 && this.mask + 1 < this.limit) this.grow();
    this.oldest = Math.max(this.oldest, seq + 1 - this.limit);
    for (let hole = Math.max(this.next, this.oldest); hole < seq; hole++) this.put(hole, at, HOLE);
    this.put(seq, at, IN_FLIGHT);
    this.next = seq + 1;
    return at;
  }

  private fill(seq: ProbeSeq, wanted: UnixMillis): UnixMillis {
    let before = seq - 1;
    const farthest = Math.max(this.oldest, seq - FARTHEST_NEIGHBOUR);
    while (before >= farthest && this.state[before & this.mask] === HOLE) before--;
    // A hole that is left unvisited has the time of the probe behind it: no time before it is later.
    const earliest = before >= this.oldest ? this.timeOf(before) : -Infinity;
    const at = Math.max(earliest, Math.min(wanted, this.timeOf(seq)));
    for (let hole = seq - 1; hole > before; hole--) {
      const slot = hole & this.mask;
      this.at[slot] = Math.min(this.at[slot] as number, at);
    }
    this.put(seq, at, IN_FLIGHT);
    return at;
  }

  private put(seq: ProbeSeq, at: UnixMillis, code: StateCode): void {
    const slot = seq & this.mask;
    this.at[slot] = at;
    this.rtt[slot] = NO_RTT;
    this.state[slot] = code;
    this.error[slot] = 0;
  }

  private grow(): void {
    const { mask, at, rtt, state, error } = this;
    const capacity = (mask + 1) * 2;
    this.mask = capacity - 1;
    this.at = new Float64Array(capacity);
    this.rtt = new Uint32Array(capacity);
    this.state = new Uint8Array(capacity);
    this.error = new Uint16Array(capacity);
    for (let seq = this.oldest; seq < this.next; seq++) {
      const from = seq & mask;
      const to = seq & this.mask;
      this.at[to] = at[from] as number;
      this.rtt[to] = rtt[from] as number;
      this.state[to] = state[from] as number;
      this.error[to] = error[from] as number;
    }
  }
}
