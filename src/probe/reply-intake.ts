// From a packet of the socket to the endpoint that it concerns. Whatever bears our id and isn't right is rejected and
// tallied, to the endpoint that it claims or, where its claim can't be trusted, to the one at its source address.

import type { RejectReason } from '../events/events.js';
import type { EndpointId, Millis, ProbeSeq } from '../events/units.js';
import { canonicalAddress } from './names/addresses.js';
import type { EndpointProber } from './endpoint-prober.js';
import type { DecodedPacket } from './packet/packet-decoder.js';

type ErrorPacket = Extract<DecodedPacket, { kind: 'error' }>;

export type Arrival = { source: string; receivedAt: Millis; uncertain: boolean };

export class ReplyIntake {
  /** By endpoint id. */
  readonly #endpoints: ReadonlyMap<EndpointId, EndpointProber>;
  readonly #reject: (reason: RejectReason, endpoint: EndpointId | null) => void;

  constructor(
    endpoints: ReadonlyMap<EndpointId, EndpointProber>,
    reject: (reason: RejectReason, endpoint: EndpointId | null) => void,
  ) {
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
      case 'reply': {
        const endpoint = this.#endpoints.get(packet.endpoint);
        const { source, receivedAt, uncertain } = arrival;
        const reason =
          endpoint === undefined
            ? 'endpoint'
            : endpoint.reply({ seq: packet.seq, ttl: packet.ttl, source, receivedAt, uncertain });
        if (reason !== null) this.#reject(reason, endpoint?.id ?? null);
        return;
      }
      case 'error':
        this.#error(packet, arrival.source);
        return;
      default:
        packet satisfies never;
    }
  }

  #error(packet: ErrorPacket, from: string): void {
    const { destination, icmpType, icmpCode } = packet;
    const probe = packet.probe === null ? this.#quoted(packet) : this.#endpointOf(packet.probe);
    // Eight quoted bytes that fit no probe in flight: it is settled already, or never was.
    if (probe === null) return;
    const { endpoint, seq } = probe;
    if (endpoint === null) {
      this.#reject('endpoint', null);
      return;
    }
    const reason = endpoint.unreachable(seq, destination, from, icmpType, icmpCode);
    if (reason !== null) this.#reject(reason, endpoint.id);
  }

  #endpointOf(probe: { endpoint: EndpointId; seq: ProbeSeq }): { endpoint: EndpointProber | null; seq: ProbeSeq } {
    return { endpoint: this.#endpoints.get(probe.endpoint) ?? null, seq: probe.seq };
  }

  #quoted({ seqLow, destination }: ErrorPacket): { endpoint: EndpointProber; seq: ProbeSeq } | null {
    for (const endpoint of this.#endpoints.values()) {
      const seq = endpoint.quoted(seqLow, destination);
      if (seq !== null) return { endpoint, seq };
    }
    return null;
  }

  #known(id: EndpointId): EndpointId | null {
    return this.#endpoints.has(id) ? id : null;
  }

  #at(source: string): EndpointId | null {
    const canonical = canonicalAddress(source);
    if (canonical === null) return null;
    for (const endpoint of this.#endpoints.values()) if (endpoint.isAt(canonical)) return endpoint.id;
    return null;
  }
}
