// Reads the statistics of any span of one endpoint's history, from whichever tiers hold it.
//
// Where every probe's record is in the ring, a span is exact; if it holds few, its percentiles are exact too. Further
// back, a span is put together from whole rollups: its bounds move to the nearest bound of a rollup, which changes
// nothing for an epoch whose width the rollup's divides. Neighbouring spans share the bound that they meet at, so no
// probe is counted twice or left out. A span narrower than the rollups there are gives the rollup that it lies in.

import type { EpochStats } from '../statistics/epoch-stats.js';
import type { ErrorNames } from './error-names.js';
import type { Gaps } from './gap-list.js';
import type { RollupChain } from '../rollups/rollup-chain.js';
import type { RollupLevel } from '../rollups/rollup-level.js';
import { ROLLUP_BINS } from '../../events/rtt/rtt-bins.js';
import type { SendRecords } from './send-records.js';
import { eachStatistic } from '../../events/rtt/rtt-statistics.js';
import { statsOf } from '../statistics/span-stats.js';
import { EXACT_LIMIT, Tally } from '../statistics/tally.js';
import { toMillis } from '../../events/rtt/micros.js';
import type { Millis, UnixMillis } from '../../events/units.js';

/** So many RTTs, all within 2.44 % of `rtt`. */
export type RttCount = { rtt: Millis; count: number };

/** The span that was counted, which is `coarse` where it is a rollup wider than what was asked for. */
type Counted = { from: UnixMillis; to: UnixMillis; coarse: boolean };

export class SpanReader {
  private readonly records: SendRecords;
  private readonly chain: RollupChain;
  private readonly gaps: Gaps;
  private readonly errors: ErrorNames;
  private readonly tally = new Tally(ROLLUP_BINS);

  constructor(records: SendRecords, chain: RollupChain, gaps: Gaps, errors: ErrorNames) {
    this.records = records;
    this.chain = chain;
    this.gaps = gaps;
    this.errors = errors;
  }

  /** Statistics of [from, to), which may be infinite. What comes back says which span was counted in truth. */
  read(from: UnixMillis, to: UnixMillis): EpochStats {
    const counted = this.collect(from, to, true);
    return this.stats(counted.from, counted.to, counted.coarse);
  }

  /** How many RTTs of [from, to) lie in each of the bins of rollups, shortest first, without the empty ones. */
  rttCounts(from: UnixMillis, to: UnixMillis): RttCount[] {
    this.collect(from, to, false);
    const { bins, histogram, lowBin, highBin } = this.tally;
    const counts: RttCount[] = [];
    for (let bin = lowBin; bin <= highBin; bin++) {
      const count = histogram[bin] as number;
      if (count > 0) counts.push({ rtt: toMillis(bins.valueOf(bin)), count });
    }
    return counts;
  }

  /** Fills the tally from [from, to). Few RTTs are kept one by one where `exact`. */
  private collect(from: UnixMillis, to: UnixMillis, exact: boolean): Counted {
    const { tally, chain } = this;
    const begin = Math.max(from, chain.beginsAt);
    const end = Math.min(to, this.records.newestAt + 1);
    tally.reset();
    if (begin >= end) return { from, to, coarse: false };
    if (begin >= chain.exactFrom) {
      if (!exact || !this.readExactly(begin, end)) chain.widest.addSpan(begin, end, tally);
      return { from, to, coarse: false };
    }
    const level = this.levelAt(begin);
    const first = from <= chain.beginsAt ? chain.rowsBeginAt : this.snap(begin);
    const last = this.snap(end);
    if (first < last && to - from >= level.grid.width) {
      chain.widest.addSpan(first, last, tally);
      return { from: from <= chain.beginsAt ? from : first, to: end === to ? last : to, coarse: false };
    }
    const { grid } = level;
    const row = grid.indexOf((begin + end) / 2);
    chain.widest.addSpan(grid.startOf(row), grid.startOf(row + 1), tally);
    return { from: grid.startOf(row), to: grid.startOf(row + 1), coarse: true };
  }

  /** Adds up the records in [begin, end) if they are few; returns whether they were. */
  private readExactly(begin: UnixMillis, end: UnixMillis): boolean {
    const { records, tally } = this;
    const first = records.lowerBound(begin);
    const limit = first + EXACT_LIMIT;
    if (limit < records.next && records.timeOf(limit) < end) return false;
    tally.reset(true);
    tally.addRecords(records, first, records.lowerBound(end, first, Math.min(limit, records.next)));
    tally.sortExact();
    return true;
  }

  /** The narrowest level at whose bounds history can be cut at `at`, which is before `exactFrom`. */
  private levelAt(at: UnixMillis): RollupLevel {
    const { levels, widest } = this.chain;
    let narrowest = widest;
    for (let i = levels.length - 2; i >= 0 && at >= this.chain.cutFrom(i); i--) narrowest = levels[i] as RollupLevel;
    return narrowest;
  }

  /** The nearest instant at which history can still be cut. Never decreases as `at` increases. */
  private snap(at: UnixMillis): UnixMillis {
    if (at >= this.chain.exactFrom) return at;
    const { grid } = this.levelAt(at);
    const row = grid.indexOf(at);
    const start = grid.startOf(row);
    const end = grid.startOf(row + 1);
    return at - start <= end - at ? start : end;
  }

  private stats(from: UnixMillis, to: UnixMillis, coarse: boolean): EpochStats {
    const { tally } = this;
    const stats = statsOf(tally);
    // Put together in one literal: a copy that is added to takes V8 5 us more, and a frame asks for 1,600 of them.
    return {
      slots: stats.slots,
      counts: stats.counts,
      loss: stats.loss,
      ...eachStatistic((statistic) => stats[statistic]),
      from,
      to,
      longestLossRun: tally.longestRun,
      error: tally.errors.size === 0 ? null : this.errors.mostFrequent(tally.errors),
      gap: this.gaps.within(from, to),
      coarse,
    };
  }
}
