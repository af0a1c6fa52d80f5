// Finds the echo request that an ICMP error quotes. Errors quote the IP header and at least 8 bytes after it (RFC 792),
// for IPv6 as much as fits (RFC 4443), where extension headers may stand in between. Truncated quotes are ordinary.

import { ICMP_HEADER_BYTES } from './echo-payload.js';
import type { Family } from '../ports.js';

export type Quote = {
  /** Offset of the quoted ICMP header, of which 8 bytes are there. */
  icmp: number;
  /** Offset of the quoted packet's destination address. */
  destination: number;
};

const ICMP = 1;
const ICMPV6 = 58;
const FRAGMENT = 44;
/** Hop-by-hop, routing, destination options: next header, length in 8-byte units less one (RFC 8200, section 4). */
const EXTENSIONS = new Set([0, 43, 60]);
/** More than any sender chains; bounds the walk. */
const MAX_EXTENSIONS = 8;

/** The quoted ICMP header in the packet quoted at `start`, null if it isn't ICMP or isn't there whole. */
export const quotedEcho = (packet: Uint8Array, start: number, family: Family): Quote | null =>
  family === 4 ? quotedIpv4(packet, start) : quotedIpv6(packet, start);

const whole = (packet: Uint8Array, icmp: number, destination: number): Quote | null =>
  packet.length >= icmp + ICMP_HEADER_BYTES ? { icmp, destination } : null;

const quotedIpv4 = (packet: Uint8Array, start: number): Quote | null => {
  const first = packet[start];
  if (first === undefined || first >> 4 !== 4 || packet.length < start + 20) return null;
  const headerBytes = (first & 15) * 4;
  // A later fragment holds no ICMP header. The offset is in the low 13 bits.
  const fragmentOffset = (((packet[start + 6] as number) & 0x1f) << 8) | (packet[start + 7] as number);
  if (headerBytes < 20 || packet[start + 9] !== ICMP || fragmentOffset !== 0) return null;
  return whole(packet, start + headerBytes, start + 16);
};

const quotedIpv6 = (packet: Uint8Array, start: number): Quote | null => {
  const first = packet[start];
  if (first === undefined || first >> 4 !== 6 || packet.length < start + 40) return null;
  let next = packet[start + 6] as number;
  let offset = start + 40;
  for (let i = 0; i < MAX_EXTENSIONS; i++) {
    if (next === ICMPV6) return whole(packet, offset, start + 24);
    if (packet.length < offset + 8) return null;
    if (next === FRAGMENT) {
      if ((packet[offset + 2] as number) !== 0 || (packet[offset + 3] as number) >> 3 !== 0) return null;
      next = packet[offset] as number;
      offset += 8;
    } else if (EXTENSIONS.has(next)) {
      next = packet[offset] as number;
      offset += ((packet[offset + 1] as number) + 1) * 8;
    } else {
      return null;
    }
  }
  return null;
};
