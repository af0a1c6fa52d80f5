// One endpoint: sends its probes and decides what becomes of each. Every slot ends in exactly one state, and the events
// say every change of it: sent, then at most one of lost / unreachable / unsent / void, or answered, or late.

import type { ProbeEvent, RejectReason } from '../events/events.js';
import type { EndpointId, Millis, ProbeSeq } from '../events/units.js';
import { isSameAddress } from './names/addresses.js';
import { EchoRequest } from './packet/echo-request.js';
import type { Identity } from './packet/echo-payload.js';
import type { EndpointAddress, TargetAddress } from './names/endpoint-address.js';
import type { Family, IcmpSocket, MonotonicClock, SendError } from './ports.js';
import { ProbeRing, State } from './schedule/probe-ring.js';
import type { SessionClock } from './clock/session-clock.js';

export type Reply = { seq: ProbeSeq; source: string; receivedAt: Millis; ttl: number | null; uncertain: boolean };

export type EndpointProberOptions = {
  id: EndpointId;
  firstSeq: ProbeSeq;
  timeout: Millis;
  sizeBytes: number;
  identities: Readonly<Record<Family, Identity>>;
  sockets: Readonly<Record<Family, IcmpSocket | null>>;
  clock: MonotonicClock;
  sessionClock: SessionClock;
  address: EndpointAddress;
  sink: (event: ProbeEvent) => void;
};

/** Errors that say that this family has no route here, not that the network is down. */
const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const ADDRESSES = 256;

export class EndpointProber {
  readonly id: EndpointId;
  readonly #options: EndpointProberOptions;
  readonly #ring: ProbeRing;
  readonly #requests: Record<Family, EchoRequest>;
  /** Every address used so far: a reply counts from the address its probe went to, even after the name has moved. */
  readonly #addresses: string[] = [];
  #via = 0;
  #sent = 0;
  #lastAnswerAt: Millis | null = null;
  #firstSendAt: Millis | null = null;

  constructor(options: EndpointProberOptions) {
    const { id, identities, sizeBytes } = options;
    this.id = id;
    this.#options = options;
    this.#ring = new ProbeRing(options.firstSeq);
    this.#requests = {
      4: new EchoRequest(4, identities[4], id, sizeBytes),
      6: new EchoRequest(6, identities[6], id, sizeBytes),
    };
  }

  get address(): EndpointAddress {
    return this.#options.address;
  }

  /** Probes of this run so far, unsent ones included. */
  get sent(): number {
    return this.#sent;
  }

  get inFlight(): number {
    return this.#ring.inFlight;
  }

  /** When that probe was sent, monotonic. */
  sentAt(seq: ProbeSeq): Millis {
    return this.#ring.sentAt(seq);
  }

  waits(seq: ProbeSeq): boolean {
    return this.#ring.state(seq) === State.inFlight;
  }

  /** Whether the canonical address is where this endpoint's probes go at present. */
  isAt(canonical: string): boolean {
    return this.#options.address.current?.canonical === canonical;
  }

  /** Sends the slot's probe. Returns its sequence if it is in flight now, null if it could not be sent. */
  sendSlot(): ProbeSeq | null {
    const { clock, sessionClock, sink, address, id } = this.#options;
    if (this.#ring.displaced !== null) this.expire(this.#ring.displaced);
    const now = clock.now();
    this.#firstSendAt ??= now;
    address.consider(now, now - (this.#lastAnswerAt ?? this.#firstSendAt));
    const target = address.current;
    const seq = this.#ring.add(now, this.#indexOf(target));
    this.#sent++;
    sink({ type: 'sent', endpoint: id, seq, at: sessionClock.at(now) });
    let error = target === null ? address.error : this.#send(seq, target);
    if (error !== null && NO_ROUTE.has(error)) {
      const other = address.alternative;
      if (other !== null && this.#send(seq, other) === null) {
        error = null;
        address.switchTo(other);
      }
    }
    if (error === null) return seq;
    this.#ring.setState(seq, State.unsent);
    sink({ type: 'unsent', endpoint: id, seq, error });
    return null;
  }

  #send(seq: ProbeSeq, target: TargetAddress): SendError | null {
    const { clock, sockets } = this.#options;
    const socket = sockets[target.family];
    if (socket === null) return 'EAFNOSUPPORT';
    const packet = this.#requests[target.family].build(seq);
    // Last thing before the send: whatever the sink did with the send record is no part of the RTT. No reply can be
    // read before this function ends.
    const before = clock.now();
    const error = socket.send(packet, target.text);
    const sentAt = error === null ? (socket.sentAt ?? before) : before;
    this.#ring.resend(seq, sentAt, this.#indexOf(target));
    return error;
  }

  #indexOf(target: TargetAddress | null): number {
    if (target === null || this.#addresses[this.#via] === target.canonical) return this.#via;
    const known = this.#addresses.indexOf(target.canonical);
    if (known >= 0) this.#via = known;
    else if (this.#addresses.length < ADDRESSES) this.#via = this.#addresses.push(target.canonical) - 1;
    else this.#addresses[(this.#via = (this.#via + 1) % ADDRESSES)] = target.canonical;
    return this.#via;
  }

  /** A reply that passed every check of its bytes. Returns why it doesn't count, or null. */
  reply({ seq, source, receivedAt, ttl, uncertain }: Reply): RejectReason | null {
    const { id, sink, timeout } = this.#options;
    const ring = this.#ring;
    const state = ring.state(seq);
    if (state === State.none) return 'sequence';
    if (!isSameAddress(source, this.#addresses[ring.via(seq)] ?? '')) return 'source';
    // Final states: an answer to what was never sent, or from across a suspend, has no RTT to speak of.
    if (state === State.unsent || state === State.void) return null;
    // Two clocks a microsecond apart can make loopback's shortest RTTs negative.
    const rtt = Math.max(0, receivedAt - ring.sentAt(seq));
    this.#lastAnswerAt = receivedAt;
    this.#options.address.noteAnswer();
    if (state === State.answered || state === State.late) {
      sink({ type: 'duplicate', endpoint: id, seq, rtt });
      return null;
    }
    const inTime = state !== State.lost && (rtt <= timeout || uncertain);
    ring.setState(seq, inTime ? State.answered : State.late);
    const type = inTime ? 'answered' : 'late';
    sink(uncertain ? { type, endpoint: id, seq, rtt, ttl, uncertain } : { type, endpoint: id, seq, rtt, ttl });
    return null;
  }

  /** The newest probe that an error's quoted 16 bits can mean, if it is in flight and went to that address. */
  quoted(seqLow: number, destination: string): ProbeSeq | null {
    const seq = this.#ring.bySeqLow(seqLow);
    return this.#wentTo(seq, destination) && this.waits(seq) ? seq : null;
  }

  #wentTo(seq: ProbeSeq, canonical: string): boolean {
    return this.#addresses[this.#ring.via(seq)] === canonical;
  }

  /** An ICMP error that quotes that probe. Of probes that are settled it says nothing new. */
  unreachable(
    seq: ProbeSeq,
    destination: string,
    from: string,
    icmpType: number,
    icmpCode: number,
  ): RejectReason | null {
    const state = this.#ring.state(seq);
    if (state === State.none) return 'sequence';
    if (!this.#wentTo(seq, destination)) return 'source';
    if (state !== State.inFlight) return null;
    this.#ring.setState(seq, State.unreachable);
    this.#options.sink({ type: 'unreachable', endpoint: this.id, seq, from, icmpType, icmpCode });
    return null;
  }

  /** The timeout has passed. */
  expire(seq: ProbeSeq): void {
    if (!this.waits(seq)) return;
    this.#ring.setState(seq, State.lost);
    this.#options.sink({ type: 'lost', endpoint: this.id, seq });
  }

  /** Nobody can tell any more what became of it. */
  abandon(seq: ProbeSeq): void {
    if (!this.waits(seq)) return;
    this.#ring.setState(seq, State.void);
    this.#options.sink({ type: 'void', endpoint: this.id, seq });
  }
}
