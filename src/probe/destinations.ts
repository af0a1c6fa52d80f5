// The 16-bit sequences of the ICMP header. An ICMP error often quotes no more than the header, so for one destination
// each of them must mean one probe, whichever endpoint sent it: endpoints towards the same address share a sequence.

import type { EndpointId, ProbeSeq } from '../events/units.js';

const SMALLEST_CAPACITY = 16;
const SEQUENCES = 0x10000;
/** Destinations that nobody probes any more are kept so long as there are no more than this. */
const MOST_KEPT = 1024;

export type SentProbe = { endpoint: EndpointId; seq: ProbeSeq };

export class Destination {
  /** Endpoints whose probes go here at present. */
  users = 0;
  #last = 0;
  /** The one endpoint that has ever sent here, null before the first, undefined once there are more. */
  #only: EndpointId | null | undefined = null;
  #slots = emptySlots(SMALLEST_CAPACITY);

  /**
   * The header's sequence for that probe: counts up, and equals the low bits of the probe's own as long as no other
   * endpoint sends here. Probes that still wait for an answer, as `waits` tells, stay known by theirs.
   */
  take(endpoint: EndpointId, seq: ProbeSeq, waits: (endpoint: EndpointId, seq: ProbeSeq) => boolean): number {
    if (this.#only === null) this.#only = endpoint;
    else if (this.#only !== endpoint) this.#only = undefined;
    const low = (this.#only === endpoint ? seq : this.#last + 1) % SEQUENCES;
    this.#last = low;
    while (this.#slots.seqs.length < SEQUENCES && this.#holds(low, waits)) this.#grow();
    put(this.#slots, low, endpoint, seq);
    return low;
  }

  /** The newest probe that was sent here with that sequence, null if it isn't known any more. */
  find(low: number): SentProbe | null {
    const { lows, endpoints, seqs } = this.#slots;
    const i = low % seqs.length;
    const seq = seqs[i] as number;
    return seq < 0 || lows[i] !== low ? null : { endpoint: endpoints[i] as number, seq };
  }

  /** Whether the place for that sequence is that of a probe that still waits. */
  #holds(low: number, waits: (endpoint: EndpointId, seq: ProbeSeq) => boolean): boolean {
    const { endpoints, seqs } = this.#slots;
    const i = low % seqs.length;
    return (seqs[i] as number) >= 0 && waits(endpoints[i] as number, seqs[i] as number);
  }

  #grow(): void {
    const { lows, endpoints, seqs } = this.#slots;
    const larger = emptySlots(seqs.length * 2);
    for (const [i, seq] of seqs.entries()) {
      if (seq >= 0) put(larger, lows[i] as number, endpoints[i] as number, seq);
    }
    this.#slots = larger;
  }
}

type Slots = { lows: Uint16Array; endpoints: Uint16Array; seqs: Float64Array };

/** No probe has a sequence below 0. */
const emptySlots = (capacity: number): Slots => ({
  lows: new Uint16Array(capacity),
  endpoints: new Uint16Array(capacity),
  seqs: new Float64Array(capacity).fill(-1),
});

const put = ({ lows, endpoints, seqs }: Slots, low: number, endpoint: EndpointId, seq: ProbeSeq): void => {
  const i = low % seqs.length;
  lows[i] = low;
  endpoints[i] = endpoint;
  seqs[i] = seq;
};

export class Destinations {
  readonly #byAddress = new Map<string, Destination>();

  /** An endpoint's probes go to that address from now on, and to `before` no more. */
  enter(canonical: string, before: Destination | null): Destination {
    if (before !== null) before.users--;
    const destination = this.#byAddress.get(canonical) ?? this.#create(canonical);
    destination.users++;
    return destination;
  }

  leave(destination: Destination): void {
    destination.users--;
  }

  /** The probe that an error means which quotes this destination and sequence. */
  find(canonical: string, low: number): SentProbe | null {
    return this.#byAddress.get(canonical)?.find(low) ?? null;
  }

  #create(canonical: string): Destination {
    if (this.#byAddress.size >= MOST_KEPT) {
      for (const [address, { users }] of this.#byAddress) {
        if (users > 0) continue;
        this.#byAddress.delete(address);
        break;
      }
    }
    const destination = new Destination();
    this.#byAddress.set(canonical, destination);
    return destination;
  }
}
