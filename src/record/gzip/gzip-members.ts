// The members of a gzip file (RFC 1952), one after the other. Each flush of a compressed record is a member of its own,
// so a kill costs the one that was being written; what follows it is found again by its header.

import { inflateRawSync } from 'node:zlib';

export type GzipMember =
  { data: Buffer; /** Where the member ends in the file. */ end: number } | { damagedAt: number };

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const HEADER_BYTES = 10;
/** CRC32 and length. */
const TRAILER_BYTES = 8;
const [FHCRC, FEXTRA, FNAME, FCOMMENT] = [2, 4, 8, 16];

/** inflateRawSync with `info` also returns the engine, which knows how much input it took. */
type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };

export function* gzipMembers(file: Buffer): Generator<GzipMember> {
  let at = 0;
  while (at < file.length) {
    const member = readMember(file, at);
    if (member === null) yield { damagedAt: at };
    else yield member;
    const next = member === null ? file.indexOf(MAGIC, at + 1) : member.end;
    at = next < 0 ? file.length : next;
  }
}

const readMember = (file: Buffer, at: number): { data: Buffer; end: number } | null => {
  const body = bodyOf(file, at);
  if (body === null) return null;
  try {
    const inflated: unknown = inflateRawSync(file.subarray(body), { info: true });
    const { buffer, engine } = inflated as Inflated;
    const end = body + engine.bytesWritten + TRAILER_BYTES;
    // A torn member may inflate whole and lack its trailer; a trailer that gives another length is no trailer.
    if (end > file.length || file.readUInt32LE(end - 4) !== buffer.length % 2 ** 32) return null;
    return { data: buffer, end };
  } catch {
    return null;
  }
};

/** Where the deflated data begins, null if there is no gzip header at `at`. */
const bodyOf = (file: Buffer, at: number): number | null => {
  if (at + HEADER_BYTES > file.length || file.compare(MAGIC, 0, 3, at, at + 3) !== 0) return null;
  const flags = file[at + 3] ?? 0;
  let body = at + HEADER_BYTES;
  if ((flags & FEXTRA) !== 0) body += 2 + (body + 2 <= file.length ? file.readUInt16LE(body) : 0);
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const zero = file.indexOf(0, body);
    if (zero < 0) return null;
    body = zero + 1;
  }
  return body + ((flags & FHCRC) === 0 ? 0 : 2);
};
