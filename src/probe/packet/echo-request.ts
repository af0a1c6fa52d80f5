// Builds the echo requests of one endpoint and one address family. Only the sequence changes from probe to probe, so
// the rest of the checksum is summed once. ICMPv6's checksum covers a pseudo header that only the kernel knows at
// this point, and it fills the field in itself (RFC 3542, section 3.1).

import type { EndpointId, ProbeSeq } from '../../events/units.js';
import {
  BALANCED_HEAD_BYTES,
  ICMP_HEADER_BYTES,
  PAYLOAD_HEAD_BYTES,
  balanceOf,
  echoRequestType,
  foldSum,
  onesSum,
  patternByte,
} from './echo-payload.js';
import type { Identity } from './echo-payload.js';
import type { Family } from '../ports.js';

const SEQ_OFFSET = ICMP_HEADER_BYTES + 10;
const BALANCE_OFFSET = ICMP_HEADER_BYTES + PAYLOAD_HEAD_BYTES;

export class EchoRequest {
  readonly #packet: Buffer;
  readonly #fixedSum: number | null;
  readonly #endpoint: EndpointId;
  readonly #balanced: boolean;

  /** `balanced`: all probes have the same checksum, whatever their endpoint. */
  constructor(family: Family, identity: Identity, endpoint: EndpointId, sizeBytes: number, balanced = false) {
    const least = balanced ? BALANCED_HEAD_BYTES : PAYLOAD_HEAD_BYTES;
    if (sizeBytes < least) throw new RangeError(`payload of ${sizeBytes} bytes: at least ${least} are needed`);
    const packet = Buffer.alloc(ICMP_HEADER_BYTES + sizeBytes);
    packet[0] = echoRequestType(family);
    packet.writeUInt16BE(identity.icmpId, 4);
    packet.set(identity.cookie, ICMP_HEADER_BYTES);
    packet.writeUInt16BE(endpoint, ICMP_HEADER_BYTES + 8);
    for (let i = PAYLOAD_HEAD_BYTES; i < sizeBytes; i++) packet[ICMP_HEADER_BYTES + i] = patternByte(i);
    if (balanced) packet.writeUInt16BE(0, BALANCE_OFFSET);
    this.#packet = packet;
    this.#endpoint = endpoint;
    this.#balanced = balanced;
    this.#fixedSum = family === 4 ? onesSum(packet, 0, packet.length) : null;
  }

  /** The packet for that probe, `low` in its header. One buffer serves them all: it is valid until the next call. */
  build(seq: ProbeSeq, low: number = seq % 0x10000): Buffer {
    const packet = this.#packet;
    packet.writeUInt16BE(low, 6);
    packet.writeUIntBE(seq, SEQ_OFFSET, 6);
    const balance = this.#balanced ? balanceOf(this.#endpoint, seq, low) : null;
    if (balance !== null) packet.writeUInt16BE(balance, BALANCE_OFFSET);
    if (this.#fixedSum !== null) {
      const sum = onesSum(packet, SEQ_OFFSET, SEQ_OFFSET + 6, this.#fixedSum + low + (balance ?? 0));
      packet.writeUInt16BE(~foldSum(sum) & 0xffff, 2);
    }
    return packet;
  }
}
