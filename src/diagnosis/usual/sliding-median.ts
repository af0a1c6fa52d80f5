// The median of the newest values, within 1.1 %: a ring of bins and how often each is in it.

import type { Millis } from '../../events/units.js';
import { BINS, binOf, percentileOf } from './log-bins.js';

export class SlidingMedian {
  readonly #ring: Uint16Array;
  readonly #counts = new Uint32Array(BINS);
  #next = 0;
  #size = 0;

  constructor(capacity: number) {
    this.#ring = new Uint16Array(capacity);
  }

  push(value: Millis): void {
    if (this.#size === this.#ring.length) {
      const oldest = this.#ring[this.#next] as number;
      this.#counts[oldest] = (this.#counts[oldest] as number) - 1;
    } else this.#size++;
    const bin = binOf(value);
    this.#ring[this.#next] = bin;
    this.#counts[bin] = (this.#counts[bin] as number) + 1;
    this.#next = (this.#next + 1) % this.#ring.length;
  }

  /** Null while there is no value. */
  get value(): Millis | null {
    return this.#size === 0 ? null : percentileOf(this.#counts, this.#size, 50);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#next = 0;
    this.#size = 0;
  }
}
