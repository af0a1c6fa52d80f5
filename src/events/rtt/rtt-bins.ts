// Log-scaled RTT bins: a histogram whose relative error is the same at 0.1 ms and at 10 s.
//
// Bin i holds the RTTs in (ratio^(i-1), ratio^i] microseconds and is read as 2 ratio^i / (ratio + 1), which is at most
// (ratio - 1) / (ratio + 1) away from any of them (the scheme of DDSketch: Masson, Rim, Lee, VLDB 2019).

import { MAX_MICROS } from './micros.js';
import type { Micros } from './micros.js';

/** Logarithms of RTTs under 65 ms are looked up: most RTTs are, and a table costs a fifth of Math.log. */
const TABLE_SIZE = 65_536;

export class RttBins {
  /** How many bins there are. */
  readonly count: number;
  private readonly perLog: number;
  private readonly table = new Uint16Array(TABLE_SIZE);
  private readonly values: Float64Array;

  /** `ratio` between the bounds of neighbouring bins, above 1. */
  constructor(ratio: number) {
    this.perLog = 1 / Math.log(ratio);
    for (let micros = 0; micros < TABLE_SIZE; micros++) this.table[micros] = this.compute(micros);
    this.count = this.compute(MAX_MICROS) + 1;
    this.values = Float64Array.from({ length: this.count }, (_, bin) => (2 * ratio ** bin) / (ratio + 1));
  }

  binOf(micros: Micros): number {
    return micros < TABLE_SIZE ? (this.table[micros] as number) : this.compute(micros);
  }

  /** What an RTT in that bin is taken for, in microseconds (not rounded). */
  valueOf(bin: number): number {
    return this.values[bin] as number;
  }

  private compute(micros: Micros): number {
    // The subtraction keeps an exact power of the ratio from falling into the bin above by rounding.
    return micros <= 1 ? 0 : Math.max(0, Math.ceil(Math.log(micros) * this.perLog - 1e-9));
  }
}

/** For rollups: within 2.44 % (the design asks for 2.5 %), 456 bins. */
export const ROLLUP_BINS = new RttBins(1.05);

/** For session totals: within 0.99 %, 1122 bins. */
export const TOTALS_BINS = new RttBins(1.02);

/** Nearest rank, from 1: the smallest rank with at least `percent` % of `n` values at or below it. */
export const nearestRank = (percent: number, n: number): number => Math.max(1, Math.ceil((percent * n) / 100));
