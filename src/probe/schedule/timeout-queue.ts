// Which probes time out when. Every probe has the same timeout and they are sent in order of time, so their deadlines
// are in order, too: a queue with one timer for its head, instead of a timer per probe. Answered probes stay until
// they reach the head.

import type { EndpointId, Millis, ProbeSeq } from '../../events/units.js';

export class TimeoutQueue {
  #deadlines = new Float64Array(1024);
  #endpoints = new Uint16Array(1024);
  #seqs = new Float64Array(1024);
  #head = 0;
  #length = 0;

  push(deadline: Millis, endpoint: EndpointId, seq: ProbeSeq): void {
    if (this.#length === this.#seqs.length) this.#grow();
    const i = (this.#head + this.#length++) & (this.#seqs.length - 1);
    this.#deadlines[i] = deadline;
    this.#endpoints[i] = endpoint;
    this.#seqs[i] = seq;
  }

  /** The first deadline of a probe that still waits, null if none does. Forgets those before it that don't. */
  nextDeadline(waits: (endpoint: EndpointId, seq: ProbeSeq) => boolean): Millis | null {
    while (this.#length > 0) {
      const i = this.#head;
      if (waits(this.#endpoints[i] as number, this.#seqs[i] as number)) return this.#deadlines[i] as number;
      this.#drop();
    }
    return null;
  }

  /** Takes off all whose deadline is at or before `now`. */
  expire(now: Millis, expired: (endpoint: EndpointId, seq: ProbeSeq) => void): void {
    while (this.#length > 0 && (this.#deadlines[this.#head] as number) <= now) {
      const endpoint = this.#endpoints[this.#head] as number;
      const seq = this.#seqs[this.#head] as number;
      this.#drop();
      expired(endpoint, seq);
    }
  }

  #drop(): void {
    this.#head = (this.#head + 1) & (this.#seqs.length - 1);
    this.#length--;
  }

  #grow(): void {
    const old = this.#seqs.length;
    const unrolled = <T extends Float64Array | Uint16Array>(from: T, to: T): T => {
      to.set(from.subarray(this.#head));
      to.set(from.subarray(0, this.#head), old - this.#head);
      return to;
    };
    this.#deadlines = unrolled(this.#deadlines, new Float64Array(old * 2));
    this.#endpoints = unrolled(this.#endpoints, new Uint16Array(old * 2));
    this.#seqs = unrolled(this.#seqs, new Float64Array(old * 2));
    this.#head = 0;
  }
}
