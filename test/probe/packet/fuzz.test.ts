// The fuzzers, with a fixed seed. `node dist/test/probe/packet/fuzz.js 600` goes on for as long as one likes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketDecoder } from '../../../src/probe/packet/packet-decoder.js';
import { IDENTITY, SIZE_BYTES, genuineReply } from './fuzz-shapes.js';
import { fuzzDecoder } from './fuzz.js';

describe('the decoder', () => {
  it('takes millions of damaged packets: no throw, no false answer', { timeout: 60_000 }, () => {
    const result = fuzzDecoder(PacketDecoder, 20_261_123, { millis: 10_000 });
    expect(result.packets).toBeGreaterThan(1_000_000);
    // Had the damage been total or none, nothing would have been tried.
    expect(Math.min(result.foreign, result.rejected, result.reply, result.error)).toBeGreaterThan(5_000);
  });

  it('takes any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(4, 6), (bytes, family) => {
        expect(new PacketDecoder(family, IDENTITY, () => SIZE_BYTES).decode(bytes).kind).not.toBe('reply');
      }),
      { seed: 7, numRuns: 5_000 },
    );
  });

  it('knows no IPv4 reply with any one bit changed in its ICMP part', () => {
    const decoder = new PacketDecoder(4, IDENTITY, () => SIZE_BYTES);
    const genuine = genuineReply(4);
    expect(decoder.decode(genuine).kind).toBe('reply');
    for (let bit = 20 * 8; bit < genuine.length * 8; bit++) {
      const changed = Buffer.from(genuine);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decoder.decode(changed).kind).not.toBe('reply');
    }
  });
});
