// The members of a gzip file (RFC 1952), one after the other, in bounded memory. Each flush of a compressed record is a
// member of its own, so a kill costs the one that was being written; what follows it is found again by its header. A
// record that was compressed as a whole (gzip, logrotate) is one long member, and comes in pieces.

import { crc32, inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../byte-source.js';
import { bodyOf, nextHeader } from './gzip-header.js';
import { inflatePieces } from './inflate-pieces.js';

export type GzipPiece =
  { data: Buffer; /** How far the file has been read. */ end: number } | { damagedAt: number; why: string };

/** CRC32 and length. */
const TRAILER_BYTES = 8;
/** A member that fits in these is inflated in one go. */
const SHORT_BYTES = 256 * 1024;
const SHORT_INFLATED = 4 * 1024 * 1024;
/** Where a long member breaks is known to so many bytes. */
const BREAK_BYTES = 128 * 1024;
/** How often over damaged data may be tried again, from the next header within it: keeps the whole linear. */
const RETRIES = 8;

/** inflateRawSync with `info` also returns the engine, which knows how much input it took. */
type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };

/** Where to go on; `whole` if the member was all right. */
type MemberEnd = { whole: boolean; next: number; why: string };

/** What the members hold, in order; a stretch that can't be read is told once. */
export async function* gzipPieces(file: ByteSource): AsyncGenerator<GzipPiece> {
  let at = 0;
  let wasDamaged = false;
  /** Bytes that may be read again. */
  let spare = RETRIES * (file.size + SHORT_BYTES);
  while (at < file.size) {
    const end: MemberEnd = yield* readMember(file, at);
    if (end.whole) {
      at = end.next;
      wasDamaged = false;
      continue;
    }
    if (!wasDamaged) yield { damagedAt: at, why: end.why };
    wasDamaged = true;
    const back = Math.max(at + 1, end.next - BREAK_BYTES);
    spare -= Math.max(0, end.next - back);
    at = nextHeader(file, spare > 0 ? back : Math.max(back, end.next));
  }
}

async function* readMember(file: ByteSource, at: number): AsyncGenerator<GzipPiece, MemberEnd> {
  const body = bodyOf(file, at);
  if (body === null) return { whole: false, next: at + 1, why: 'no gzip header' };
  const short = inflateShort(file.bytes(body, SHORT_BYTES));
  if (short === 'damaged') {
    return { whole: false, next: Math.min(body + SHORT_BYTES, file.size), why: 'damaged compressed data' };
  }
  if (short === 'long') return yield* readLongMember(file, body);
  const { buffer, engine } = short;
  const after = body + engine.bytesWritten;
  const what = { length: buffer.length, checksum: crc32(buffer) };
  const why = trailerProblem(file, after, what);
  // Without its trailer it is what could be saved of the end of the file; with a wrong one its data are.
  if (why === null || after + TRAILER_BYTES > file.size) yield { data: buffer, end: Math.min(after, file.size) };
  return why === null ? { whole: true, next: after + TRAILER_BYTES, why: '' } : { whole: false, next: after, why };
}

async function* readLongMember(file: ByteSource, body: number): AsyncGenerator<GzipPiece, MemberEnd> {
  const what = { length: 0, checksum: 0 };
  const pieces = inflatePieces(file, body);
  for (;;) {
    const { value, done } = await pieces.next();
    if (done === true) {
      const { end, why } = value;
      const problem = why ?? trailerProblem(file, end, what);
      return problem === null
        ? { whole: true, next: end + TRAILER_BYTES, why: '' }
        : { whole: false, next: end, why: problem };
    }
    what.length += value.data.length;
    what.checksum = crc32(value.data, what.checksum);
    yield value;
  }
}

/** 'long' if the end of the member is not within `input`, or it inflates to more than is wanted in one go. */
const inflateShort = (input: Buffer): Inflated | 'long' | 'damaged' => {
  try {
    const inflated: unknown = inflateRawSync(input, { info: true, maxOutputLength: SHORT_INFLATED });
    return inflated as Inflated;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'Z_BUF_ERROR' || code === 'ERR_BUFFER_TOO_LARGE' ? 'long' : 'damaged';
  }
};

/** What is wrong with the trailer at `at` after so many bytes of such a CRC32, null if nothing. */
const trailerProblem = (file: ByteSource, at: number, what: { length: number; checksum: number }): string | null => {
  const trailer = file.bytes(at, TRAILER_BYTES);
  if (trailer.length < TRAILER_BYTES) return 'compressed data cut off';
  const fits = trailer.readUInt32LE(0) === what.checksum && trailer.readUInt32LE(4) === what.length % 2 ** 32;
  return fits ? null : 'compressed data with a wrong checksum';
};
