// Reads what a raw ICMP socket delivers: anything that anybody on the network cares to send. Never throws, reads no
// byte that isn't there, and calls a packet a reply of ours only if type, checksum, id, cookie, pattern and size all fit;
// whether endpoint, sequences and source fit is for those who know what was sent.
// Order matters for cost: a host's foreign echo replies (up to 20,000 a second in our tests) are told by type and id.

import type { RejectReason } from '../../events/events.js';
import type { EndpointId, ProbeSeq } from '../../events/units.js';
import { addressFromBytes } from '../names/addresses.js';
import {
  BALANCED_HEAD_BYTES,
  ICMP_HEADER_BYTES,
  PAYLOAD_HEAD_BYTES,
  balanceOf,
  echoReplyType,
  echoRequestType,
  foldSum,
  onesSum,
  patternByte,
} from './echo-payload.js';
import type { Identity } from './echo-payload.js';
import type { Family } from '../ports.js';
import { quotedEcho } from './quoted-packet.js';

export type DecodedPacket =
  /** Not about any probe of ours. */
  | { kind: 'foreign' }
  /** Bears our id but fails a check. */
  | { kind: 'rejected'; reason: RejectReason; endpoint: EndpointId | null }
  /** `seqLow`: the sequence in the ICMP header, beside the one in the payload. */
  | { kind: 'reply'; endpoint: EndpointId; seq: ProbeSeq; seqLow: number; ttl: number | null }
  /** An ICMP error that quotes a request of ours. `probe` is known where enough of the payload was quoted. */
  | {
      kind: 'error';
      /** Of the packet that brought the error; null where the kernel doesn't tell. */
      ttl: number | null;
      icmpType: number;
      icmpCode: number;
      /** The packet's time to live ran out on the way: what a hop answers. */
      timeExceeded: boolean;
      destination: string;
      seqLow: number;
      probe: { endpoint: EndpointId; seq: ProbeSeq } | null;
    };

const FOREIGN: DecodedPacket = { kind: 'foreign' };
const rejected = (reason: RejectReason, endpoint: EndpointId | null = null): DecodedPacket => ({
  kind: 'rejected',
  reason,
  endpoint,
});

/** Destination unreachable, time exceeded, parameter problem; for IPv6 also packet too big. Not source quench (RFC
 * 6633 says to ignore it) and not redirect (the packet was forwarded). */
export const ERROR_TYPES: Readonly<Record<Family, readonly number[]>> = { 4: [3, 11, 12], 6: [1, 2, 3, 4] };

/** Time exceeded in transit: type and code (RFC 792, RFC 4443 section 3.3). Code 1 is about fragments. */
export const isTimeExceeded = (family: Family, type: number, code: number): boolean =>
  type === (family === 4 ? 11 : 3) && code === 0;

const uint16 = (bytes: Uint8Array, offset: number): number =>
  ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number);

const isZero = (packet: Uint8Array, payload: number): boolean => {
  for (let i = 0; i < PAYLOAD_HEAD_BYTES; i++) if (packet[payload + i] !== 0) return false;
  return true;
};

/** Payload bytes that this probe was sent with, Infinity where nobody knows of such a probe. */
export type SentSize = (endpoint: EndpointId, seq: ProbeSeq) => number;
/** Whether that endpoint's probes are sent with a balanced checksum. */
export type IsBalanced = (endpoint: EndpointId) => boolean;

export class PacketDecoder {
  readonly #family: Family;
  readonly #identity: Identity;
  readonly #sentSize: SentSize;
  readonly #isBalanced: IsBalanced;
  readonly #replyType: number;
  readonly #errorTypes: readonly number[];

  constructor(family: Family, identity: Identity, sentSize: SentSize, isBalanced: IsBalanced = () => false) {
    this.#family = family;
    this.#identity = identity;
    this.#sentSize = sentSize;
    this.#isBalanced = isBalanced;
    this.#replyType = echoReplyType(family);
    this.#errorTypes = ERROR_TYPES[family];
  }

  /** Whether the packet bears our id, as a reply or in a quote. Costs no allocation for foreign replies. */
  readonly concernsUs = (packet: Uint8Array): boolean => {
    const start = this.#icmpStart(packet);
    if (start < 0) return false;
    const type = packet[start] as number;
    if (type === this.#replyType) return uint16(packet, start + 4) === this.#identity.icmpId;
    return this.#errorTypes.includes(type) && this.#quote(packet, start) !== null;
  };

  decode(packet: Uint8Array): DecodedPacket {
    const start = this.#icmpStart(packet);
    if (start < 0) return FOREIGN;
    const type = packet[start] as number;
    if (type === this.#replyType) return this.#reply(packet, start);
    return this.#errorTypes.includes(type) ? this.#error(packet, start) : FOREIGN;
  }

  /**
   * Where the ICMP header starts, -1 if there is none. IPv4's total length is not looked at: kernels differ in what
   * they leave there, and they have cut the packet to it already. Fragments have been put together, too.
   */
  #icmpStart(packet: Uint8Array): number {
    if (this.#family === 6) return packet.length >= ICMP_HEADER_BYTES ? 0 : -1;
    const first = packet[0];
    if (first === undefined || first >> 4 !== 4) return -1;
    const start = (first & 15) * 4;
    return start >= 20 && packet.length >= start + ICMP_HEADER_BYTES ? start : -1;
  }

  #checksumFits(packet: Uint8Array, start: number): boolean {
    // The kernel checks ICMPv6's, over the pseudo header as well, before the packet gets here.
    return this.#family === 6 || foldSum(onesSum(packet, start, packet.length)) === 0xffff;
  }

  #reply(packet: Uint8Array, start: number): DecodedPacket {
    if (uint16(packet, start + 4) !== this.#identity.icmpId) return FOREIGN;
    if (!this.#checksumFits(packet, start)) return rejected('checksum');
    const payload = start + ICMP_HEADER_BYTES;
    if (packet[start + 1] !== 0 || packet.length < payload + PAYLOAD_HEAD_BYTES) return rejected('malformed');
    if (!this.#cookieFits(packet, payload)) return rejected('cookie');
    const endpoint = uint16(packet, payload + 8);
    const seq = this.#sequence(packet, payload);
    const seqLow = uint16(packet, start + 6);
    const balance = this.#isBalanced(endpoint) ? balanceOf(endpoint, seq, seqLow) : null;
    if (!patternFits(packet, payload, this.#sentSize(endpoint, seq), balance)) return rejected('payload', endpoint);
    return { kind: 'reply', endpoint, seq, seqLow, ttl: this.#ttlOf(packet) };
  }

  #ttlOf(packet: Uint8Array): number | null {
    return this.#family === 4 ? (packet[8] as number) : null;
  }

  #quote(packet: Uint8Array, start: number): ReturnType<typeof quotedEcho> {
    const quote = quotedEcho(packet, start + ICMP_HEADER_BYTES, this.#family);
    if (quote === null || packet[quote.icmp] !== echoRequestType(this.#family)) return null;
    return uint16(packet, quote.icmp + 4) === this.#identity.icmpId ? quote : null;
  }

  #error(packet: Uint8Array, start: number): DecodedPacket {
    const quote = this.#quote(packet, start);
    if (quote === null) return FOREIGN;
    if (!this.#checksumFits(packet, start)) return rejected('checksum');
    const seqLow = uint16(packet, quote.icmp + 6);
    const payload = quote.icmp + ICMP_HEADER_BYTES;
    let probe: { endpoint: EndpointId; seq: ProbeSeq } | null = null;
    // Most routers quote more than the 8 bytes of ICMP that RFC 792 demands; what they quote must be ours, too.
    // A quote padded with zeros (RFC 4884 pads to 128 bytes) holds no payload.
    if (packet.length >= payload + PAYLOAD_HEAD_BYTES && !isZero(packet, payload)) {
      if (!this.#cookieFits(packet, payload)) return rejected('cookie');
      probe = { endpoint: uint16(packet, payload + 8), seq: this.#sequence(packet, payload) };
    }
    return {
      kind: 'error',
      ttl: this.#ttlOf(packet),
      icmpType: packet[start] as number,
      icmpCode: packet[start + 1] as number,
      timeExceeded: isTimeExceeded(this.#family, packet[start] as number, packet[start + 1] as number),
      destination: addressFromBytes(packet, quote.destination, this.#family),
      seqLow,
      probe,
    };
  }

  #cookieFits(packet: Uint8Array, payload: number): boolean {
    const cookie = this.#identity.cookie;
    for (let i = 0; i < 8; i++) if (packet[payload + i] !== cookie[i]) return false;
    return true;
  }

  #sequence(packet: Uint8Array, payload: number): ProbeSeq {
    const high = uint16(packet, payload + 10);
    return high * 0x100000000 + uint16(packet, payload + 12) * 0x10000 + uint16(packet, payload + 14);
  }
}

/** Some hosts cut the payload (to 64 bytes, say), which is fine; nobody may change or lengthen it. */
const patternFits = (packet: Uint8Array, payload: number, sentBytes: number, balance: number | null): boolean => {
  const length = packet.length - payload;
  if (length > sentBytes) return false;
  let from = PAYLOAD_HEAD_BYTES;
  if (balance !== null) {
    from = BALANCED_HEAD_BYTES;
    if (length >= from && uint16(packet, payload + PAYLOAD_HEAD_BYTES) !== balance) return false;
  }
  for (let i = from; i < length; i++) if (packet[payload + i] !== patternByte(i)) return false;
  return true;
};
