// What is set on a raw ICMP socket before the first packet: which types the kernel lets through, how much it keeps for
// us, and what the user asked for. Numbers that raw-socket doesn't know are Linux's, from its headers.

import { endianness } from 'node:os';
import { echoReplyType } from '../packet/echo-payload.js';
import { errnoName } from './errno-names.js';
import { ERROR_TYPES } from '../packet/packet-decoder.js';
import type { Family } from '../ports.js';
import raw from './raw-native.js';
import type { SocketWrap } from './raw-native.js';
import { StartError } from './start-error.js';

export type IcmpSocketOptions = {
  family: Family;
  /** Name of the network interface to send by. */
  interface?: string;
  /** TTL or hop limit, 1 to 255. */
  ttl?: number;
  /** TOS or traffic class, 0 to 255. */
  tos?: number;
  /** As `receiveBufferBytes` works it out. */
  receiveBufferBytes: number;
};

const SOL_RAW = 255;
const SOL_ICMPV6 = 58;
const ICMP_FILTER = 1;
const SO_RCVBUFFORCE = 33;
const IPV6_TCLASS = process.platform === 'darwin' ? 36 : 67;

/** What the kernel charges for one small packet: 768 bytes on loopback, a half page and its head with most drivers. */
const PACKET_BYTES = 2_304;
const SMALLEST_BUFFER = 212_992;
const LARGEST_BUFFER = 64 * 1024 * 1024;

/** A receive buffer that holds 10 s of replies. `rate` in probes a second over all endpoints of the family. */
export const receiveBufferBytes = (rate: number, sizeBytes: number): number =>
  Math.min(LARGEST_BUFFER, Math.max(SMALLEST_BUFFER, Math.ceil(rate * 10 * (PACKET_BYTES + 2 * sizeBytes))));

const setFilter = (wrap: SocketWrap, family: Family): void => {
  if (process.platform !== 'linux') return;
  // A set bit blocks its type, of 32 for IPv4 and 256 for IPv6.
  const blocked = Buffer.alloc(family === 4 ? 4 : 32, 0xff);
  const words = new Uint32Array(blocked.buffer, blocked.byteOffset, blocked.length / 4);
  for (const type of [echoReplyType(family), ...ERROR_TYPES[family]]) {
    words[type >> 5] = (words[type >> 5] as number) & ~(1 << (type & 31));
  }
  wrap.setOption(family === 4 ? SOL_RAW : SOL_ICMPV6, ICMP_FILTER, blocked, blocked.length);
};

const setReceiveBuffer = (wrap: SocketWrap, bytes: number): void => {
  // The kernel doubles what it is told, to make up for its own overhead, which is counted in already.
  const asked = Math.ceil(bytes / 2);
  try {
    if (process.platform !== 'linux') throw new Error('no SO_RCVBUFFORCE');
    wrap.setOption(raw.SocketLevel.SOL_SOCKET, SO_RCVBUFFORCE, asked);
  } catch {
    // Needs CAP_NET_ADMIN; without it the system's limit (net.core.rmem_max) has to do.
    wrap.setOption(raw.SocketLevel.SOL_SOCKET, raw.SocketOption.SO_RCVBUF, asked);
  }
};

/** To Linux: what the system or the route says (ip(7)). macOS knows no such value for IPv4. */
export const SYSTEM_HOP_LIMIT = process.platform === 'linux' ? -1 : 64;

const int32 = Buffer.alloc(4);

/** The time to live or hop limit of all packets from now on. Throws raw-socket's error. */
export const setHopLimit = (wrap: SocketWrap, family: Family, hops: number): void => {
  const { IPPROTO_IP, IPPROTO_IPV6 } = raw.SocketLevel;
  const { IP_TTL, IPV6_UNICAST_HOPS } = raw.SocketOption;
  // As a number it takes none below 0.
  if (endianness() === 'LE') int32.writeInt32LE(hops);
  else int32.writeInt32BE(hops);
  if (family === 4) wrap.setOption(IPPROTO_IP, IP_TTL, int32, int32.length);
  else wrap.setOption(IPPROTO_IPV6, IPV6_UNICAST_HOPS, int32, int32.length);
};

/** All but the interface. Throws StartError. */
export const setSocketOptions = (wrap: SocketWrap, options: IcmpSocketOptions): void => {
  const { family, ttl, tos } = options;
  const { IPPROTO_IP, IPPROTO_IPV6 } = raw.SocketLevel;
  const { IP_TOS } = raw.SocketOption;
  const set = (what: string, act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw new StartError(`cannot set ${what} of an IPv${family} socket: ${errnoName(error)}`, errnoName(error), null);
    }
  };
  set('the filter', () => setFilter(wrap, family));
  set('the receive buffer', () => setReceiveBuffer(wrap, options.receiveBufferBytes));
  if (ttl !== undefined) {
    set('the TTL', () => setHopLimit(wrap, family, ttl));
  }
  if (tos !== undefined) {
    set('the TOS', () => {
      if (family === 4) wrap.setOption(IPPROTO_IP, IP_TOS, tos);
      else wrap.setOption(IPPROTO_IPV6, IPV6_TCLASS, tos);
    });
  }
};
