// A circular pool of bytes in which rollups keep their histograms. Space is handed out in order and never given back
// one by one: the newest follows the oldest round the circle.
//
// Positions count up for ever (modulo 2^32) and are turned into places in the array here, so that whether something
// has been overwritten is one subtraction. Doubles while what is still wanted would be overwritten, up to its limit.

const FIRST_SIZE = 4096;

export class BytePool {
  bytes: Uint8Array;
  private head = 0;
  private readonly limit: number;

  /** `limit`: the largest size in bytes, a power of two. */
  constructor(limit: number) {
    this.limit = limit;
    this.bytes = new Uint8Array(Math.min(FIRST_SIZE, limit));
  }

  /** Where the next bytes will go. */
  get position(): number {
    return this.head;
  }

  /** Whether the next `length` bytes would overwrite what was written at `position`, the pool being at its limit. */
  wouldOverwrite(position: number, length: number): boolean {
    return this.used(position) + this.padding(length, this.limit) + length > this.limit;
  }

  /** Index of a position in `bytes`. */
  indexOf(position: number): number {
    return position & (this.bytes.length - 1);
  }

  /**
   * Makes room for `length` bytes in one piece, at most a quarter of the limit, and returns their position. What was
   * written at or after `wanted` survives unless the pool is at its limit.
   */
  allocate(length: number, wanted: number): number {
    while (this.bytes.length < this.limit && this.used(wanted) + this.padding(length) + length > this.bytes.length) {
      this.grow(wanted);
    }
    const position = (this.head + this.padding(length)) >>> 0;
    this.head = (position + length) >>> 0;
    return position;
  }

  private used(wanted: number): number {
    return (this.head - wanted) >>> 0;
  }

  /** Bytes to skip so that `length` bytes don't run over the end of the array. */
  private padding(length: number, size: number = this.bytes.length): number {
    const room = size - (this.head & (size - 1));
    return length > room ? room : 0;
  }

  // Both sizes are powers of two, so nothing that was in one piece before comes to lie across the new end.
  private grow(wanted: number): void {
    const old = this.bytes;
    this.bytes = new Uint8Array(Math.min(old.length * 2, this.limit));
    const count = Math.min(this.used(wanted), old.length);
    for (let age = count; age > 0; age--) {
      const position = (this.head - age) >>> 0;
      this.bytes[this.indexOf(position)] = old[position & (old.length - 1)] as number;
    }
  }
}
