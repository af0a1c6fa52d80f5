// Requests against a second, independent reading of the same layout.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EchoRequest } from '../../../src/probe/packet/echo-request.js';
import { internetChecksum, parseRequest } from '../../support/simulated-network-packets.js';

const identity = { icmpId: 0xbeef, cookie: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255) };
const seqs = fc.oneof(fc.nat(), fc.integer({ min: 2 ** 32 - 3, max: 2 ** 48 - 1 }), fc.constantFrom(0, 65_535, 65_536));

describe('an echo request', () => {
  it('carries id, cookie, endpoint and the 48-bit sequence, whatever was built before', () => {
    const request = new EchoRequest(4, identity, 513, 56);
    fc.assert(
      fc.property(seqs, (seq) => {
        const packet = request.build(seq);
        expect(packet.length).toBe(64);
        const parsed = parseRequest(packet);
        expect(parsed).toMatchObject({ id: 0xbeef, seqLow: seq % 65_536, endpoint: 513, seq });
        expect([...parsed.cookie]).toEqual([...identity.cookie]);
        expect(internetChecksum(packet)).toBe(0);
      }),
    );
  });

  it.each([16, 17, 56, 1472, 65_507])('has a right checksum at %i bytes of payload', (size) => {
    const packet = new EchoRequest(4, identity, 0, size).build(2 ** 48 - 1);
    expect(packet.length).toBe(8 + size);
    expect(internetChecksum(packet)).toBe(0);
    expect(packet[0]).toBe(8);
  });

  it("leaves ICMPv6's checksum to the kernel", () => {
    const packet = new EchoRequest(6, identity, 0, 56).build(9);
    expect([...packet.subarray(0, 4)]).toEqual([128, 0, 0, 0]);
  });

  it('is never smaller than what identifies it', () => {
    expect(() => new EchoRequest(4, identity, 0, 15)).toThrow(RangeError);
  });
});
