// The tiers of one endpoint: send records, and above them rollups of 5 s, 30 s, 5 min and 1 h. Makes rollups as time goes on
// and keeps them right when older probes change.
//
// A 5 s rollup is made when the probes sent in it have had their timeout, not when their records go: the work is spread
// evenly, and a wide epoch is cheap as soon as it is over. Probes newer than that are read from their records.

import type { Baseline } from '../statistics/baseline.js';
import { NO_ERROR } from '../probe-log/error-names.js';
import { NO_RTT } from '../../events/rtt/micros.js';
import type { Micros } from '../../events/rtt/micros.js';
import { RecordSource } from './record-source.js';
import { RollupLevel } from './rollup-level.js';
import type { RollupSource } from './rollup-level.js';
import { RollupTier } from './rollup-tier.js';
import type { SendRecords } from '../probe-log/send-records.js';
import { formerStates, HOLE, IN_FLIGHT } from '../../events/state-code.js';
import type { StateCode } from '../../events/state-code.js';
import type { Change } from '../statistics/tally.js';
import type { RollupBudget, Tiers } from './tiers.js';
import type { TimeGrid } from '../time-grid.js';
import type { Millis, ProbeSeq, UnixMillis } from '../../events/units.js';

/** A ring that is too small for the probes that have not had their timeout grows, but not past this. */
const MOST_RECORDS = 2 ** 20;

/** Times with nothing sent are leapt over in whole hours from here on, instead of being written row by row. */
const LEAP: Millis = 7_200_000;

/** A slot that was not there before. */
const NEW_SLOT: Change = {
  former: HOLE,
  formerRtt: NO_RTT,
  formerError: NO_ERROR,
  code: IN_FLIGHT,
  rtt: NO_RTT,
  error: NO_ERROR,
};

/** From when to when a corrected rollup reaches. */
export type Extent = { from: UnixMillis; to: UnixMillis };

export class RollupChain {
  /** Narrowest first. */
  readonly levels: readonly RollupLevel[];
  readonly narrowest: RollupLevel;
  readonly widest: RollupLevel;
  /** Nothing is on record from before this. */
  readonly beginsAt: UnixMillis;
  /** The first rollup of each width begins at or after this. */
  readonly rowsBeginAt: UnixMillis;
  /** 5 s rollups are made up to here. */
  sealedTo: UnixMillis;
  /** The probes from this sequence number on are in no rollup yet. */
  frontier: ProbeSeq = 0;
  private readonly records: SendRecords;
  private readonly source: RecordSource;
  private readonly lag: Millis;
  private dueAt: UnixMillis;
  // The first row of which all records are in the ring, and its first sequence number.
  private guardRow: number;
  private guardSeq: ProbeSeq;

  /**
   * `earliest`: before this nothing is announced any more; `lag`: for how long after its sending a probe is expected to
   * change.
   */
  constructor(
    records: SendRecords,
    grids: readonly TimeGrid[],
    tiers: Tiers,
    earliest: UnixMillis,
    lag: Millis,
    baseline: Baseline,
  ) {
    this.records = records;
    this.lag = lag;
    this.source = new RecordSource(records);
    const [narrowest] = grids as [TimeGrid];
    this.guardRow = Math.max(0, narrowest.indexOf(earliest));
    this.beginsAt = narrowest.startOf(this.guardRow);
    let below: RollupSource = this.source;
    this.levels = grids.map((grid, i) => {
      const tier = new RollupTier(tiers.rollups[i] as RollupBudget, grid.indexOf(this.beginsAt));
      const level = new RollupLevel(tier, grid, below);
      if (below instanceof RollupLevel) below.above = level;
      below = level;
      return level;
    });
    this.narrowest = this.levels[0] as RollupLevel;
    this.widest = this.levels.at(-1) as RollupLevel;
    this.narrowest.baseline = baseline;
    this.dueAt = this.narrowest.nextEnd + lag;
    this.rowsBeginAt = this.widest.sealedTo;
    this.sealedTo = this.beginsAt;
    this.guardSeq = records.oldest;
    this.refreshFrontier();
  }

  /** From here on history can be cut anywhere: every probe is in the ring of records. -Infinity while all are. */
  get exactFrom(): UnixMillis {
    let from = this.source.wholeFrom;
    if (from === -Infinity) return from;
    // A wider rollup that has lost some of the narrower ones in it can't be cut, even where there are records.
    for (let i = 0; i + 1 < this.levels.length; i++) {
      if (from < this.cutFrom(i)) from = (this.levels[i + 1] as RollupLevel).grid.boundFrom(from);
    }
    return from;
  }

  /** From here on each rollup of level `index` + 1 has all its rollups of level `index`. */
  cutFrom(index: number): UnixMillis {
    const from = (this.levels[index] as RollupLevel).wholeFrom;
    return from === -Infinity ? from : (this.levels[index + 1] as RollupLevel).grid.boundFrom(from);
  }

  /** Takes account of what the send record of `seq` will overwrite. Whether there was anything to do. */
  before(seq: ProbeSeq): boolean {
    const { records } = this;
    let oldest = records.oldestAfter(seq);
    if (oldest <= this.guardSeq) return false;
    while (oldest > this.frontier && records.limit < MOST_RECORDS && !records.leaps(seq)) {
      records.raiseLimit();
      oldest = records.oldestAfter(seq);
    }
    if (oldest > this.frontier)
      this.sealTo(this.narrowest.grid.startOf(this.narrowest.grid.indexOf(records.newestAt) + 1));
    this.release(oldest);
    return true;
  }

  /** Makes the rollups that are due once a probe has been sent at `at`. Whether there were any. */
  after(at: UnixMillis): boolean {
    if (at < this.dueAt) return false;
    this.sealTo(at - this.lag);
    return true;
  }

  /** A probe that was sent at `at` and is in the ring has changed. */
  changed(seq: ProbeSeq, at: UnixMillis, change: Change): void {
    if (seq < this.frontier) this.narrowest.changed(at, change);
  }

  /** A hole was filled with a probe sent at `at`; the hole stood at `until` before. */
  filled(at: UnixMillis, until: UnixMillis): void {
    if (at >= this.sealedTo) return;
    this.narrowest.changed(at, NEW_SLOT);
    // The rows in between began at this sequence number, and now begin after it.
    this.narrowest.changedWithin(at, until);
    this.refreshFrontier();
  }

  /**
   * An outcome of a probe whose record has been overwritten: corrects the rollups that it is in. What the probe was is
   * guessed from what its rollup holds. Null where there is none that it could belong to.
   */
  changedOverwritten(seq: ProbeSeq, code: StateCode, rtt: Micros, error: number): Extent | null {
    for (const level of this.levels) {
      const row = level.tier.rowOfSeq(seq);
      if (!level.tier.has(row)) continue;
      const former = formerStates(code).find((state) => level.tier.countOf(row, state) > 0);
      if (former === undefined) return null;
      const from = level.grid.startOf(row);
      level.changed(from, { former, formerRtt: NO_RTT, formerError: NO_ERROR, code, rtt, error });
      return { from, to: level.grid.startOf(row + 1) };
    }
    return null;
  }

  private sealTo(until: UnixMillis): void {
    const { narrowest, widest, records } = this;
    while (narrowest.nextEnd <= until) {
      const idleUntil = this.frontier < records.next ? Math.min(until, records.timeOf(this.frontier)) : until;
      if (idleUntil - narrowest.sealedTo > LEAP && widest.sealedTo === narrowest.sealedTo) this.leap(idleUntil);
      else narrowest.seal();
      this.refreshFrontier();
    }
    this.dueAt = narrowest.nextEnd + this.lag;
  }

  private leap(until: UnixMillis): void {
    const { grid } = this.widest;
    const to = grid.startOf(grid.indexOf(until));
    for (const level of this.levels) level.leap(to);
  }

  private refreshFrontier(): void {
    this.sealedTo = this.narrowest.sealedTo;
    this.frontier = this.records.lowerBound(this.sealedTo);
  }

  /** The records before `oldest` are about to go: makes the rows that they are in for the last time. */
  private release(oldest: ProbeSeq): void {
    const { records } = this;
    const { tier, grid } = this.narrowest;
    const lastGone = records.timeOf(Math.min(oldest, records.next) - 1);
    const end = grid.indexOf(lastGone) + 1;
    for (let row = Math.max(this.guardRow, tier.first); row < Math.min(end, tier.next); row++) {
      this.narrowest.freshen(grid.startOf(row));
    }
    this.guardRow = Math.max(this.guardRow, end);
    this.source.wholeFrom = grid.startOf(this.guardRow);
    this.guardSeq = records.lowerBound(this.source.wholeFrom);
  }
}
