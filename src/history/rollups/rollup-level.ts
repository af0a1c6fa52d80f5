// One level of rollups: a tier, its time grid, and what its rows are made from: the level below, or send records.
//
// A row is made once, when its time has passed. A probe that changes later marks the rows over it dirty; a dirty row is
// made again from what is below before it is read for a span, and before what is below goes. Where that has gone
// already, the row itself is corrected: counts, sum, histogram and (but for a shrinking extreme) min and max stay
// right; jitter and loss runs stay as they were.

import type { Baseline } from '../statistics/baseline.js';
import { ROLLUP_BINS } from '../../events/rtt/rtt-bins.js';
import type { RollupTier } from './rollup-tier.js';
import { Tally } from '../statistics/tally.js';
import type { Change } from '../statistics/tally.js';
import type { TimeGrid } from '../time-grid.js';
import type { ProbeSeq, UnixMillis } from '../../events/units.js';

/** What rows are made from. */
export type RollupSource = {
  /** Adds [from, to), bounds of rows of the level above, and stores nothing. */
  addWhole(from: UnixMillis, to: UnixMillis, tally: Tally): void;
  /** Adds what is on record in [from, to), bounds at which this source or one below it can be cut. */
  addSpan(from: UnixMillis, to: UnixMillis, tally: Tally): void;
  /** The sequence number at which the probes sent at or after `at` begin. */
  seqAt(at: UnixMillis): ProbeSeq;
  /** From here on everything is on record; -Infinity while nothing has gone. */
  readonly wholeFrom: UnixMillis;
};

export class RollupLevel implements RollupSource {
  readonly tier: RollupTier;
  readonly grid: TimeGrid;
  /** The level that is made from this one. */
  above: RollupLevel | null = null;
  /** Told of each row's median. */
  baseline: Baseline | null = null;
  private readonly below: RollupSource;
  private readonly origin: number;
  private readonly scratch = new Tally(ROLLUP_BINS);
  // Dirty rows lie in [dirtyLow, dirtyHigh].
  private dirtyLow = Infinity;
  private dirtyHigh = -1;

  constructor(tier: RollupTier, grid: TimeGrid, below: RollupSource) {
    this.tier = tier;
    this.grid = grid;
    this.below = below;
    this.origin = tier.first;
    tier.beforeDrop = (index) => this.above?.freshen(grid.startOf(index));
  }

  /** Rows are complete up to here. */
  get sealedTo(): UnixMillis {
    return this.grid.startOf(this.tier.next);
  }

  /** When the next row will end. */
  get nextEnd(): UnixMillis {
    return this.grid.startOf(this.tier.next + 1);
  }

  get wholeFrom(): UnixMillis {
    return this.tier.first > this.origin ? this.grid.startOf(this.tier.first) : -Infinity;
  }

  /** Makes the next row, and those above that end with it. */
  seal(): void {
    const { tier, scratch, above } = this;
    const from = this.sealedTo;
    const to = this.nextEnd;
    scratch.reset();
    this.below.addWhole(from, to, scratch);
    tier.write(tier.next, this.below.seqAt(from), scratch);
    tier.close();
    this.baseline?.add(scratch);
    if (above !== null) while (above.nextEnd <= to) above.seal();
  }

  /** Leaves the rows up to `at` empty: nothing was sent there. `at` must be a bound of rows. */
  leap(at: UnixMillis): void {
    this.scratch.reset();
    this.tier.skipTo(this.grid.indexOf(at), this.below.seqAt(at), this.scratch);
  }

  /** A probe that was sent in the row that holds `at` has changed. */
  changed(at: UnixMillis, change: Change): void {
    const { tier } = this;
    const index = this.grid.indexOf(at);
    if (tier.has(index)) {
      if (this.isWhole(index)) this.setDirty(index);
      else this.correct(index, change);
    }
    this.above?.changed(at, change);
  }

  /** Probes were added between `from` and `to`, where there is still everything below. */
  changedWithin(from: UnixMillis, to: UnixMillis): void {
    const last = Math.min(this.grid.indexOf(to), this.tier.next - 1);
    for (let index = Math.max(this.grid.indexOf(from), this.tier.first); index <= last; index++) {
      if (this.isWhole(index)) this.setDirty(index);
    }
    this.above?.changedWithin(from, to);
  }

  /** Makes the row that holds `at` again if it is dirty: what it is made from is about to go. */
  freshen(at: UnixMillis): void {
    const index = this.grid.indexOf(at);
    if (this.tier.has(index) && this.tier.isDirty(index)) this.remake(index);
  }

  /** Makes all dirty rows again. */
  freshenAll(): void {
    const { tier } = this;
    const last = Math.min(this.dirtyHigh, tier.next - 1);
    for (let index = Math.max(this.dirtyLow, tier.first); index <= last; index++) {
      if (tier.isDirty(index)) this.remake(index);
    }
    this.dirtyLow = Infinity;
    this.dirtyHigh = -1;
  }

  addWhole(from: UnixMillis, to: UnixMillis, tally: Tally): void {
    const { tier, grid } = this;
    for (let index = Math.max(grid.indexOf(from), tier.first); ; index++) {
      const start = grid.startOf(index);
      if (start >= to) return;
      if (tier.has(index) && !tier.isDirty(index)) tier.addTo(index, tally);
      else this.below.addWhole(start, grid.startOf(index + 1), tally);
    }
  }

  addSpan(from: UnixMillis, to: UnixMillis, tally: Tally): void {
    if (from >= to) return;
    const { tier, grid, below } = this;
    let first = grid.indexOf(from);
    if (grid.startOf(first) < from) first++;
    first = Math.max(first, tier.first);
    const end = Math.min(grid.indexOf(to), tier.next);
    if (first >= end) {
      below.addSpan(from, to, tally);
      return;
    }
    below.addSpan(from, grid.startOf(first), tally);
    for (let index = first; index < end; index++) {
      if (tier.isDirty(index)) this.remake(index);
      tier.addTo(index, tally);
    }
    below.addSpan(grid.startOf(end), to, tally);
  }

  seqAt(at: UnixMillis): ProbeSeq {
    const index = this.grid.indexOf(at);
    return this.tier.has(index) ? this.tier.firstSeqOf(index) : this.below.seqAt(at);
  }

  private setDirty(index: number): void {
    this.tier.setDirty(index);
    if (index < this.dirtyLow) this.dirtyLow = index;
    if (index > this.dirtyHigh) this.dirtyHigh = index;
  }

  private isWhole(index: number): boolean {
    return this.grid.startOf(index) >= this.below.wholeFrom;
  }

  private remake(index: number): void {
    const { grid, scratch } = this;
    const from = grid.startOf(index);
    this.forgetBaseline(index);
    scratch.reset();
    this.below.addWhole(from, grid.startOf(index + 1), scratch);
    this.tier.write(index, this.below.seqAt(from), scratch);
    this.baseline?.add(scratch);
  }

  private correct(index: number, change: Change): void {
    const { tier, scratch } = this;
    this.forgetBaseline(index);
    scratch.reset();
    tier.addTo(index, scratch);
    scratch.change(change);
    tier.write(index, tier.firstSeqOf(index), scratch);
    this.baseline?.add(scratch);
  }

  private forgetBaseline(index: number): void {
    if (this.baseline === null) return;
    this.scratch.reset();
    this.tier.addTo(index, this.scratch);
    this.baseline.remove(this.scratch);
  }
}
