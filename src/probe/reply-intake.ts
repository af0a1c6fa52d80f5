// From a packet of the socket to the endpoint that it concerns. Whatever bears our id and isn't right is rejected and
// tallied, to the endpoint that it claims or, where its claim can't be trusted, to the one at its source address.

import type { RejectReason } from '../events/events.js';
import type { EndpointId, Millis } from '../events/units.js';
import { canonicalAddress } from './names/addresses.js';
import type { SentProbe } from './destinations.js';
import type { EndpointSet } from './endpoint-set.js';
import type { DecodedPacket } from './packet/packet-decoder.js';
import { SCOUT_ID } from './route/scouts.js';

type ReplyPacket = Extract<DecodedPacket, { kind: 'reply' }>;
type ErrorPacket = Extract<DecodedPacket, { kind: 'error' }>;

export type Arrival = { source: string; receivedAt: Millis; uncertain: boolean };

export class ReplyIntake {
  readonly #endpoints: EndpointSet;
  readonly #reject: (reason: RejectReason, endpoint: EndpointId | null) => void;

  constructor(endpoints: EndpointSet, reject: (reason: RejectReason, endpoint: EndpointId | null) => void) {
    this.#endpoints = endpoints;
    this.#reject = reject;
  }

  take(packet: DecodedPacket, arrival: Arrival): void {
    switch (packet.kind) {
      case 'foreign':
        return;
      case 'rejected':
        this.#reject(packet.reason, packet.endpoint === null ? this.#at(arrival.source) : this.#known(packet.endpoint));
        return;
      case 'reply':
        this.#reply(packet, arrival);
        return;
      case 'error':
        this.#error(packet, arrival);
        return;
      default:
        packet satisfies never;
    }
  }

  /** The probe that the packet is about, as far as it says; null where it says none that is known. */
  probeOf(packet: DecodedPacket): SentProbe | null {
    if (packet.kind === 'reply') return packet;
    if (packet.kind !== 'error') return null;
    return packet.probe ?? this.#endpoints.destinations.find(packet.destination, packet.seqLow);
  }

  #reply(packet: ReplyPacket, { source, receivedAt, uncertain }: Arrival): void {
    if (packet.endpoint === SCOUT_ID) {
      this.#rejectIf(this.#endpoints.scouts.reply(packet.seq, packet.seqLow, source));
      return;
    }
    const endpoint = this.#endpoints.get(packet.endpoint);
    if (endpoint === undefined) {
      this.#rejectUnknown(packet.endpoint);
      return;
    }
    const { seq, seqLow, ttl } = packet;
    const reason = endpoint.reply({ seq, seqLow, ttl, source, receivedAt, uncertain });
    if (reason !== null) this.#reject(reason, endpoint.id);
  }

  #error(packet: ErrorPacket, { source: from, receivedAt, uncertain }: Arrival): void {
    const { destination, seqLow, icmpType, icmpCode, ttl } = packet;
    const probe = this.probeOf(packet);
    if (probe === null) {
      // An answer of a hop to what was never sent; of other errors, see below.
      if (packet.timeExceeded) this.#reject('sequence', null);
      return;
    }
    if (probe.endpoint === SCOUT_ID) {
      const router = packet.timeExceeded ? canonicalAddress(from) : null;
      this.#rejectIf(this.#endpoints.scouts.error(probe.seq, seqLow, destination, router));
      return;
    }
    const endpoint = this.#endpoints.get(probe.endpoint);
    if (endpoint === undefined) {
      this.#rejectUnknown(probe.endpoint);
      return;
    }
    const { seq } = probe;
    const answers = endpoint.isHop && packet.timeExceeded;
    const reason = answers
      ? endpoint.timeExceeded({ seq, seqLow, destination, ttl, source: from, receivedAt, uncertain })
      : endpoint.unreachable({ seq, seqLow, destination, from, icmpType, icmpCode });
    // Eight quoted bytes that fit no probe that is known: it is settled long since, or never was.
    if (reason !== null && (packet.probe !== null || answers)) this.#reject(reason, endpoint.id);
  }

  #rejectIf(reason: RejectReason | null): void {
    if (reason !== null) this.#reject(reason, null);
  }

  /** An answer to an endpoint that has been forgotten is genuine, but too late. */
  #rejectUnknown(id: EndpointId): void {
    if (id >= this.#endpoints.nextId) this.#reject('endpoint', null);
  }

  #known(id: EndpointId): EndpointId | null {
    return this.#endpoints.get(id) === undefined ? null : id;
  }

  #at(source: string): EndpointId | null {
    const canonical = canonicalAddress(source);
    if (canonical === null) return null;
    for (const endpoint of this.#endpoints.all()) if (endpoint.isAt(canonical)) return endpoint.id;
    return null;
  }
}
