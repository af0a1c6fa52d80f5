// Shapes of packets that decoders have fallen over: each is a template that the fuzzer damages further. Genuine ones are
// among them, for most damage is done to those.

import type { Identity } from '../../../src/probe/packet/echo-payload.js';
import type { Family } from '../../../src/probe/ports.js';
import { icmp, icmpError, ipv4Packet, ipv6Packet } from '../../support/simulated-network-packets.js';

export const IDENTITY: Identity = { icmpId: 0x5a17, cookie: Buffer.from('8f3a01c47be25d96', 'hex') };
export const SIZE_BYTES = 56;
export const TARGET: Readonly<Record<Family, string>> = { 4: '198.51.100.7', 6: '2001:db8::7' };
/** Of the genuine reply among the shapes. */
export const GENUINE = { endpoint: 3, seq: 0x1_2345_6789 };

/** A request of that run, written down by hand after RFC 792 and the layout in echo-payload.ts. */
const requestBody = (seq: number): { rest: Buffer; payload: Buffer } => {
  const rest = Buffer.alloc(4);
  rest.writeUInt16BE(IDENTITY.icmpId, 0);
  rest.writeUInt16BE(seq % 0x10000, 2);
  const payload = Buffer.from(Array.from({ length: SIZE_BYTES }, (_, i) => i & 255));
  payload.set(IDENTITY.cookie, 0);
  payload.writeUInt16BE(GENUINE.endpoint, 8);
  payload.writeUIntBE(seq, 10, 6);
  return { rest, payload };
};

const delivered = (family: Family, message: Buffer, options = Buffer.alloc(0)): Buffer =>
  family === 4 ? ipv4Packet(TARGET[4], '192.0.2.1', message, { options }) : message;

export const genuineReply = (family: Family, payloadBytes = SIZE_BYTES, options = Buffer.alloc(0)): Buffer => {
  const { rest, payload } = requestBody(GENUINE.seq);
  return delivered(family, icmp(family, family === 4 ? 0 : 129, 0, rest, payload.subarray(0, payloadBytes)), options);
};

const request = (family: Family): Buffer => {
  const { rest, payload } = requestBody(GENUINE.seq);
  return icmp(family, family === 4 ? 8 : 128, 0, rest, payload);
};

const error = (family: Family, type: number, quotedBytes: number): Buffer =>
  delivered(family, icmpError(family, type, 1, request(family), TARGET[family], quotedBytes));

/** An error that quotes an error that quotes our request. */
const nested = (family: Family): Buffer => {
  const inner = icmpError(family, family === 4 ? 3 : 1, 0, request(family), TARGET[family], 64);
  return delivered(family, icmpError(family, family === 4 ? 11 : 3, 0, inner, TARGET[family], inner.length));
};

/** A quoted IPv6 packet with hop-by-hop, routing and fragment headers before the echo request. */
const extended = (): Buffer => {
  const extensions = Buffer.from([43, 0, 1, 4, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 58, 0, 0, 0, 0, 0, 0, 9]);
  const quote = ipv6Packet('2001:db8::1', TARGET[6], request(6), { next: 0, extensions });
  return icmp(6, 3, 0, Buffer.alloc(4), quote);
};

/** Total length, header length and next header claim far more than there is. */
const hugeLengths = (): Buffer => {
  const packet = genuineReply(4);
  packet[0] = 0x4f;
  packet.writeUInt16BE(0xffff, 2);
  return packet;
};

/** What is left of a later fragment: payload where the ICMP header should be. */
const fragment = (family: Family): Buffer => {
  const packet = delivered(family, requestBody(GENUINE.seq).payload);
  if (family === 4) packet.writeUInt16BE(0x2005, 6);
  return packet;
};

export const shapesOf = (family: Family): readonly Buffer[] => [
  genuineReply(family),
  genuineReply(family, 16),
  genuineReply(family, 33),
  genuineReply(family, 15),
  genuineReply(family, 0),
  ...(family === 4 ? [genuineReply(4, 56, Buffer.from([7, 7, 4, 0, 0, 0, 0, 0])), hugeLengths()] : [extended()]),
  delivered(family, request(family)),
  ...(family === 4 ? [3, 4, 5, 11, 12] : [1, 2, 3, 4]).flatMap((type) =>
    [0, 7, 8, 12, 24, 64].map((quoted) => error(family, type, quoted)),
  ),
  nested(family),
  fragment(family),
  Buffer.alloc(0),
  Buffer.alloc(1, 0x45),
  Buffer.alloc(28, 0x45),
  Buffer.alloc(2048, 0xff),
];
