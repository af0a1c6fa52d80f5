// A raw socket for test programs: whole IP packets out (so that sources can be forged), chosen ICMP types in.

import raw from '#dist/probe/socket/raw-native.js';
import type { Family } from './icmp-wire.js';

export type RawIcmp = {
  /** Sends a whole IP packet now. Throws what the kernel says. */
  send(packet: Buffer, address: string): void;
  close(): void;
};

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
  const { wrap } = raw.createSocket(family);
  if (family === 4) {
    wrap.setOption(SOL_RAW, ICMP_FILTER, onlyType(1, ECHO_REQUEST_4), 4);
    wrap.setOption(IPPROTO_IP, IP_HDRINCL, 1);
  } else {
    wrap.setOption(ICMPV6, ICMP_FILTER, onlyType(8, ECHO_REQUEST_6), 32);
    wrap.setOption(IPPROTO_IPV6, IPV6_HDRINCL, 1);
  }
  const buffer = Buffer.alloc(65_536);
  wrap.on('recvReady', () => {
    try {
      wrap.recv(buffer, (_, bytes, source) => onRequest(Buffer.from(buffer.subarray(0, bytes)), source));
    } catch {
      // A link that goes down shows up here; the next packet is read all the same.
    }
  });
  wrap.on('error', () => {});
  return {
    send: (packet, address) => wrap.send(packet, 0, packet.length, address, () => {}),
    close: () => wrap.close(),
  };
};
