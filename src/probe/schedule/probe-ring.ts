// The last 65,536 probes of one endpoint: when each was sent, to which of its addresses, and what became of it. As many
// as the ICMP sequence can tell apart, so that a late reply or a duplicate is still told 109 minutes later at 10
// probes a second. Typed arrays: no object per probe. They grow as probes are sent, from few: most endpoints are watched
// at a second or so, and a thousand of them must fit.

import type { Millis, ProbeSeq } from '../../events/units.js';

const MOST = 0x10000;
const FIRST_CAPACITY = 64;

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
  #capacity = FIRST_CAPACITY;
  #sentAt = new Float64Array(FIRST_CAPACITY);
  #state = new Uint8Array(FIRST_CAPACITY);
  #via = new Uint8Array(FIRST_CAPACITY);
  #low = new Uint16Array(FIRST_CAPACITY);
  readonly #first: ProbeSeq;
  #next: ProbeSeq;
  #inFlight = 0;

  constructor(firstSeq: ProbeSeq) {
    this.#first = firstSeq;
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
    const oldest = this.#next - MOST;
    return this.state(oldest) === State.inFlight ? oldest : null;
  }

  /** Adds the next probe, in flight. */
  add(sentAt: Millis): ProbeSeq {
    const seq = this.#next;
    if (seq - this.#first >= this.#capacity && this.#capacity < MOST) this.#grow();
    this.#next++;
    const i = seq % this.#capacity;
    this.#sentAt[i] = sentAt;
    this.#state[i] = State.inFlight;
    this.#inFlight++;
    return seq;
  }

  /** State.none for a sequence that was never sent or is too old to be known. */
  state(seq: ProbeSeq): State {
    if (seq >= this.#next || seq < this.#next - this.#capacity || seq < this.#first) return State.none;
    return this.#state[seq % this.#capacity] as State;
  }

  setState(seq: ProbeSeq, state: State): void {
    const i = seq % this.#capacity;
    if (this.#state[i] === State.inFlight) this.#inFlight--;
    this.#state[i] = state;
  }

  sentAt(seq: ProbeSeq): Millis {
    return this.#sentAt[seq % this.#capacity] as number;
  }

  /** How it was sent: the true instant, which of the endpoint's addresses it went to, and the header's sequence. */
  sent(seq: ProbeSeq, at: Millis, via: number, low: number): void {
    const i = seq % this.#capacity;
    this.#sentAt[i] = at;
    this.#via[i] = via;
    this.#low[i] = low;
  }

  via(seq: ProbeSeq): number {
    return this.#via[seq % this.#capacity] as number;
  }

  /** The sequence in the ICMP header that it was sent with. */
  low(seq: ProbeSeq): number {
    return this.#low[seq % this.#capacity] as number;
  }

  #grow(): void {
    const old = this.#capacity;
    const capacity = old * 4;
    const moved = <T extends Float64Array | Uint16Array | Uint8Array>(from: T, to: T): T => {
      for (let seq = this.#next - old; seq < this.#next; seq++) to[seq % capacity] = from[seq % old] as number;
      return to;
    };
    this.#sentAt = moved(this.#sentAt, new Float64Array(capacity));
    this.#state = moved(this.#state, new Uint8Array(capacity));
    this.#via = moved(this.#via, new Uint8Array(capacity));
    this.#low = moved(this.#low, new Uint16Array(capacity));
    this.#capacity = capacity;
  }
}
