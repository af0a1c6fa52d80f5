// The lines of a record's pieces put together, compressed or not. A gzip member that is damaged is skipped up to the next
// one, as docs/record-format.md says; the standard library decompresses each.

import { inflateRawSync } from 'node:zlib';

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
/** pingem's own members have no optional fields (RFC 1952, 2.3). */
const HEADER_BYTES = 10;

function* members(file: Buffer): Generator<Buffer> {
  for (let at = file.indexOf(MAGIC); at >= 0;) {
    const next = file.indexOf(MAGIC, at + 1);
    let data: Buffer | null = null;
    let end = -1;
    try {
      const inflated: unknown = inflateRawSync(file.subarray(at + HEADER_BYTES), { info: true });
      const { buffer, engine } = inflated as { buffer: Buffer; engine: { bytesWritten: number } };
      data = buffer;
      end = file.indexOf(MAGIC, at + HEADER_BYTES + engine.bytesWritten);
    } catch {
      end = next;
    }
    if (data !== null) yield data;
    at = end;
  }
}

export const linesOf = (pieces: readonly Buffer[]): string[] => {
  const whole = Buffer.concat(pieces);
  const compressed = whole.subarray(0, MAGIC.length).equals(MAGIC);
  const text = compressed ? Buffer.concat([...members(whole)]).toString() : whole.toString();
  return text.split('\n').filter((line) => line !== '');
};
