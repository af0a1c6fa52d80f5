// Addresses have many spellings, and a reply counts only from the very address that was asked. So both sides are
// compared in one canonical form. The zone (fe80::1%eth0) is not part of it: raw sockets don't report it, and the
// endpoint number in the payload already tells fe80::1%eth0 from fe80::1%eth1.

import { SocketAddress, isIP, isIPv4 } from 'node:net';
import type { Family } from '../ports.js';

export const familyOf = (address: string): Family | null => {
  const family = isIP(address);
  return family === 4 || family === 6 ? family : null;
};

/** The canonical spelling without zone (RFC 5952 as inet_ntop writes it), null if `address` is none. */
export const canonicalAddress = (address: string): string | null => {
  const family = familyOf(address);
  if (family === null) return null;
  return family === 4 ? address : new SocketAddress({ address, family: 'ipv6' }).address;
};

/** Whether a packet's source is the address of that canonical form. The equal case, nearly all, costs one comparison. */
export const isSameAddress = (source: string, canonical: string): boolean =>
  source === canonical || (!isIPv4(source) && canonicalAddress(source) === canonical);

/** The canonical spelling of the 4 or 16 bytes at `offset`. The caller has checked that they are there. */
export const addressFromBytes = (bytes: Uint8Array, offset: number, family: Family): string => {
  if (family === 4) {
    return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
  }
  const groups: string[] = [];
  for (let i = offset; i < offset + 16; i += 2) {
    groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  }
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
};
