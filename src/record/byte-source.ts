// An open file as bytes at places, read a stretch at a time: whatever its size, about a megabyte of it is in memory.

import { readSync } from 'node:fs';

export type ByteSource = {
  /** Bytes there are. */
  readonly size: number;
  /** The bytes from `at` on, at most `length` of them, fewer only at the end. Not to be written to. */
  bytes: (at: number, length: number) => Buffer;
};

const STRETCH_BYTES = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

export class FileBytes implements ByteSource {
  readonly size: number;
  readonly #fd: number;
  #stretch: Buffer = Buffer.alloc(0);
  #from = 0;

  /** @param size what is read of the file, even if it grows meanwhile */
  constructor(fd: number, size: number) {
    this.#fd = fd;
    this.size = size;
  }

  bytes(at: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - at));
    // A header may point to far behind the end.
    if (wanted === 0) return NOTHING;
    if (at < this.#from || at + wanted > this.#from + this.#stretch.length) this.#load(at, wanted);
    return this.#stretch.subarray(at - this.#from, at - this.#from + wanted);
  }

  // A buffer of its own each time: a decompressor may still be at work on the one before.
  #load(at: number, wanted: number): void {
    const stretch = Buffer.allocUnsafe(Math.min(Math.max(wanted, STRETCH_BYTES), this.size - at));
    let length = 0;
    while (length < stretch.length) {
      const got = readSync(this.#fd, stretch, length, stretch.length - length, at + length);
      if (got === 0) break;
      length += got;
    }
    this.#stretch = stretch.subarray(0, length);
    this.#from = at;
  }
}
