// The last 65,536 probes of one endpoint: when each was sent, to which of its addresses, and what became of it. As many
// as the ICMP sequence can tell apart, so that a late reply or a duplicate is still told 109 minutes later at 10
// probes a second, and a quoted 16-bit sequence names at most one of them. Typed arrays: no object per probe, and pages
// that were never written cost no memory.

import type { Millis, ProbeSeq } from '../../events/units.js';

const CAPACITY = 0x10000;

/** Numbers, to fit a byte. 0 is nothing: never sent, or overwritten. */
export const State = {
  none: 0,
  inFlight: 1,
  answered: 2,
  late: 3,
  lost: 4,
  unreachable: 5,
  unsent: 6,
  void: 7,
} as const;
export type State = (typeof State)[keyof typeof State];

export class ProbeRing {
  readonly #sentAt = new Float64Array(CAPACITY);
  readonly #state = new Uint8Array(CAPACITY);
  readonly #via = new Uint8Array(CAPACITY);
  #next: ProbeSeq;
  #inFlight = 0;

  constructor(firstSeq: ProbeSeq) {
    this.#next = firstSeq;
  }

  /** The sequence that the next probe will have. */
  get next(): ProbeSeq {
    return this.#next;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The in-flight probe that `add` would overwrite, or null: only with a timeout of more than 65,536 intervals. */
  get displaced(): ProbeSeq | null {
    return this.#state[this.#next % CAPACITY] === State.inFlight ? this.#next - CAPACITY : null;
  }

  /** Adds the next probe, in flight. `via` says which of the endpoint's addresses it goes to. */
  add(sentAt: Millis, via: number): ProbeSeq {
    const seq = this.#next++;
    const i = seq % CAPACITY;
    this.#sentAt[i] = sentAt;
    this.#state[i] = State.inFlight;
    this.#via[i] = via;
    this.#inFlight++;
    return seq;
  }

  /** State.none for a sequence that was never sent or is too old to be known. */
  state(seq: ProbeSeq): State {
    if (seq >= this.#next || seq < this.#next - CAPACITY || seq < 0) return State.none;
    return this.#state[seq % CAPACITY] as State;
  }

  setState(seq: ProbeSeq, state: State): void {
    const i = seq % CAPACITY;
    if (this.#state[i] === State.inFlight) this.#inFlight--;
    this.#state[i] = state;
  }

  sentAt(seq: ProbeSeq): Millis {
    return this.#sentAt[seq % CAPACITY] as number;
  }

  /** The true instant, taken after the send record was made; and the address, where a retry changed it. */
  resend(seq: ProbeSeq, sentAt: Millis, via: number): void {
    this.#sentAt[seq % CAPACITY] = sentAt;
    this.#via[seq % CAPACITY] = via;
  }

  via(seq: ProbeSeq): number {
    return this.#via[seq % CAPACITY] as number;
  }

  /** The newest probe whose sequence ends in these 16 bits, whether known or not. */
  bySeqLow(low: number): ProbeSeq {
    const newest = this.#next - 1;
    return newest - (((((newest % CAPACITY) - low) % CAPACITY) + CAPACITY) % CAPACITY);
  }
}
