// The median of the newest values, within 1.1 %: a ring of bins, how often each is in it, and the bin of the median, which
// is moved along instead of being looked for.

import type { Millis } from '../../events/units.js';
import { BINS, binOf, valueOf } from './log-bins.js';

export class SlidingMedian {
  readonly #ring: Uint16Array;
  readonly #counts = new Uint16Array(BINS);
  #next = 0;
  #size = 0;
  /** The median's bin, and how many values are in bins before it. */
  #bin = 0;
  #before = 0;

  constructor(capacity: number) {
    this.#ring = new Uint16Array(capacity);
  }

  push(value: Millis): void {
    if (this.#size === this.#ring.length) this.#count(this.#ring[this.#next] as number, -1);
    const bin = binOf(value);
    this.#ring[this.#next] = bin;
    this.#count(bin, 1);
    this.#next = (this.#next + 1) % this.#ring.length;
    this.#follow();
  }

  /** Null while there is no value. */
  get value(): Millis | null {
    return this.#size === 0 ? null : valueOf(this.#bin);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#next = 0;
    this.#size = 0;
    this.#bin = 0;
    this.#before = 0;
  }

  #count(bin: number, by: 1 | -1): void {
    this.#counts[bin] = (this.#counts[bin] as number) + by;
    this.#size += by;
    if (bin < this.#bin) this.#before += by;
  }

  /** Nearest rank: the first bin at whose end half of the values have been seen. */
  #follow(): void {
    const rank = Math.ceil(this.#size / 2);
    while (this.#before >= rank) this.#before -= this.#counts[--this.#bin] as number;
    while (this.#before + (this.#counts[this.#bin] as number) < rank)
      this.#before += this.#counts[this.#bin++] as number;
  }
}
