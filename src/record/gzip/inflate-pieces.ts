// One deflated stream (RFC 1951) out of a file, in pieces: for members too long to be inflated in one go. What was
// inflated before the data broke off comes out; node:zlib's stream has thrown it away by the time an iterator sees the
// error, so the stream is driven by hand.

import { constants, createInflateRaw } from 'node:zlib';
import type { ByteSource } from '../byte-source.js';

const INPUT_BYTES = 32 * 1024;
const OUTPUT_BYTES = 256 * 1024;
/** Lines of a record deflate to a tenth, at best to a fiftieth; deflate itself goes to a thousandth (a gzip bomb). */
const MOST_RATIO = 256;
const UNSUSPICIOUS_BYTES = 16 * 1024 * 1024;

export type InflateEnd = {
  /** Behind the last byte that was taken. */
  end: number;
  /** What ended it before its own end, null if nothing did. */
  why: string | null;
};

/** Yields what was inflated, and how far the file has been read. */
export async function* inflatePieces(
  file: ByteSource,
  body: number,
): AsyncGenerator<{ data: Buffer; end: number }, InflateEnd> {
  const inflate = createInflateRaw({ chunkSize: OUTPUT_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  let out: Buffer[] = [];
  let inflated = 0;
  const stream = { ended: false, failed: false };
  const over = new Promise<void>((resolve) => {
    inflate.on('data', (data: Buffer) => out.push(data));
    inflate.on('end', () => {
      stream.ended = true;
      resolve();
    });
    inflate.on('error', () => {
      stream.failed = true;
      resolve();
    });
  });
  try {
    for (let at = body; at < file.size && !stream.ended && !stream.failed; at += INPUT_BYTES) {
      const input = file.bytes(at, INPUT_BYTES);
      if (input.length === 0) break;
      // The callback never comes for input behind the end of the stream, `over` does.
      await Promise.race([over, new Promise<void>((resolve) => void inflate.write(input, () => resolve()))]);
      const end = Math.min(at + input.length, file.size);
      for (const data of out) {
        inflated += data.length;
        yield { data, end };
      }
      out = [];
      if (inflated > UNSUSPICIOUS_BYTES && inflated > MOST_RATIO * (end - body)) {
        return { end, why: `compressed data that grows more than ${MOST_RATIO}-fold` };
      }
      if (stream.failed) return { end, why: 'damaged compressed data' };
    }
    // Bytes behind the end of the stream were left alone: then it has ended.
    return { end: body + inflate.bytesWritten, why: stream.ended ? null : 'compressed data cut off' };
  } finally {
    inflate.destroy();
  }
}
