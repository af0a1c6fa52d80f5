// Compressed records after a kill: a torn member costs itself and nothing else.

import fc from 'fast-check';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FileBytes } from '../../../src/record/byte-source.js';
import type { ByteSource } from '../../../src/record/byte-source.js';
import { gzipPieces } from '../../../src/record/gzip/gzip-members.js';

const source = (file: Buffer): ByteSource => ({
  size: file.length,
  bytes: (at, length) => file.subarray(at, at + length),
});

/** What comes out, in order; the pieces of one long member joined. */
const texts = async (file: Buffer): Promise<string[]> => {
  const read: string[] = [];
  for await (const piece of gzipPieces(source(file))) {
    read.push('data' in piece ? piece.data.toString() : `damaged at ${piece.damagedAt}: ${piece.why}`);
  }
  return read;
};

/** As `all`, with what all pieces between two reports of damage add up to. */
const joined = async (file: Buffer): Promise<string[]> => {
  const read: string[] = [''];
  for (const text of await texts(file)) {
    if (text.startsWith('damaged at')) read.push(text, '');
    else read.push(`${read.pop()}${text}`);
  }
  return read;
};

/** Lines that compress badly. */
const noise = (lines: number): string => {
  let state = 1;
  let text = '';
  for (let i = 0; i < lines; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    text += `{"line":${i},"n":${state}}\n`;
  }
  return text;
};

describe('gzip members', () => {
  it('are read one by one', async () => {
    const file = Buffer.concat(['one', '', 'three'].map((text) => gzipSync(text)));
    expect(await texts(file)).toEqual(['one', '', 'three']);
  });

  it('whose header points behind the end of the file are damaged', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'pingem-gzip-')), 'r.gz');
    // An extra field (RFC 1952, 2.3.1.1) of 65,535 bytes.
    const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 0xff, 0xff]);
    const last = gzipSync('last');
    writeFileSync(path, Buffer.concat([gzipSync('first'), header, last]));
    const fd = openSync(path, 'r');
    const read: string[] = [];
    for await (const piece of gzipPieces(new FileBytes(fd, statSync(path).size))) {
      read.push('data' in piece ? piece.data.toString() : piece.why);
    }
    closeSync(fd);
    rmSync(dirname(path), { recursive: true });
    expect(read).toEqual(['first', expect.any(String), 'last']);
  });

  it('are found again behind a torn one, wherever it was torn', async () => {
    const [first, torn, last] = ['first line', 'a second, which the kill tore', 'third'].map((text) => gzipSync(text));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: (torn?.length ?? 2) - 1 }), async (cut) => {
        const file = Buffer.concat([first ?? [], torn?.subarray(0, cut) ?? [], last ?? []] as Uint8Array[]);
        const read = await texts(file);
        expect(read[0]).toBe('first line');
        expect(read.at(-1)).toBe('third');
        expect(read[1]).toContain(`damaged at ${first?.length}`);
      }),
    );
  });

  it('cost only themselves where their checksum is wrong or rubbish lies between', async () => {
    const [first, second, third] = ['first', 'second', 'third'].map((text) => gzipSync(text)) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    second[second.length - 8] = (second.at(-8) ?? 0) ^ 1;
    const rubbish = Buffer.from('rubbish');
    expect(await texts(Buffer.concat([first, second, third]))).toEqual([
      'first',
      `damaged at ${first.length}: compressed data with a wrong checksum`,
      'third',
    ]);
    expect(await texts(Buffer.concat([first, rubbish, third]))).toEqual([
      'first',
      `damaged at ${first.length}: no gzip header`,
      'third',
    ]);
  });

  it.each([30, 300_000])('yield what they hold when the only one is cut by 20 bytes (%i lines)', async (lines) => {
    const text = noise(lines);
    const packed = gzipSync(text);
    const [held = '', damage, ...rest] = await joined(packed.subarray(0, -20));
    expect(text.startsWith(held)).toBe(true);
    expect(text.length - held.length).toBeLessThan(200);
    expect(damage).toBe('damaged at 0: compressed data cut off');
    expect(rest).toEqual(['']);
  });

  it('may be long: they come in pieces, with what follows them', async () => {
    const text = noise(400_000);
    const file = Buffer.concat([gzipSync(text), gzipSync('behind it')]);
    const pieces = await texts(file);
    expect(pieces.join('')).toBe(`${text}behind it`);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(256 * 1024);
  });

  it('are found again behind a long one that breaks off', async () => {
    const text = noise(400_000);
    const packed = gzipSync(text);
    const file = Buffer.concat([packed.subarray(0, packed.length / 2), gzipSync('behind it')]);
    const [held = '', damage, after] = await joined(file);
    // At most the stretch of input in which it broke is missing.
    expect(text.startsWith(held.slice(0, -300))).toBe(true);
    expect(held.length).toBeGreaterThan(text.length / 2 - 1e6);
    expect(damage).toMatch(/^damaged at 0: /);
    expect(after).toBe('behind it');
  });

  it('end wherever they end, next to any stretch of input', async () => {
    // Stored blocks: the length of the member is known to the byte.
    for (const extra of [-40, -24, -16, -8, -1, 0, 1, 8]) {
      const text = 'x'.repeat(20 * 32 * 1024 + extra);
      const member = gzipSync(text, { level: constants.Z_NO_COMPRESSION });
      const read = await joined(Buffer.concat([member, gzipSync('behind it')]));
      expect(read.length).toBe(1);
      expect(read[0]).toBe(`${text}behind it`);
    }
  });

  it('that grow without end are left at a bound', async () => {
    const file = Buffer.concat([gzipSync(Buffer.alloc(2 ** 28)), gzipSync('behind it')]);
    const [held = '', damage, after] = await joined(file);
    expect(held.length).toBeLessThan(2 ** 27);
    expect(damage).toContain('grows more than 256-fold');
    expect(after).toBe('behind it');
  });

  it('never make an error of any bytes, and no more work than the bytes are worth', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await texts(Buffer.from(bytes));
      }),
      { seed: 8, numRuns: 2000 },
    );
    // Nothing but headers, each of which looks like the beginning of a member.
    const headers = Buffer.alloc(2_000_000, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0]));
    const before = performance.now();
    await texts(headers);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it('may carry a name, a comment and extra fields, as gzip(1) writes them', async () => {
    const plain = gzipSync('text');
    const flags = Buffer.from(plain.subarray(0, 10));
    flags[3] = 4 | 8 | 16;
    const extras = Buffer.concat([Buffer.from([2, 0, 9, 9]), Buffer.from('name\0comment\0')]);
    expect(await texts(Buffer.concat([flags, extras, plain.subarray(10)]))).toEqual(['text']);
  });
});
