// Packets as the wire would carry them, built without a line of the code under test: what these agree on with it, they
// agree on because of the RFCs.

import { SocketAddress } from 'node:net';
import type { Family } from '../../src/probe/ports.js';

export type Request = { id: number; seqLow: number; cookie: Buffer; endpoint: number; seq: number; payload: Buffer };

const EMPTY: Buffer = Buffer.alloc(0);

export const internetChecksum = (bytes: Uint8Array): number => {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += (bytes[i] ?? 0) * (i % 2 === 0 ? 256 : 1);
  while (sum >= 0x10000) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return 0xffff - sum;
};

export const addressBytes = (address: string, family: Family): Buffer => {
  if (family === 4) return Buffer.from(address.split('.').map(Number));
  const plain = new SocketAddress({ address, family: 'ipv6' }).address;
  const [head = '', tail] = plain.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const all = tail === undefined ? left : [...left, ...middle, ...right];
  return Buffer.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]));
};

/** An ICMP message with its checksum. ICMPv6's is the kernel's business and stays 0 here. */
export const icmp = (family: Family, type: number, code: number, rest: Uint8Array, body: Uint8Array): Buffer => {
  const message = Buffer.concat([Buffer.from([type, code, 0, 0]), rest, body]);
  if (family === 4) message.writeUInt16BE(internetChecksum(message), 2);
  return message;
};

export const ipv4Packet = (
  source: string,
  destination: string,
  body: Uint8Array,
  { ttl = 57, options = EMPTY, protocol = 1 } = {},
): Buffer => {
  const header = Buffer.alloc(20 + options.length);
  header[0] = 0x40 | (header.length / 4);
  header.writeUInt16BE(header.length + body.length, 2);
  header[8] = ttl;
  header[9] = protocol;
  addressBytes(source, 4).copy(header, 12);
  addressBytes(destination, 4).copy(header, 16);
  Buffer.from(options).copy(header, 20);
  header.writeUInt16BE(internetChecksum(header), 10);
  return Buffer.concat([header, body]);
};

export const ipv6Packet = (
  source: string,
  destination: string,
  body: Uint8Array,
  { next = 58, extensions = EMPTY } = {},
): Buffer => {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(extensions.length + body.length, 4);
  header[6] = next;
  header[7] = 64;
  addressBytes(source, 6).copy(header, 8);
  addressBytes(destination, 6).copy(header, 24);
  return Buffer.concat([header, extensions, body]);
};

export const parseRequest = (message: Buffer): Request => ({
  id: message.readUInt16BE(4),
  seqLow: message.readUInt16BE(6),
  cookie: message.subarray(8, 16),
  endpoint: message.readUInt16BE(16),
  seq: message.readUIntBE(18, 6),
  payload: message.subarray(8),
});

/** What a well-behaved host answers. */
export const echoReply = (family: Family, request: Buffer): Buffer =>
  icmp(family, family === 4 ? 0 : 129, 0, request.subarray(4, 8), request.subarray(8));

/** As a raw socket of that family delivers it. */
export const asDelivered = (family: Family, source: string, message: Uint8Array, ttl = 57): Buffer =>
  family === 4 ? ipv4Packet(source, '192.0.2.1', message, { ttl }) : Buffer.from(message);

/** An ICMP error that quotes the request's IP header and `quotedBytes` of its ICMP message. */
export const icmpError = (
  family: Family,
  type: number,
  code: number,
  request: Buffer,
  destination: string,
  quotedBytes = 8,
): Buffer => {
  const body = request.subarray(0, quotedBytes);
  const quote =
    family === 4 ? ipv4Packet('192.0.2.1', destination, body) : ipv6Packet('2001:db8::1', destination, body);
  return icmp(family, type, code, Buffer.alloc(4), quote);
};
