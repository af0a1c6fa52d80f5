// Compressed records after a kill: a torn member costs itself and nothing else.

import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipMembers } from '../../../src/record/gzip/gzip-members.js';

const texts = (file: Buffer): string[] =>
  [...gzipMembers(file)].map((member) =>
    'data' in member ? member.data.toString() : `damaged at ${member.damagedAt}`,
  );

describe('gzip members', () => {
  it('are read one by one', () => {
    expect(texts(Buffer.concat(['one', '', 'three'].map((text) => gzipSync(text))))).toEqual(['one', '', 'three']);
  });

  it('are found again behind a torn one, wherever it was torn', () => {
    const [first, torn, last] = ['first line', 'a second, which the kill tore', 'third'].map((text) => gzipSync(text));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: (torn?.length ?? 2) - 1 }), (cut) => {
        const file = Buffer.concat([first ?? [], torn?.subarray(0, cut) ?? [], last ?? []] as Uint8Array[]);
        const read = texts(file);
        expect(read[0]).toBe('first line');
        expect(read.at(-1)).toBe('third');
        expect(read).toContain(`damaged at ${first?.length}`);
      }),
    );
  });

  it('never make an error of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => texts(Buffer.from(bytes))).not.toThrow();
      }),
    );
  });

  it('may carry a name, a comment and extra fields, as gzip(1) writes them', () => {
    const plain = gzipSync('text');
    const flags = Buffer.from(plain.subarray(0, 10));
    flags[3] = 4 | 8 | 16;
    const extras = Buffer.concat([Buffer.from([2, 0, 9, 9]), Buffer.from('name\0comment\0')]);
    expect(texts(Buffer.concat([flags, extras, plain.subarray(10)]))).toEqual(['text']);
  });
});
