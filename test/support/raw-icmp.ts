// raw-socket for test programs: whole IP packets out (so that sources can be forged), chosen ICMP types in. Its wrap
// object is used directly because that sends at once; the public send() queues behind the poll.

import { createRequire } from 'node:module';
import type { Family } from './icmp-wire.js';

type RawSocket = {
  wrap: { send(buffer: Buffer, offset: number, length: number, address: string, done: () => void): void };
  setOption(level: number, option: number, value: number | Buffer, length?: number): void;
  on(event: 'message', handler: (packet: Buffer, source: string) => void): void;
  on(event: 'error', handler: (error: Error) => void): void;
  close(): void;
};
type RawSocketModule = {
  createSocket(options: { protocol: number; addressFamily: number; bufferSize: number }): RawSocket;
};

export type RawIcmp = {
  /** Sends a whole IP packet now. Throws what the kernel says. */
  send(packet: Buffer, address: string): void;
  close(): void;
};

const ICMP = 1;
const ICMPV6 = 58;
const SOL_RAW = 255;
const ICMP_FILTER = 1;
const IPPROTO_IP = 0;
const IP_HDRINCL = 3;
const IPPROTO_IPV6 = 41;
const IPV6_HDRINCL = 36;
const ECHO_REQUEST_4 = 8;
const ECHO_REQUEST_6 = 128;

/** A filter bit that is set blocks its type; ICMPv4 has one word (raw(7)), ICMPv6 eight (RFC 3542, 3.2). */
const onlyType = (words: number, type: number): Buffer => {
  const filter = Buffer.alloc(words * 4, 0xff);
  const word = (type >>> 5) * 4;
  filter.writeUInt32LE((filter.readUInt32LE(word) & ~(1 << (type & 31))) >>> 0, word);
  return filter;
};

/** Opens a socket that hears echo requests only. IPv4 packets come with their IP header, IPv6 ones without. */
export const openRawIcmp = (family: Family, onRequest: (packet: Buffer, source: string) => void): RawIcmp => {
  const raw = createRequire(import.meta.url)('raw-socket') as RawSocketModule;
  const socket = raw.createSocket({
    protocol: family === 4 ? ICMP : ICMPV6,
    addressFamily: family === 4 ? 1 : 2,
    bufferSize: 65_536,
  });
  if (family === 4) {
    socket.setOption(SOL_RAW, ICMP_FILTER, onlyType(1, ECHO_REQUEST_4), 4);
    socket.setOption(IPPROTO_IP, IP_HDRINCL, 1);
  } else {
    socket.setOption(ICMPV6, ICMP_FILTER, onlyType(8, ECHO_REQUEST_6), 32);
    socket.setOption(IPPROTO_IPV6, IPV6_HDRINCL, 1);
  }
  socket.on('message', onRequest);
  // A link that goes down shows up here as a read error; the next packet is read all the same.
  socket.on('error', () => {});
  return {
    send: (packet, address) => socket.wrap.send(packet, 0, packet.length, address, () => {}),
    close: () => socket.close(),
  };
};
