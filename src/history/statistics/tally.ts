// Adds up what a stretch of probes says: state counts, RTT sums, jitter, loss runs, RTT histogram, errors.
//
// Stretches are added in order of sending, from send records or from rollups; what spans the seam between two of them
// (a jitter pair, a run of losses) is kept exactly. One tally is used over and over; nothing is allocated per use.

import { NO_ERROR } from '../probe-log/error-names.js';
import { NO_RTT } from '../../events/rtt/micros.js';
import type { Micros } from '../../events/rtt/micros.js';
import { nearestRank } from '../../events/rtt/rtt-bins.js';
import type { RttBins } from '../../events/rtt/rtt-bins.js';
import type { SendRecords } from '../probe-log/send-records.js';
import {
  ANSWERED,
  HOLE,
  LATE,
  LOST,
  STATE_CODES,
  STATE_MASK,
  UNCERTAIN,
  UNREACHABLE,
  UNSENT,
} from '../../events/state-code.js';
import type { StateCode } from '../../events/state-code.js';
import type { ProbeSeq } from '../../events/units.js';

/** RTTs up to this many are kept one by one, for exact percentiles, where asked for. */
export const EXACT_LIMIT = 64;

/** What a probe was and what it has become. RTTs are NO_RTT where there is none that statistics take in. */
export type Change = {
  former: StateCode;
  formerRtt: Micros;
  formerError: number;
  code: StateCode;
  rtt: Micros;
  error: number;
};

export class Tally {
  readonly bins: RttBins;
  /** Probes by state code. */
  readonly counts = new Float64Array(STATE_CODES);
  /** How many RTTs are in sum, min, max and histogram: answered and late, not uncertain. */
  rtts = 0;
  sum = 0;
  min: Micros = NO_RTT;
  max: Micros = 0;
  /** Sum and number of |differences| of consecutive answered RTTs. */
  jitterSum = 0;
  jitterCount = 0;
  /** The first and the last answered RTT, to be compared with the neighbours'; NO_RTT where there is none. */
  firstRtt: Micros = NO_RTT;
  lastRtt: Micros = NO_RTT;
  /** Runs of failed probes: the longest, the one before the first reply, the one since the last reply. */
  longestRun = 0;
  headRun = 0;
  tailRun = 0;
  /** RTTs by bin; only bins from `lowBin` to `highBin` can be above zero. */
  readonly histogram: Float64Array;
  lowBin: number;
  highBin = -1;
  /** Failed probes by error id. */
  readonly errors = new Map<number, number>();
  private readonly exact = new Uint32Array(EXACT_LIMIT);
  private keepExact = false;

  constructor(bins: RttBins) {
    this.bins = bins;
    this.histogram = new Float64Array(bins.count);
    this.lowBin = bins.count;
  }

  /** Forgets everything. `exact`: at most EXACT_LIMIT RTTs will follow, all from records; keep them one by one. */
  reset(exact = false): void {
    this.counts.fill(0);
    this.rtts = 0;
    this.sum = 0;
    this.min = NO_RTT;
    this.max = 0;
    this.jitterSum = 0;
    this.jitterCount = 0;
    this.firstRtt = NO_RTT;
    this.lastRtt = NO_RTT;
    this.longestRun = 0;
    this.headRun = 0;
    this.tailRun = 0;
    if (this.highBin >= 0) this.histogram.fill(0, this.lowBin, this.highBin + 1);
    this.lowBin = this.bins.count;
    this.highBin = -1;
    if (this.errors.size > 0) this.errors.clear();
    this.keepExact = exact;
  }

  get slots(): number {
    let slots = 0;
    for (let code = HOLE + 1; code < STATE_CODES; code++) slots += this.counts[code] as number;
    return slots;
  }

  /** Probes that were answered, in time or not. */
  get alive(): number {
    return (this.counts[ANSWERED] as number) + (this.counts[LATE] as number);
  }

  get failed(): number {
    return (this.counts[LOST] as number) + (this.counts[UNREACHABLE] as number) + (this.counts[UNSENT] as number);
  }

  /** Adds the probes of [from, to), which must be in the ring. */
  addRecords(records: SendRecords, from: ProbeSeq, to: ProbeSeq): void {
    const { state, rtt, error, mask } = records;
    const { counts } = this;
    let replied = this.alive > 0;
    let run = this.tailRun;
    let longest = this.longestRun;
    for (let seq = from; seq < to; seq++) {
      const slot = seq & mask;
      const flagged = state[slot] as number;
      const code = flagged & STATE_MASK;
      if (code === HOLE) continue;
      counts[code] = (counts[code] as number) + 1;
      if (code === ANSWERED || code === LATE) {
        if (!replied) this.headRun = run;
        replied = true;
        run = 0;
        if (flagged < UNCERTAIN) {
          const micros = rtt[slot] as number;
          this.addRtt(micros);
          if (code === ANSWERED) this.addAnswered(micros);
        }
      } else if (code === LOST || code === UNREACHABLE || code === UNSENT) {
        if (++run > longest) longest = run;
        const id = error[slot] as number;
        if (id !== NO_ERROR) this.addError(id, 1);
      }
    }
    if (!replied) this.headRun = run;
    this.tailRun = run;
    this.longestRun = longest;
  }

  /** Takes `micros` into sum, extremes and histogram. */
  addRtt(micros: Micros): void {
    if (this.keepExact) this.exact[this.rtts] = micros;
    else this.addBin(this.bins.binOf(micros), 1);
    this.rtts++;
    this.sum += micros;
    if (micros < this.min) this.min = micros;
    if (micros > this.max) this.max = micros;
  }

  addBin(bin: number, count: number): void {
    this.histogram[bin] = (this.histogram[bin] as number) + count;
    if (bin < this.lowBin) this.lowBin = bin;
    if (bin > this.highBin) this.highBin = bin;
  }

  addError(id: number, count: number): void {
    const sum = (this.errors.get(id) ?? 0) + count;
    if (sum > 0) this.errors.set(id, sum);
    else this.errors.delete(id);
  }

  /** Joins runs of failures that follow: those of a stretch with (`replied`) or without a reply in it. */
  addRuns(head: number, longest: number, tail: number, replied: boolean): void {
    const first = this.alive === 0;
    const joined = this.tailRun + head;
    this.longestRun = Math.max(this.longestRun, longest, joined);
    if (first) this.headRun = joined;
    this.tailRun = replied ? tail : joined;
  }

  /** Joins the jitter of a stretch that follows. */
  addJitter(sum: number, count: number, first: Micros, last: Micros): void {
    if (first === NO_RTT) return;
    this.addAnswered(first);
    this.lastRtt = last;
    this.jitterSum += sum;
    this.jitterCount += count;
  }

  /**
   * One probe that is in here already changes its state. Counts, sum and histogram stay exact; what depends on the
   * probe's neighbours (jitter, runs) stays as it was.
   */
  change({ former, formerRtt, formerError, code, rtt, error }: Change): void {
    this.counts[former] = (this.counts[former] as number) - 1;
    this.counts[code] = (this.counts[code] as number) + 1;
    if (formerError !== NO_ERROR) this.addError(formerError, -1);
    if (error !== NO_ERROR) this.addError(error, 1);
    if (formerRtt !== NO_RTT) {
      this.rtts--;
      this.sum -= formerRtt;
      this.addBin(this.bins.binOf(formerRtt), -1);
    }
    if (rtt !== NO_RTT) this.addRtt(rtt);
  }

  /** Nearest-rank percentile in microseconds, null where there is no RTT. */
  percentile(percent: number): number | null {
    if (this.rtts === 0) return null;
    const rank = nearestRank(percent, this.rtts);
    if (this.keepExact) return this.exact[rank - 1] as number;
    let below = 0;
    for (let bin = this.lowBin; bin <= this.highBin; bin++) {
      below += this.histogram[bin] as number;
      if (below >= rank) return Math.min(Math.max(this.bins.valueOf(bin), this.min), this.max);
    }
    return this.max;
  }

  /** To be called once before percentiles are read, after the last RTT. */
  sortExact(): void {
    if (this.keepExact) this.exact.subarray(0, this.rtts).sort();
  }

  copyFrom(other: Tally): void {
    this.reset();
    this.counts.set(other.counts);
    this.rtts = other.rtts;
    this.sum = other.sum;
    this.min = other.min;
    this.max = other.max;
    this.jitterSum = other.jitterSum;
    this.jitterCount = other.jitterCount;
    this.firstRtt = other.firstRtt;
    this.lastRtt = other.lastRtt;
    this.longestRun = other.longestRun;
    this.headRun = other.headRun;
    this.tailRun = other.tailRun;
    this.histogram.set(other.histogram);
    this.lowBin = other.lowBin;
    this.highBin = other.highBin;
    for (const [id, count] of other.errors) this.errors.set(id, count);
  }

  private addAnswered(micros: Micros): void {
    if (this.lastRtt === NO_RTT) this.firstRtt = micros;
    else {
      this.jitterSum += Math.abs(micros - this.lastRtt);
      this.jitterCount++;
    }
    this.lastRtt = micros;
  }
}
