// The prober's sockets as one: what they deliver is decoded, each with its family's rules, and what is asked of them is
// asked of both.

import type { ReceiveClock } from '../events/session-info.js';
import type { Millis } from '../events/units.js';
import type { Identity } from './packet/echo-payload.js';
import { PacketDecoder } from './packet/packet-decoder.js';
import type { DecodedPacket, IsBalanced, SentSize } from './packet/packet-decoder.js';
import type { Family, IcmpSocket, Random } from './ports.js';

/** A decoded packet with its source, the monotonic instant at which it was received, and whether the kernel took that. */
export type PacketListener = (packet: DecodedPacket, source: string, receivedAt: Millis, stamped: boolean) => void;

export class SocketPair {
  readonly identities: Readonly<Record<Family, Identity>>;
  readonly #sockets: readonly IcmpSocket[];

  constructor(sockets: Readonly<Record<Family, IcmpSocket | null>>, random: Random) {
    this.#sockets = [sockets[4], sockets[6]].filter((socket) => socket !== null);
    const cookie = random.bytes(8);
    this.identities = { 4: identity(random, cookie), 6: identity(random, cookie) };
  }

  listen(sentSize: SentSize, isBalanced: IsBalanced, listener: PacketListener): void {
    for (const socket of this.#sockets) {
      const decoder = new PacketDecoder(socket.family, this.identities[socket.family], sentSize, isBalanced);
      socket.onPacket((packet, source, receivedAt, stamped) => {
        listener(decoder.decode(packet), source, receivedAt, stamped);
      }, decoder.concernsUs);
    }
  }

  /** Delivers what waits. */
  drain(): void {
    for (const socket of this.#sockets) socket.drain();
  }

  get clock(): ReceiveClock {
    return this.#sockets.every((socket) => socket.clock === 'kernel') ? 'kernel' : 'javascript';
  }

  overruns(): number | null {
    const counts = this.#sockets.map((socket) => socket.overruns());
    return counts.includes(null) ? null : counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
  }

  /** The smaller of the two; null where the kernel doesn't tell. */
  receiveBufferBytes(): number | null {
    const sizes = this.#sockets.map((socket) => socket.receiveBufferBytes ?? null).filter((size) => size !== null);
    return sizes.length === 0 ? null : Math.min(...sizes);
  }
}

/** One cookie for the run, an id of its own for each family. */
const identity = (random: Random, cookie: Uint8Array): Identity => {
  const [high = 0, low = 0] = random.bytes(2);
  return { icmpId: (high << 8) | low, cookie };
};
