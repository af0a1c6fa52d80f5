// What counts as a reply of ours, what as an error about a probe of ours, and what as neither.

import { describe, expect, it } from 'vitest';
import { PacketDecoder } from '../../../src/probe/packet/packet-decoder.js';
import { addressBytes, icmp, icmpError, ipv4Packet, ipv6Packet } from '../../support/simulated-network-packets.js';
import { GENUINE, IDENTITY, SIZE_BYTES, TARGET, genuineReply, shapesOf } from './fuzz-shapes.js';

const decoder = {
  4: new PacketDecoder(4, IDENTITY, () => SIZE_BYTES),
  6: new PacketDecoder(6, IDENTITY, () => SIZE_BYTES),
};
const families = [4, 6] as const;

/** The genuine reply's ICMP message with a change, and a checksum that fits it. */
const changed = (family: 4 | 6, change: (message: Buffer) => void): Buffer => {
  const packet = Buffer.from(genuineReply(family));
  const message = family === 4 ? packet.subarray(20) : packet;
  change(message);
  const again = icmp(family, message[0] ?? 0, message[1] ?? 0, message.subarray(4, 8), message.subarray(8));
  return family === 4 ? ipv4Packet(TARGET[4], '192.0.2.1', again) : again;
};

/** The request that belongs to the genuine reply. */
const request = (family: 4 | 6): Buffer => {
  const message = Buffer.from(genuineReply(family)).subarray(family === 4 ? 20 : 0);
  return icmp(family, family === 4 ? 8 : 128, 0, message.subarray(4, 8), message.subarray(8));
};

const delivered = (family: 4 | 6, message: Buffer): Buffer =>
  family === 4 ? ipv4Packet('203.0.113.1', '192.0.2.1', message) : message;

describe.each(families)('an IPv%i reply', (family) => {
  const reply = { kind: 'reply', ...GENUINE, seqLow: GENUINE.seq % 65_536, ttl: family === 4 ? 57 : null };

  it('counts whole, and cut down to its first 16 bytes of payload', () => {
    for (const bytes of [56, 55, 48, 17, 16]) {
      expect(decoder[family].decode(genuineReply(family, bytes))).toEqual(reply);
    }
  });

  it('is malformed when cut further', () => {
    for (const bytes of [15, 8, 0]) {
      expect(decoder[family].decode(genuineReply(family, bytes))).toMatchObject({ reason: 'malformed' });
    }
  });

  it.each<[string, (message: Buffer) => void]>([
    ['cookie', (m) => m.fill(0, 8, 9)],
    ['payload', (m) => (m[63] = 0)],
    ['payload', (m) => (m[24] = 0)],
    ['malformed', (m) => (m[1] = 1)],
  ])('is rejected for an altered %s', (reason, change) => {
    expect(decoder[family].decode(changed(family, change))).toMatchObject({ kind: 'rejected', reason });
  });

  it('is rejected if it is longer than what was sent', () => {
    const long = new PacketDecoder(family, IDENTITY, (endpoint, seq) =>
      endpoint === GENUINE.endpoint && seq === GENUINE.seq ? 40 : 1_000,
    );
    expect(long.decode(genuineReply(family))).toMatchObject({ kind: 'rejected', reason: 'payload' });
  });

  it('of another id is foreign, and the filter says so', () => {
    const other = changed(family, (m) => m.writeUInt16BE(IDENTITY.icmpId ^ 1, 4));
    expect(decoder[family].decode(other)).toEqual({ kind: 'foreign' });
    expect(decoder[family].concernsUs(other)).toBe(false);
    expect(decoder[family].concernsUs(genuineReply(family))).toBe(true);
  });

  it('is not a request that the kernel copied to us', () => {
    expect(decoder[family].decode(delivered(family, request(family)))).toEqual({ kind: 'foreign' });
  });
});

describe('an IPv4 reply', () => {
  it('counts behind IP options', () => {
    const options = Buffer.from([7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(decoder[4].decode(genuineReply(4, 56, options))).toMatchObject({ kind: 'reply', ...GENUINE });
  });

  it('with a bad checksum is rejected', () => {
    const packet = genuineReply(4);
    packet.writeUInt16BE(packet.readUInt16BE(22) ^ 1, 22);
    expect(decoder[4].decode(packet)).toEqual({ kind: 'rejected', reason: 'checksum', endpoint: null });
  });
});

describe.each(families)('an ICMP error over IPv%i', (family) => {
  const types = family === 4 ? [3, 11, 12] : [1, 2, 3, 4];
  const seqLow = GENUINE.seq % 65_536;

  it('names the probe by 8 quoted bytes', () => {
    for (const type of types) {
      const packet = delivered(family, icmpError(family, type, 1, request(family), TARGET[family], 8));
      expect(decoder[family].decode(packet)).toEqual({
        kind: 'error',
        ttl: family === 4 ? 57 : null,
        timeExceeded: false,
        icmpType: type,
        icmpCode: 1,
        destination: TARGET[family],
        seqLow,
        probe: null,
      });
    }
  });

  it('names it exactly where the payload is quoted', () => {
    const packet = delivered(family, icmpError(family, types[0] ?? 3, 0, request(family), TARGET[family], 64));
    expect(decoder[family].decode(packet)).toMatchObject({ kind: 'error', probe: GENUINE });
  });

  it('takes zeros after the 8 bytes for padding (RFC 4884)', () => {
    const quote = Buffer.concat([request(family).subarray(0, 8), Buffer.alloc(80)]);
    const packet = delivered(family, icmpError(family, types[0] ?? 3, 0, quote, TARGET[family], 88));
    expect(decoder[family].decode(packet)).toMatchObject({ kind: 'error', probe: null });
  });

  it('is rejected if it quotes a payload that was not ours', () => {
    const forged = request(family);
    forged[9] = (forged[9] ?? 0) ^ 1;
    const packet = delivered(family, icmpError(family, types[0] ?? 3, 0, forged, TARGET[family], 64));
    expect(decoder[family].decode(packet)).toMatchObject({ kind: 'rejected', reason: 'cookie' });
  });

  it('is foreign if it quotes too little, a reply, another protocol or another id', () => {
    const reply = Buffer.from(request(family));
    reply[0] = family === 4 ? 0 : 129;
    const otherId = Buffer.from(request(family));
    otherId.writeUInt16BE(1, 4);
    const quotes = [request(family).subarray(0, 7), reply, otherId];
    for (const quote of quotes) {
      const packet = delivered(family, icmpError(family, types[0] ?? 3, 0, quote, TARGET[family], 64));
      expect(decoder[family].decode(packet)).toEqual({ kind: 'foreign' });
      expect(decoder[family].concernsUs(packet)).toBe(false);
    }
  });
});

describe('quoted packets', () => {
  it('over IPv4: options are stepped over, later fragments and other protocols are none', () => {
    const quoteOf = (packet: Buffer): Buffer =>
      ipv4Packet('203.0.113.1', '192.0.2.1', icmp(4, 3, 1, Buffer.alloc(4), packet));
    const options = Buffer.from([7, 7, 4, 0, 0, 0, 0, 0]);
    const quoted = ipv4Packet('192.0.2.1', TARGET[4], request(4), { options });
    expect(decoder[4].decode(quoteOf(quoted))).toMatchObject({ kind: 'error', probe: GENUINE });
    const fragment = Buffer.from(quoted);
    fragment.writeUInt16BE(0x0001, 6);
    expect(decoder[4].decode(quoteOf(fragment)).kind).toBe('foreign');
    const udp = ipv4Packet('192.0.2.1', TARGET[4], request(4), { protocol: 17 });
    expect(decoder[4].decode(quoteOf(udp)).kind).toBe('foreign');
  });

  it('over IPv4: source quench and redirect say nothing of the probe', () => {
    for (const type of [4, 5]) {
      const packet = delivered(4, icmpError(4, type, 0, request(4), TARGET[4], 8));
      expect(decoder[4].decode(packet)).toEqual({ kind: 'foreign' });
    }
  });

  it('over IPv4: a bad outer checksum is rejected', () => {
    const packet = delivered(4, icmpError(4, 3, 1, request(4), TARGET[4], 8));
    packet.writeUInt16BE(packet.readUInt16BE(22) ^ 1, 22);
    expect(decoder[4].decode(packet)).toMatchObject({ kind: 'rejected', reason: 'checksum' });
  });

  it('over IPv6: extension headers are stepped over, endless chains are not followed', () => {
    const quoteOf = (next: number, extensions: Buffer): Buffer =>
      icmp(6, 1, 0, Buffer.alloc(4), ipv6Packet('2001:db8::1', TARGET[6], request(6), { next, extensions }));
    const chain = Buffer.from([43, 0, 1, 4, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 58, 0, 0, 0, 0, 0, 0, 9]);
    expect(decoder[6].decode(quoteOf(0, chain))).toMatchObject({ kind: 'error', probe: GENUINE });
    const laterFragment = Buffer.from([58, 0, 0, 8, 0, 0, 0, 9]);
    expect(decoder[6].decode(quoteOf(44, laterFragment)).kind).toBe('foreign');
    expect(decoder[6].decode(quoteOf(0, Buffer.alloc(800))).kind).toBe('foreign');
    expect(decoder[6].decode(quoteOf(17, Buffer.alloc(0))).kind).toBe('foreign');
  });

  it('an error inside an error is foreign', () => {
    const inner = icmpError(4, 3, 0, request(4), TARGET[4], 64);
    expect(decoder[4].decode(delivered(4, icmpError(4, 11, 0, inner, TARGET[4], 100)))).toEqual({ kind: 'foreign' });
  });

  it('every prefix of every shape is read without a throw', () => {
    for (const family of families) {
      for (const shape of shapesOf(family)) {
        for (let end = 0; end <= Math.min(shape.length, 200); end++) decoder[family].decode(shape.subarray(0, end));
      }
    }
    expect(addressBytes(TARGET[6], 6).length).toBe(16);
  });
});
