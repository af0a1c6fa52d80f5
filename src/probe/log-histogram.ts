// A bounded histogram of durations with buckets 5 % apart, from 10 us to 10 minutes: percentiles of millions of
// values in 3 KB, off by at most 2.5 %.

import type { Millis } from './history-types.js';

const SMALLEST: Millis = 0.01;
const RATIO = Math.log(1.05);
const BUCKETS = 370;

export class LogHistogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;
  #max: Millis = 0;

  add(value: Millis): void {
    const bucket = value <= SMALLEST ? 0 : Math.min(BUCKETS - 1, Math.round(Math.log(value / SMALLEST) / RATIO));
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#total++;
    if (value > this.#max) this.#max = value;
  }

  get max(): Millis {
    return this.#max;
  }

  /** Nearest rank; null while empty. Values up to 10 us are told as 0. */
  percentile(p: number): Millis | null {
    if (this.#total === 0) return null;
    let rank = Math.max(1, Math.ceil((p / 100) * this.#total));
    for (let i = 0; i < BUCKETS; i++) {
      rank -= this.#counts[i] as number;
      if (rank <= 0) return i === 0 ? 0 : Math.min(this.#max, SMALLEST * Math.exp(i * RATIO));
    }
    return this.#max;
  }
}
