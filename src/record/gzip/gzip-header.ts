// The header of a gzip member (RFC 1952, section 2.3).

import type { ByteSource } from '../byte-source.js';

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const HEADER_BYTES = 10;
const [FHCRC, FEXTRA, FNAME, FCOMMENT, RESERVED] = [2, 4, 8, 16, 0xe0];
/** A header's name, comment and extra field together; gzip(1) writes a file name at most. */
const MOST_HEADER = 72 * 1024;
const SEARCHED_BYTES = 256 * 1024;

/** Where the deflated data begins, null if there is no gzip header at `at`. */
export const bodyOf = (file: ByteSource, at: number): number | null => {
  const fixed = file.bytes(at, HEADER_BYTES);
  const flags = fixed[3] ?? 0;
  if (fixed.length < HEADER_BYTES || !fixed.subarray(0, 3).equals(MAGIC) || (flags & RESERVED) !== 0) return null;
  if (flags === 0) return at + HEADER_BYTES;
  const header = file.bytes(at, MOST_HEADER);
  let body = HEADER_BYTES;
  if ((flags & FEXTRA) !== 0) body += 2 + (body + 2 <= header.length ? header.readUInt16LE(body) : 0);
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const zero = header.indexOf(0, body);
    if (zero < 0) return null;
    body = zero + 1;
  }
  return at + body + ((flags & FHCRC) === 0 ? 0 : 2);
};

/** Where the next member may begin, at or after `from`; the end of the file if there is none. */
export const nextHeader = (file: ByteSource, from: number): number => {
  for (let at = from; at < file.size; at += SEARCHED_BYTES) {
    const found = file.bytes(at, SEARCHED_BYTES + MAGIC.length - 1).indexOf(MAGIC);
    if (found >= 0) return at + found;
  }
  return file.size;
};
