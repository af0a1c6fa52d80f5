// The connections of a server: so many and no more, and no more memory for what they don't read. Where there is no room,
// those go first who have shown no token: nobody who has none can keep out those who have.

import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const MOST = 64;

/** Of all connections together: what is written and not yet taken by the other side. */
const MOST_UNREAD_BYTES = 1_500_000;

export class Sockets {
  /** In order of their coming, and whether they have shown a token. */
  readonly #open = new Map<Socket, boolean>();

  readonly #busy = new WeakSet<Socket>();

  attach(server: Server): void {
    server.on('connection', (socket: Socket) => this.#add(socket));
  }

  /**
   * Whether that is the one request that a connection may have at a time. No browser sends the next before it has the
   * answer; whoever does could have any number of answers waiting here.
   */
  isAlone(socket: Socket, response: ServerResponse): boolean {
    if (this.#busy.has(socket)) return false;
    this.#busy.add(socket);
    response.on('close', () => this.#busy.delete(socket));
    return true;
  }

  /** It may stay longer than those who haven't shown a token. */
  trust(socket: Socket): void {
    if (this.#open.has(socket)) this.#open.set(socket, true);
  }

  /** Makes room for `bytes` more: ends those who have left the most unread. */
  makeRoom(bytes: number): void {
    let unread = this.#unread;
    while (unread + bytes > MOST_UNREAD_BYTES) {
      const worst = this.#worst();
      if (worst === null) return;
      unread -= worst.writableLength;
      this.#drop(worst);
    }
  }

  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  get #unread(): number {
    let bytes = 0;
    for (const socket of this.#open.keys()) bytes += socket.writableLength;
    return bytes;
  }

  #worst(): Socket | null {
    let worst: Socket | null = null;
    for (const socket of this.#open.keys()) {
      if (socket.writableLength > (worst?.writableLength ?? 0)) worst = socket;
    }
    return worst;
  }

  #add(socket: Socket): void {
    // A reset by the other side is no matter of ours.
    socket.on('error', () => {});
    if (this.#open.size >= MOST) {
      const stranger = [...this.#open].find(([, isTrusted]) => !isTrusted);
      if (stranger === undefined) {
        socket.destroy();
        return;
      }
      this.#drop(stranger[0]);
    }
    this.#open.set(socket, false);
    socket.on('close', () => this.#open.delete(socket));
  }

  #drop(socket: Socket): void {
    this.#open.delete(socket);
    socket.destroy();
  }
}
