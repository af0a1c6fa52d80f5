// Finds the outages of one endpoint, as probes settle: maximal runs, in order of sending, of failed probes.
//
// In-flight and void probes and holes are passed over. A run ends at the next answered (or late) probe, or at a gap in
// which nobody looked. What is settled for good is committed once; a probe that changes after that makes the run around
// it be read again from the send records, so the outcome does not depend on the order of events. Where those records
// are gone, a late reply still takes its probe out of the outage's count.

import { NO_ERROR } from '../probe-log/error-names.js';
import type { ErrorNames } from '../probe-log/error-names.js';
import type { GapReason } from '../../events/events.js';
import type { Gaps } from '../probe-log/gap-list.js';
import type { SendRecords } from '../probe-log/send-records.js';
import { isAlive, isFailed } from '../../events/state-code.js';
import type { StateCode } from '../../events/state-code.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../../events/units.js';

/** At least three probes and one second with nothing answered. */
export type Outage = {
  readonly endpoint: EndpointId;
  /** When the first failed probe was sent. */
  readonly from: UnixMillis;
  /** When the answered probe that ended it was sent (before a gap: the last failed one); null while it lasts. */
  readonly to: UnixMillis | null;
  /** Probes that failed. */
  readonly lost: number;
  /** The error that most of them had, if any had one. */
  readonly error: string | null;
};

const LEAST_PROBES = 3;
const LEAST_TIME: Millis = 1000;

/** The newest outages that are kept per endpoint, and of all endpoints together. */
const LIMIT = 10_000;
const LIMIT_OF_ALL = 200_000;

/** A run of failures as it is read: the counterpart of an outage, before it is known to be one. */
type Run = {
  firstSeq: ProbeSeq;
  from: UnixMillis;
  lastSeq: ProbeSeq;
  lastAt: UnixMillis;
  lost: number;
  errors: Map<number, number>;
};

type Found = { firstSeq: ProbeSeq; lastSeq: ProbeSeq; outage: Outage };

export class OutageRuns {
  /** Changes whenever a committed outage does. */
  revision = 0;
  private readonly endpoint: EndpointId;
  private readonly records: SendRecords;
  private readonly gaps: Gaps;
  private readonly errors: ErrorNames;
  private readonly committed: Found[] = [];
  private open: Run | null = null;
  private frontier: ProbeSeq = 0;
  // Committed probes that have changed since lie in [dirtyLow, dirtyHigh].
  private dirtyLow: ProbeSeq = Infinity;
  private dirtyHigh: ProbeSeq = -1;
  private readonly limit: number;

  constructor(endpoint: EndpointId, records: SendRecords, gaps: Gaps, errors: ErrorNames, endpoints: number) {
    this.endpoint = endpoint;
    this.limit = Math.min(LIMIT, Math.ceil(LIMIT_OF_ALL / endpoints));
    this.records = records;
    this.gaps = gaps;
    this.errors = errors;
  }

  /** The probes before `seq` have settled, or are not expected to any more. Must be called before their records go. */
  commit(seq: ProbeSeq): void {
    this.repair();
    const from = Math.max(this.frontier, this.records.oldest);
    if (seq <= from) return;
    const before = this.committed.length;
    this.open = this.read(from, seq, this.open, this.committed);
    this.frontier = seq;
    if (this.committed.length === before) return;
    this.revision++;
    // Many at a time, because moving the rest up costs as much for one.
    if (this.committed.length > this.limit + 100) this.committed.splice(0, this.committed.length - this.limit);
  }

  /** A probe has changed its state. */
  changed(seq: ProbeSeq, former: StateCode, code: StateCode): void {
    if (seq >= this.frontier) return;
    const run = this.runAround(seq);
    if (run !== null && run.firstSeq < this.records.oldest) {
      if (isFailed(former) && isAlive(code)) this.takeOne(seq);
    } else if (seq >= this.records.oldest) this.markDirty(seq, seq);
  }

  /** A gap has become known: runs may have to be parted there, though not by a stall. */
  gapAdded(from: UnixMillis, to: UnixMillis, reason: GapReason): void {
    if (reason === 'stall') return;
    const low = Math.max(this.records.lowerBound(from) - 1, this.records.oldest);
    if (low < this.frontier) this.markDirty(low, Math.min(this.records.lowerBound(to), this.frontier - 1));
  }

  /** The outages that are over for good, in order of time. */
  closed(): readonly Outage[] {
    this.repair();
    return this.committed.map((found) => found.outage);
  }

  /** Those among the newest probes, which may still change: the last may be going on. */
  recent(): Outage[] {
    this.repair();
    const found: Found[] = [];
    const from = Math.max(this.frontier, this.records.oldest);
    const { next } = this.records;
    const copy = this.open === null ? null : { ...this.open, errors: new Map(this.open.errors) };
    let last = from < next ? this.read(from, next, copy, found) : copy;
    if (last !== null && this.gaps.interrupts(last.lastAt, Infinity)) {
      this.end(last, last.lastAt, found);
      last = null;
    }
    if (last !== null) this.end(last, null, found);
    return found.map(({ outage }) => outage);
  }

  /** Reads records [from, to), `run` being what is open before them. Puts what ends into `found`, returns what is left open. */
  private read(from: ProbeSeq, to: ProbeSeq, run: Run | null, found: Found[]): Run | null {
    const { records, gaps } = this;
    let open = run;
    for (let seq = from; seq < to; seq++) {
      const code = records.stateOf(seq);
      if (isAlive(code)) {
        if (open === null) continue;
        const at = records.timeOf(seq);
        this.end(open, gaps.interrupts(open.lastAt, at) ? open.lastAt : at, found);
        open = null;
      } else if (isFailed(code)) {
        const at = records.timeOf(seq);
        if (open !== null && gaps.interrupts(open.lastAt, at)) {
          this.end(open, open.lastAt, found);
          open = null;
        }
        open ??= { firstSeq: seq, from: at, lastSeq: seq, lastAt: at, lost: 0, errors: new Map() };
        open.lastSeq = seq;
        open.lastAt = at;
        open.lost++;
        const error = records.error[seq & records.mask] as number;
        if (error !== NO_ERROR) open.errors.set(error, (open.errors.get(error) ?? 0) + 1);
      }
    }
    return open;
  }

  private end(run: Run, to: UnixMillis | null, found: Found[]): void {
    if (run.lost < LEAST_PROBES || (to ?? run.lastAt) - run.from < LEAST_TIME) return;
    const { firstSeq, lastSeq, from, lost } = run;
    const error = this.errors.mostFrequent(run.errors);
    found.push({ firstSeq, lastSeq, outage: { endpoint: this.endpoint, from, to, lost, error } });
  }

  private markDirty(low: ProbeSeq, high: ProbeSeq): void {
    this.dirtyLow = Math.min(this.dirtyLow, low);
    this.dirtyHigh = Math.max(this.dirtyHigh, high);
  }

  /** Reads the runs around what has changed again: from the reply before it to the reply after it. */
  private repair(): void {
    if (this.dirtyHigh < 0) return;
    const { records, committed } = this;
    let low = Math.max(this.dirtyLow, records.oldest);
    let high = this.dirtyHigh + 1;
    this.dirtyLow = Infinity;
    this.dirtyHigh = -1;
    while (low > records.oldest && !isAlive(records.stateOf(low - 1)) && !this.isParted(low)) low--;
    // Where a gap that is known for longer ends the runs, they need not be read further, unless the open one does.
    const openFrom = this.open?.firstSeq ?? Infinity;
    let parted = false;
    while (high < this.frontier && !isAlive(records.stateOf(high))) {
      parted = openFrom >= high && this.isParted(high);
      if (parted) break;
      high++;
    }
    const stop = parted ? high : Math.min(high + 1, this.frontier);
    const first = committed.findIndex((found) => found.lastSeq >= low);
    const start = first < 0 ? committed.length : first;
    let end = start;
    while (end < committed.length && (committed[end] as Found).firstSeq < stop) end++;
    // A run of which the beginning is no longer on record can't be read again.
    if (start < end && (committed[start] as Found).firstSeq < low) return;
    if (this.open !== null && this.open.firstSeq < low && this.open.lastSeq >= low) return;
    const again: Found[] = [];
    // One that ended in front of a gap, with nothing answered or failed behind it yet, is still open.
    const before = this.open !== null && this.open.lastSeq < low ? this.open : null;
    const open = this.read(low, stop, before, again);
    if (parted && open !== null) this.end(open, open.lastAt, again);
    committed.splice(start, end - start, ...again);
    if (!parted && high >= this.frontier) this.open = open;
    this.revision++;
  }

  /** Whether probing was interrupted between the probe of `seq` and the one before it. */
  private isParted(seq: ProbeSeq): boolean {
    return this.gaps.interrupts(this.records.timeOf(seq - 1), this.records.timeOf(seq));
  }

  private runAround(seq: ProbeSeq): Run | Found | null {
    if (this.open !== null && this.open.firstSeq <= seq) return this.open;
    return this.committed[this.indexAround(seq)] ?? null;
  }

  private indexAround(seq: ProbeSeq): number {
    let low = 0;
    let high = this.committed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.committed[middle] as Found).lastSeq < seq) low = middle + 1;
      else high = middle;
    }
    const found = this.committed[low];
    return found !== undefined && found.firstSeq <= seq ? low : -1;
  }

  private takeOne(seq: ProbeSeq): void {
    this.revision++;
    if (this.open !== null && this.open.firstSeq <= seq) {
      this.open.lost--;
      return;
    }
    const index = this.indexAround(seq);
    const found = this.committed[index];
    if (found === undefined) return;
    const lost = found.outage.lost - 1;
    if (lost < LEAST_PROBES) this.committed.splice(index, 1);
    else this.committed[index] = { ...found, outage: { ...found.outage, lost } };
  }
}
