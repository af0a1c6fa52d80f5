// What is normal for an endpoint: the median of the medians of all its 5 s rollups, kept as a histogram so that it costs
// the same after a minute and after a year.

import { nearestRank, ROLLUP_BINS } from '../../events/rtt/rtt-bins.js';
import type { Tally } from './tally.js';
import { toMillis } from '../../events/rtt/micros.js';
import type { Millis } from '../../events/units.js';

export class Baseline {
  private readonly bins = new Uint32Array(ROLLUP_BINS.count);
  private rows = 0;
  private known: Millis | null = null;
  private isKnown = true;

  add(row: Tally): void {
    this.change(row, 1);
  }

  remove(row: Tally): void {
    this.change(row, -1);
  }

  /** Null while there is no row with an RTT in it. Within 2.5 %. */
  get median(): Millis | null {
    if (!this.isKnown) {
      this.known = this.find();
      this.isKnown = true;
    }
    return this.known;
  }

  private change(row: Tally, by: 1 | -1): void {
    const median = row.percentile(50);
    if (median === null) return;
    const bin = ROLLUP_BINS.binOf(Math.round(median));
    this.bins[bin] = (this.bins[bin] as number) + by;
    this.rows += by;
    this.isKnown = false;
  }

  private find(): Millis | null {
    const rank = nearestRank(50, this.rows);
    let below = 0;
    for (let bin = 0; bin < this.bins.length; bin++) {
      below += this.bins[bin] as number;
      if (below >= rank) return toMillis(ROLLUP_BINS.valueOf(bin));
    }
    return null;
  }
}
