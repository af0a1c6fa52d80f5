// What only an ioctl can do, through the npm package `ioctl`: keep a descriptor from children (FIOCLEX); tell which number
// an interface has (SIOCGIFINDEX), when the kernel took the packet that was read last (SIOCGSTAMPNS, CLOCK_REALTIME as two
// 64-bit integers on 64-bit Linux), and whether another one waits (FIONREAD). Asking first matters: raw-socket throws an
// Error where nothing waits, and to make one with its stack costs some 30 us, more than all else that is done for a packet.

import { endianness } from 'node:os';
import { codeOf } from '../../events/error-code.js';
import type { Millis } from '../../events/units.js';
import { loadNativePart } from './native-parts.js';

const SIOCGSTAMPNS = 0x8907;
const FIONREAD = 0x541b;
const FIOCLEX = 0x5451;
const SIOCGIFINDEX = 0x8933;
/** struct ifreq of 64-bit Linux (netdevice(7)): the name with its end, then the number. */
const IFREQ_BYTES = 40;
const NAME_BYTES = 16;
type Ioctl = (fd: number, request: number, data?: Buffer) => number;

const loadIoctl = (): Ioctl => (loadNativePart('ioctl') as { ioctl: Ioctl }).ioctl;

const isSupported = (): boolean =>
  process.platform === 'linux' &&
  endianness() === 'LE' &&
  ['x64', 'arm64', 'riscv64', 'loong64'].includes(process.arch);

/** Sets FD_CLOEXEC (ioctl_fd(2)), which raw-socket leaves out: no child inherits the descriptor. Whether that was done. */
export const closeOnExec = (fd: number): boolean => {
  const ioctl = isSupported() ? loadIoctl() : null;
  if (ioctl === null) return false;
  try {
    ioctl(fd, FIOCLEX);
    return true;
  } catch {
    return false;
  }
};

/** Whether the numbers of interfaces can be asked for here. */
export const knowsInterfaces = (): boolean => isSupported() && loadIoctl() !== null;

/** The number of an interface in the network namespace of a socket; null if there is none of that name. */
export const interfaceIndex = (fd: number, name: string): number | null => {
  const request = Buffer.alloc(IFREQ_BYTES);
  if (Buffer.byteLength(name) >= NAME_BYTES) return null;
  request.write(name);
  try {
    loadIoctl()?.(fd, SIOCGIFINDEX, request);
  } catch {
    return null;
  }
  return request.readInt32LE(NAME_BYTES);
};

export class SocketIoctl {
  readonly #ioctl: Ioctl;
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(16);
  readonly #words = new Uint32Array(this.#buffer.buffer, this.#buffer.byteOffset, 4);

  private constructor(ioctl: Ioctl, fd: number) {
    this.#ioctl = ioctl;
    this.#fd = fd;
  }

  /** Switches stamping on for the socket with this descriptor; null where the kernel doesn't do it. Throws StartError. */
  static enable(fd: number | null): SocketIoctl | null {
    const ioctl = fd !== null && isSupported() ? loadIoctl() : null;
    if (ioctl === null || fd === null) return null;
    const socket = new SocketIoctl(ioctl, fd);
    // Before any packet there is nothing to tell: ENOENT. The call itself switches stamping on.
    try {
      ioctl(fd, SIOCGSTAMPNS, socket.#buffer);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return null;
    }
    return socket;
  }

  /**
   * The stamp of the packet read last, as monotonic milliseconds by the given offset between the two clocks. Subtracted
   * before the nanoseconds are added, because a double holds Unix milliseconds only to 0.24 us. Null if there is none.
   */
  stamp(realtimeOffset: Millis): Millis | null {
    try {
      this.#ioctl(this.#fd, SIOCGSTAMPNS, this.#buffer);
    } catch {
      return null;
    }
    const [low = 0, high = 0, nanos = 0] = this.#words;
    return (high * 0x100000000 + low) * 1_000 - realtimeOffset + nanos / 1e6;
  }

  /** Whether a packet waits to be read. */
  isPacketWaiting(): boolean {
    try {
      this.#ioctl(this.#fd, FIONREAD, this.#buffer);
    } catch {
      return true;
    }
    return this.#words[0] !== 0;
  }
}
