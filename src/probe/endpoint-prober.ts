// One endpoint: sends its probes and decides what becomes of each. Every slot ends in exactly one state, and the events
// say every change of it: sent, then at most one of lost / unreachable / unsent / void, or answered, or late.

import type { EndpointInfo } from '../events/endpoint-info.js';
import type { ProbeEvent, RejectReason } from '../events/events.js';
import type { EndpointId, Millis, ProbeSeq } from '../events/units.js';
import type { Destination, Destinations } from './destinations.js';
import type { EndpointChange, EndpointPlan } from './endpoint-plan.js';
import { canonicalAddress, isSameAddress } from './names/addresses.js';
import { EchoRequest } from './packet/echo-request.js';
import type { Identity } from './packet/echo-payload.js';
import type { AddressSource, TargetAddress } from './names/endpoint-address.js';
import type { Family, IcmpSocket, MonotonicClock, SendError } from './ports.js';
import { Responder } from './route/responder.js';
import type { HopAnswer, IcmpError, Reply } from './answers.js';
import { ProbeRing, State } from './schedule/probe-ring.js';
import type { SessionClock } from './clock/session-clock.js';

export type EndpointProberOptions = {
  plan: EndpointPlan;
  timeout: Millis;
  identities: Readonly<Record<Family, Identity>>;
  sockets: Readonly<Record<Family, IcmpSocket | null>>;
  clock: MonotonicClock;
  sessionClock: SessionClock;
  address: AddressSource;
  destinations: Destinations;
  /** Whether that probe, of any endpoint, is in flight. */
  waits: (endpoint: EndpointId, seq: ProbeSeq) => boolean;
  sink: (event: ProbeEvent) => void;
};

/** Errors that say that this family has no route here, not that the network is down. */
const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const ADDRESSES = 256;
/**
 * A send that takes longer was interrupted, before the packet left or after it: nobody knows. On two busy cores 2 of 35,760
 * were, and their RTTs 1.5 and 5.9 ms too long by a capture beside.
 */
const SLOW_SEND: Millis = 1;
/** Of these, the newest are remembered. */
const SLOW_SENDS = 1_000;

export class EndpointProber {
  readonly id: EndpointId;
  readonly #options: EndpointProberOptions;
  readonly #ring: ProbeRing;
  #plan: EndpointPlan;
  #requests: Partial<Record<Family, EchoRequest>> = {};
  /** The sizes that probes were sent with, each from a sequence on; the last one holds. */
  readonly #sizes: { from: ProbeSeq; bytes: number }[];
  /** Every address used so far: a reply counts from the address its probe went to, even after the name has moved. */
  readonly #addresses: string[] = [];
  readonly #slowSends = new Set<ProbeSeq>();
  #via = 0;
  #destination: { canonical: string; sequence: Destination } | null = null;
  /** Of a hop: which router it is. */
  readonly #responder: Responder | null;
  #sent = 0;
  #lastAnswerAt: Millis | null = null;
  #firstSendAt: Millis | null = null;

  constructor(options: EndpointProberOptions) {
    const { plan } = options;
    const firstSeq = plan.firstSeq ?? 0;
    this.id = plan.id;
    this.#plan = plan;
    this.#options = options;
    this.#ring = new ProbeRing(firstSeq);
    this.#responder = plan.kind === 'hop' || plan.kind === 'provider' ? new Responder() : null;
    this.#sizes = [{ from: firstSeq, bytes: plan.sizeBytes }];
  }

  get info(): EndpointInfo {
    const { id, target, label, kind, place, hop, interval, sizeBytes } = this.#plan;
    const router = this.#responder;
    const address = router === null ? (this.#options.address.current?.text ?? null) : router.current;
    return { id, target, label, kind, place, hop, interval, sizeBytes, address };
  }

  /** Whether its probes are to end at a router on the way, whose Time Exceeded is the answer. */
  get isHop(): boolean {
    return this.#responder !== null;
  }

  get interval(): Millis {
    return this.#plan.interval;
  }

  /** From the next probe on. */
  change(change: EndpointChange): void {
    this.#plan = { ...this.#plan, ...change };
    const { sizeBytes } = this.#plan;
    if (this.#sizes.at(-1)?.bytes === sizeBytes) return;
    this.#sizes.push({ from: this.#ring.next, bytes: sizeBytes });
    this.#requests = {};
  }

  /** Payload bytes that this probe was sent with. */
  sentSize(seq: ProbeSeq): number {
    let bytes = Infinity;
    for (const size of this.#sizes) if (size.from <= seq) ({ bytes } = size);
    return bytes;
  }

  /** No further slot will be sent. What is in flight settles as ever. */
  retire(): void {
    this.#options.address.stop();
    if (this.#destination !== null) this.#options.destinations.leave(this.#destination.sequence);
    this.#destination = null;
  }

  get address(): AddressSource {
    return this.#options.address;
  }

  /** Probes of this run so far, unsent ones included. */
  get sent(): number {
    return this.#sent;
  }

  /** The sequence that its next probe will have. */
  get nextSeq(): ProbeSeq {
    return this.#ring.next;
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
    const { clock, sessionClock, sink, address } = this.#options;
    const { id } = this;
    if (this.#ring.displaced !== null) this.expire(this.#ring.displaced);
    const now = clock.now();
    this.#firstSendAt ??= now;
    address.consider(now, now - (this.#lastAnswerAt ?? this.#firstSendAt));
    const target = address.current;
    const seq = this.#ring.add(now);
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
    const { clock, sockets, waits } = this.#options;
    const socket = sockets[target.family];
    if (socket === null) return 'EAFNOSUPPORT';
    const low = this.#sequenceTo(target.canonical).take(this.id, seq, waits);
    const packet = this.#requestOf(target.family).build(seq, low);
    // Last thing before the send: whatever the sink did with the send record is no part of the RTT. No reply can be
    // read before this function ends.
    const before = clock.now();
    const error = socket.send(packet, target.text, target.hops);
    const sentAt = error === null ? (socket.sentAt ?? before) : before;
    this.#ring.sent(seq, sentAt, this.#indexOf(target.canonical), low);
    if (error === null && (socket.returnedAt ?? sentAt) - sentAt > SLOW_SEND) this.#rememberSlowSend(seq);
    return error;
  }

  #rememberSlowSend(seq: ProbeSeq): void {
    this.#slowSends.add(seq);
    const [oldest] = this.#slowSends;
    if (this.#slowSends.size > SLOW_SENDS && oldest !== undefined) this.#slowSends.delete(oldest);
  }

  #requestOf(family: Family): EchoRequest {
    return (this.#requests[family] ??= new EchoRequest(
      family,
      this.#options.identities[family],
      this.id,
      this.#plan.sizeBytes,
      this.isHop,
    ));
  }

  #sequenceTo(canonical: string): Destination {
    const known = this.#destination;
    if (known?.canonical === canonical) return known.sequence;
    const sequence = this.#options.destinations.enter(canonical, known?.sequence ?? null);
    this.#destination = { canonical, sequence };
    return sequence;
  }

  #indexOf(canonical: string): number {
    if (this.#addresses[this.#via] === canonical) return this.#via;
    const known = this.#addresses.indexOf(canonical);
    if (known >= 0) this.#via = known;
    else if (this.#addresses.length < ADDRESSES) this.#via = this.#addresses.push(canonical) - 1;
    else this.#addresses[(this.#via = (this.#via + 1) % ADDRESSES)] = canonical;
    return this.#via;
  }

  /** A reply that passed every check of its bytes. Returns why it doesn't count, or null. */
  reply(reply: Reply): RejectReason | null {
    const { seq, seqLow, source } = reply;
    const ring = this.#ring;
    if (ring.state(seq) === State.none || ring.low(seq) !== seqLow) return 'sequence';
    if (!isSameAddress(source, this.#addresses[ring.via(seq)] ?? '')) return 'source';
    return this.#answer(reply);
  }

  /** A router's Time Exceeded that quotes that probe. Any router may be the hop: the sender isn't checked. */
  timeExceeded(answer: HopAnswer): RejectReason | null {
    const { seq, seqLow, destination } = answer;
    if (this.#ring.state(seq) === State.none || this.#ring.low(seq) !== seqLow) return 'sequence';
    if (!this.#wentTo(seq, destination)) return 'source';
    return this.#answer(answer);
  }

  #answer({ seq, source, receivedAt, ttl, uncertain: stalled }: Reply): null {
    const { sink, timeout } = this.#options;
    const { id } = this;
    const ring = this.#ring;
    const state = ring.state(seq);
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
    this.#noteRouter(source);
    const uncertain = this.#slowSends.delete(seq) || stalled;
    const inTime = state !== State.lost && (rtt <= timeout || uncertain);
    ring.setState(seq, inTime ? State.answered : State.late);
    const type = inTime ? 'answered' : 'late';
    sink(uncertain ? { type, endpoint: id, seq, rtt, ttl, uncertain } : { type, endpoint: id, seq, rtt, ttl });
    return null;
  }

  #noteRouter(source: string): void {
    const address = canonicalAddress(source);
    if (address === null || this.#responder?.note(address) !== true) return;
    const { sink, sessionClock } = this.#options;
    sink({ type: 'resolved', endpoint: this.id, address, at: sessionClock.now() });
  }

  #wentTo(seq: ProbeSeq, canonical: string): boolean {
    return this.#addresses[this.#ring.via(seq)] === canonical;
  }

  /** An ICMP error that quotes that probe. Of probes that are settled it says nothing new. */
  unreachable({ seq, seqLow, destination, from, icmpType, icmpCode }: IcmpError): RejectReason | null {
    const state = this.#ring.state(seq);
    if (state === State.none || this.#ring.low(seq) !== seqLow) return 'sequence';
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
