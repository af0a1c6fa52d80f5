// Feeds the decoder damaged packets without end: `node dist/test/probe/packet/fuzz.js [seconds] [seed]`, and from the tests with
// a fixed seed. Fails on a throw and on a false answer; what is a true one, a second and plainer reading decides.

import { pathToFileURL } from 'node:url';
import type { DecodedPacket, PacketDecoder } from '../../../src/probe/packet/packet-decoder.js';
import type { Family } from '../../../src/probe/ports.js';
import { internetChecksum } from '../../support/simulated-network-packets.js';
import { IDENTITY, SIZE_BYTES, shapesOf } from './fuzz-shapes.js';

export type FuzzResult = Record<DecodedPacket['kind'] | 'packets', number>;

const COOKIE = Buffer.from(IDENTITY.cookie);

/** xorshift32: quick, and the same everywhere. */
const generator = (seed: number): ((below: number) => number) => {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** Damages the packet in place or cuts it; returns what is left. `room` is a larger buffer that the packet starts. */
const damage = (room: Buffer, length: number, random: (below: number) => number): Buffer => {
  let end = length;
  for (let times = random(4); times > 0; times--) {
    const at = end === 0 ? 0 : random(end);
    switch (random(7)) {
      case 0:
        room[at] = (room[at] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        room[at] = random(256);
        break;
      case 2:
        end = random(end + 1);
        break;
      case 3:
        room.fill(random(256), end, (end = Math.min(room.length, end + random(40))));
        break;
      case 4:
        room.copyWithin(at, random(end + 1), end);
        break;
      case 5:
        // Lengths, types and protocol numbers stand near the front.
        room[random(Math.min(end + 1, 48))] = [0, 1, 3, 0x45, 0x4f, 0x60, 58, 255][random(8)] ?? 0;
        break;
      default:
        fixChecksum(room, end);
    }
  }
  return room.subarray(0, end);
};

/** Damage with a valid checksum gets further. */
const fixChecksum = (room: Buffer, end: number): void => {
  const start = ((room[0] ?? 0) & 15) * 4;
  if (end < start + 8) return;
  room.writeUInt16BE(0, start + 2);
  room.writeUInt16BE(internetChecksum(room.subarray(start, end)), start + 2);
};

/** Whether the packet is, word for word, a reply that this run may count. */
const isTrueReply = (
  family: Family,
  packet: Buffer,
  found: { endpoint: number; seq: number; seqLow: number },
): boolean => {
  const message = family === 4 ? packet.subarray(((packet[0] ?? 0) & 15) * 4) : packet;
  const payload = message.subarray(8);
  const pattern = payload.subarray(16).every((byte, i) => byte === ((i + 16) & 255));
  return (
    message[0] === (family === 4 ? 0 : 129) &&
    message[1] === 0 &&
    (family === 6 || internetChecksum(message) === 0) &&
    message.readUInt16BE(4) === IDENTITY.icmpId &&
    message.readUInt16BE(6) === found.seqLow &&
    payload.length >= 16 &&
    payload.length <= SIZE_BYTES &&
    payload.subarray(0, 8).equals(IDENTITY.cookie) &&
    payload.readUInt16BE(8) === found.endpoint &&
    payload.readUIntBE(10, 6) === found.seq &&
    pattern
  );
};

const check = (family: Family, decoder: PacketDecoder, packet: Buffer, result: FuzzResult): void => {
  const copy = Buffer.from(packet);
  const fail = (why: string, cause?: unknown): never => {
    throw new Error(`IPv${family} packet ${copy.toString('hex')}: ${why}`, { cause });
  };
  let decoded: DecodedPacket;
  let concernsUs: boolean;
  try {
    concernsUs = decoder.concernsUs(packet);
    decoded = decoder.decode(packet);
  } catch (error) {
    return fail('the decoder threw', error);
  }
  if (concernsUs !== (decoded.kind !== 'foreign')) fail(`filter says ${concernsUs}, decoder ${decoded.kind}`);
  if (decoded.kind === 'reply' && !isTrueReply(family, packet, decoded)) fail('a false answer');
  if (decoded.kind === 'error' && decoded.probe !== null && !packet.includes(COOKIE)) fail('a false error');
  if (!copy.equals(packet)) fail('the decoder changed the packet');
  result[decoded.kind]++;
  result.packets++;
};

type DecoderClass = typeof PacketDecoder;

/** Runs until so many packets or milliseconds are done. Throws at the first defect, with the packet in hexadecimal. */
export const fuzzDecoder = (
  Decoder: DecoderClass,
  seed: number,
  limit: { packets: number } | { millis: number },
): FuzzResult => {
  const result: FuzzResult = { packets: 0, foreign: 0, rejected: 0, reply: 0, error: 0 };
  const random = generator(seed);
  const subjects = ([4, 6] as const).map((family) => ({
    family,
    decoder: new Decoder(family, IDENTITY, () => SIZE_BYTES),
    shapes: shapesOf(family),
  }));
  const room = Buffer.alloc(4096);
  const until = 'millis' in limit ? performance.now() + limit.millis : Infinity;
  const packets = 'packets' in limit ? limit.packets : Infinity;
  while (result.packets < packets && (result.packets % 1024 !== 0 || performance.now() < until)) {
    for (const { family, decoder, shapes } of subjects) {
      // Half of all damage is done to the genuine reply, which comes first.
      const shape = shapes[random(2) === 0 ? 0 : random(shapes.length)] as Buffer;
      shape.copy(room);
      check(family, decoder, damage(room, shape.length, random), result);
    }
  }
  return result;
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // Built, tests lie beside the folders of src, not beside src itself.
  const built = new URL('../../../probe/packet/packet-decoder.js', import.meta.url);
  const { PacketDecoder: Decoder } = (await import(built.href)) as { PacketDecoder: DecoderClass };
  const seconds = Number(process.argv[2] ?? 10);
  const seed = Number(process.argv[3] ?? Date.now() % 0x7fffffff);
  process.stdout.write(`fuzzing the decoder for ${seconds} s, seed ${seed}\n`);
  process.stdout.write(`${JSON.stringify(fuzzDecoder(Decoder, seed, { millis: seconds * 1000 }))}\n`);
}
