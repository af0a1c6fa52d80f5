// What an echo request of ours carries, and the few ICMP numbers around it (RFC 792, RFC 4443).
//
//   icmp header   type, code, checksum, id (random per run and family), sequence (16 bits, one count a destination: the
//                 low bits of the probe's as long as one endpoint alone probes the address)
//   payload 0-7   cookie: 8 random bytes of this run
//           8-9   endpoint
//          10-15  the probe's sequence, 48 bits
//          16-    a fixed pattern, so that a reply altered on its way is known as such
//          16-17  of a probe towards a hop: what makes the checksum that of every other one (see `balanceOf`)

import type { Family } from '../ports.js';

export const ICMP_HEADER_BYTES = 8;
export const PAYLOAD_HEAD_BYTES = 16;
/** What one IPv4 packet can hold besides the IP and ICMP headers. */
export const MAX_PAYLOAD_BYTES = 65_507;

export type Identity = {
  /** 16 bits. */
  readonly icmpId: number;
  /** 8 bytes. */
  readonly cookie: Uint8Array;
};

export const echoRequestType = (family: Family): number => (family === 4 ? 8 : 128);
export const echoReplyType = (family: Family): number => (family === 4 ? 0 : 129);

/** A probe towards a hop has the balance as well. */
export const BALANCED_HEAD_BYTES = PAYLOAD_HEAD_BYTES + 2;

/**
 * Makes up for what differs between two probes, so that their checksums are the same. Many balancers choose the way by the
 * first bytes after the IP header: probes of one path that differ there take different ways, and their routers belong to
 * no path at all (Augustin et al., Avoiding traceroute anomalies with Paris traceroute, IMC 2006).
 */
export const balanceOf = (endpoint: number, seq: number, low: number): number =>
  ~foldSum(endpoint + low + Math.floor(seq / 0x100000000) + (Math.floor(seq / 0x10000) % 0x10000) + (seq % 0x10000)) &
  0xffff;

/** The byte that belongs at that offset of the payload, from 16 on. Any offset may be cut off, none may differ. */
export const patternByte = (payloadOffset: number): number => payloadOffset & 0xff;

/**
 * Ones' complement sum (RFC 1071) of bytes [from, to), added to `sum`. Not folded: the caller adds at most 65,535
 * bytes, and 2^16 words of 2^16 fit a double (not 32 bits, hence no shifts here).
 */
export const onesSum = (bytes: Uint8Array, from: number, to: number, sum = 0): number => {
  let total = sum;
  const even = to - ((to - from) & 1);
  for (let i = from; i < even; i += 2) total += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  return even < to ? total + ((bytes[even] as number) << 8) : total;
};

/** Folds a sum to 16 bits with end-around carry. A region that includes its correct checksum folds to 0xffff. */
export const foldSum = (sum: number): number => {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return folded;
};
