import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePool } from '../../../src/history/rollups/byte-pool.js';

type Piece = { position: number; bytes: number[] };

const read = (pool: BytePool, { position, bytes }: Piece): number[] => {
  const at = pool.indexOf(position);
  return [...pool.bytes.subarray(at, at + bytes.length)];
};

describe('a pool of bytes', () => {
  it('keeps each piece whole while it is wanted, as it grows and goes round', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 50, maxLength: 300 }), (lengths) => {
        const pool = new BytePool(16_384);
        let wanted: Piece[] = [];
        lengths.forEach((length, i) => {
          while (wanted[0] !== undefined && pool.wouldOverwrite(wanted[0].position, length)) wanted = wanted.slice(1);
          const position = pool.allocate(length, wanted[0]?.position ?? pool.position);
          const piece = { position, bytes: Array.from({ length }, (_, k) => (i + k) % 251) };
          pool.bytes.set(piece.bytes, pool.indexOf(position));
          wanted.push(piece);
          expect(wanted.filter((one) => String(read(pool, one)) !== String(one.bytes))).toEqual([]);
        });
        expect(pool.bytes.length).toBeLessThanOrEqual(16_384);
      }),
      { numRuns: 20 },
    );
  });

  it('does not grow for what nobody wants any more', () => {
    const pool = new BytePool(2 ** 20);
    for (let i = 0; i < 10_000; i++) pool.allocate(100, (pool.position - Math.min(pool.position, 2000)) >>> 0);
    expect(pool.bytes).toHaveLength(4096);
  });
});
