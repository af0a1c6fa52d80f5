// A network by script: each host answers its requests as the test says, to the byte and to the microsecond. Packets go
// through the same socket interface as real ones, with queue, kernel stamps and send errors.

import { canonicalAddress, familyOf } from '../../src/probe/names/addresses.js';
import type { Family, IcmpSocket, PacketFilter, PacketHandler, SendError } from '../../src/probe/ports.js';
import type { ReceiveClock } from '../../src/events/session-info.js';
import type { Millis } from '../../src/events/units.js';
import type { ManualClock } from './simulated-network-clock.js';
import { asDelivered, echoReply, icmpError, parseRequest } from './simulated-network-packets.js';
import type { Request } from './simulated-network-packets.js';

/** A packet on its way back: the ICMP message, when it arrives after the request was sent, and who claims to send it. */
export type Delivery = { after: Millis; message: Buffer; source?: string; ttl?: number };

export type Asked = Request & { family: Family; address: string; message: Buffer; at: Millis; hops: number | null };

/** What a host does with a request: any number of packets, or an errno name if sendto itself fails. */
export type Behaviour = (request: Asked) => readonly Delivery[] | SendError;

export const answers =
  (after: Millis): Behaviour =>
  ({ family, message }) => [{ after, message: echoReply(family, message) }];

export const silence: Behaviour = () => [];

export const fails =
  (error: SendError): Behaviour =>
  () =>
    error;

export const unreachableBy =
  (from: string, type: number, code: number, after: Millis, quotedBytes = 8): Behaviour =>
  ({ family, message, address }) => [
    { after, source: from, message: icmpError(family, type, code, message, address, quotedBytes) },
  ];

/** A reply whose bytes were changed after its checksum was made (`fix` not given), or consistently so. */
export const altered =
  (after: Millis, change: (reply: Buffer) => Buffer): Behaviour =>
  ({ family, message }) => [{ after, message: change(echoReply(family, message)) }];

type Queued = { packet: Buffer; source: string; at: Millis };

class SimulatedSocket implements IcmpSocket {
  readonly family: Family;
  clock: ReceiveClock = 'kernel';
  readonly #network: SimulatedNetwork;
  readonly #clock: ManualClock;
  readonly #queue: Queued[] = [];
  #handler: PacketHandler | null = null;
  #concernsUs: PacketFilter = () => false;

  constructor(family: Family, network: SimulatedNetwork, clock: ManualClock) {
    this.family = family;
    this.#network = network;
    this.#clock = clock;
    clock.onPoll(() => this.drain());
  }

  send(packet: Buffer, address: string, hops: number | null): SendError | null {
    return this.#network.sent(this, Buffer.from(packet), address, hops);
  }

  onPacket(handler: PacketHandler, concernsUs: PacketFilter): void {
    this.#handler = handler;
    this.#concernsUs = concernsUs;
  }

  arrive(packet: Buffer, source: string): void {
    this.#queue.push({ packet, source, at: this.#clock.now });
  }

  drain(): void {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const stamped = this.clock === 'kernel';
      if (!this.#concernsUs(next.packet)) continue;
      this.#handler?.(next.packet, next.source, stamped ? next.at : this.#clock.now, stamped);
    }
  }

  overruns(): number {
    return 0;
  }

  close(): void {
    this.#handler = null;
  }
}

export class SimulatedNetwork {
  readonly sockets: Readonly<Record<Family, SimulatedSocket>>;
  readonly #clock: ManualClock;
  readonly #hosts = new Map<string, Behaviour>();
  /** Every request that left, in order. */
  readonly requests: Asked[] = [];

  constructor(clock: ManualClock) {
    this.#clock = clock;
    this.sockets = { 4: new SimulatedSocket(4, this, clock), 6: new SimulatedSocket(6, this, clock) };
  }

  set clock(clock: ReceiveClock) {
    this.sockets[4].clock = clock;
    this.sockets[6].clock = clock;
  }

  /** Sets or changes what a host does from now on. Addresses without a host have no route. */
  host(address: string, behaviour: Behaviour): this {
    this.#hosts.set(canonicalAddress(address) ?? address, behaviour);
    return this;
  }

  /** A packet that nobody asked for. */
  inject(family: Family, source: string, message: Buffer, after: Millis = 0): void {
    const packet = asDelivered(family, source, message);
    this.#clock.inKernel(this.#clock.now + after, () => this.sockets[family].arrive(packet, source));
  }

  /** The socket's side of sendto. */
  sent(socket: SimulatedSocket, message: Buffer, address: string, hops: number | null): SendError | null {
    const { family } = socket;
    if (familyOf(address) !== family) throw new Error(`${address} sent on the IPv${family} socket`);
    const canonical = canonicalAddress(address) ?? address;
    const host = this.#hosts.get(canonical);
    if (host === undefined) return 'ENETUNREACH';
    const at = this.#clock.now;
    const request: Asked = { ...parseRequest(message), family, address: canonical, message, at, hops };
    const outcome = host(request);
    if (typeof outcome === 'string') return outcome;
    this.requests.push(request);
    for (const { after, message: reply, source = canonical, ttl = 57 } of outcome) {
      const packet = asDelivered(family, source, reply, ttl);
      this.#clock.inKernel(at + after, () => socket.arrive(packet, source));
    }
    return null;
  }
}
