// When the kernel took the packet that was read last from a socket: ioctl SIOCGSTAMPNS, through the npm package `ioctl`,
// whose build may have failed. The stamp is CLOCK_REALTIME as two 64-bit integers (on 64-bit Linux).

import { createRequire } from 'node:module';
import { endianness } from 'node:os';
import type { Millis } from './history-types.js';

const SIOCGSTAMPNS = 0x8907;
type Ioctl = (fd: number, request: number, data: Buffer) => number;

const loadIoctl = (): Ioctl | null => {
  try {
    return createRequire(import.meta.url)('ioctl') as Ioctl;
  } catch {
    return null;
  }
};

const isSupported = (): boolean =>
  process.platform === 'linux' &&
  endianness() === 'LE' &&
  ['x64', 'arm64', 'riscv64', 'loong64'].includes(process.arch);

export class KernelStamp {
  readonly #ioctl: Ioctl;
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(16);
  readonly #words = new Uint32Array(this.#buffer.buffer, this.#buffer.byteOffset, 4);

  private constructor(ioctl: Ioctl, fd: number) {
    this.#ioctl = ioctl;
    this.#fd = fd;
  }

  /** Switches stamping on for the socket with this descriptor; null where the kernel or the package doesn't do it. */
  static enable(fd: number | null): KernelStamp | null {
    const ioctl = fd !== null && isSupported() ? loadIoctl() : null;
    if (ioctl === null || fd === null) return null;
    const stamp = new KernelStamp(ioctl, fd);
    // Before any packet there is nothing to tell: ENOENT. The call itself switches stamping on.
    try {
      ioctl(fd, SIOCGSTAMPNS, stamp.#buffer);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    }
    return stamp;
  }

  /**
   * The stamp of the packet read last, as monotonic milliseconds by the given offset between the two clocks. Subtracted
   * before the nanoseconds are added, because a double holds Unix milliseconds only to 0.24 us. Null if there is none.
   */
  read(realtimeOffset: Millis): Millis | null {
    try {
      this.#ioctl(this.#fd, SIOCGSTAMPNS, this.#buffer);
    } catch {
      return null;
    }
    const [low = 0, high = 0, nanos = 0] = this.#words;
    return (high * 0x100000000 + low) * 1_000 - realtimeOffset + nanos / 1e6;
  }
}
