// One condition of one endpoint, found by a CUSUM test (Page, Biometrika 1954) on a yes or no per probe: for each rate p1
// that is looked for, S = max(0, S + ln(p1 / p0)) at a yes, S + ln((1 - p1) / (1 - p0)) at a no, where p0 is the rate that is
// usual. The condition begins where one of the sums passes the threshold; since is when the first yes of that sum was sent.
// It ends by the mirrored test: that the rate is p0 again, and not what it has been since.

import type { Millis, UnixMillis } from '../../events/units.js';

/** How the rates that are looked for follow from the usual one. */
export type Levels = (p0: number) => readonly number[];

/** A condition that is back so soon is the same one. */
export const SAME_WITHIN: Millis = 60_000;

/** The mirrored sum at which a condition ends: what so many probes without a yes come to, within these bounds. */
const END_PROBES = 225;
const LEAST_END = 9.5;
const MOST_END = 14;

/** An end never waits longer for the next yes than this, or so many probes. */
const LONGEST_PAUSE: Millis = 30_000;
const LONGEST_PAUSE_PROBES = 150;

const MOST_LEVELS = 3;

export class SequentialTest {
  bad = false;
  /** While bad, and after that until the next one: when the first yes was sent. */
  since: UnixMillis = -Infinity;
  endedAt: UnixMillis = -Infinity;
  /** When the last yes was sent. */
  lastYesAt: UnixMillis = -Infinity;
  /** No sum is above 0: a no changes nothing. */
  quiet = true;
  p0 = 0;
  /** While bad or sharing: the sum for the end, and what was added to it since it was last taken away. */
  endSum = 0;
  endSteps = 0;
  threshold: number;
  /** Between two probes. */
  interval: Millis;
  /** Others have the same fault: it ends with theirs (joint-end.ts), by itself only beyond doubt. */
  isShared = false;
  /** Not bad by itself, but has a share in a fault of this rate. 0: it hasn't. */
  #sharedRate = 0;
  readonly #levels: Levels;
  #rates = 0;
  readonly #sums = new Float64Array(MOST_LEVELS);
  readonly #starts = new Float64Array(MOST_LEVELS);
  readonly #yes = new Float64Array(MOST_LEVELS);
  readonly #no = new Float64Array(MOST_LEVELS);
  #longestPause: Millis = 0;
  /** Of the probes since `since`: how many there were, and how many of them a yes. */
  #probes = 0;
  #yeses = 0;

  constructor(levels: Levels, p0: number, threshold: number, interval: Millis) {
    this.#levels = levels;
    this.threshold = threshold;
    this.interval = interval;
    this.setUsual(p0);
  }

  /** Whether the usual rate leaves a rate to look for. */
  get canTell(): boolean {
    return this.#rates > 0;
  }

  /** The highest sum. */
  get highest(): number {
    let highest = 0;
    for (let level = 0; level < this.#rates; level++) highest = Math.max(highest, this.#sums[level] as number);
    return highest;
  }

  /** Takes another usual rate, unless it is nearly the one it has. */
  setUsual(p0: number): void {
    if (Math.abs(p0 - this.p0) < 0.1 * this.p0) return;
    this.p0 = p0;
    const rates = this.#levels(p0);
    if (rates.length !== this.#rates) this.#clearSums();
    this.#rates = rates.length;
    rates.forEach((p1, level) => {
      this.#yes[level] = Math.log(p1 / p0);
      this.#no[level] = Math.log((1 - p1) / (1 - p0));
    });
  }

  /** A probe that was sent at `at`. Call it with a no only while it is not quiet. */
  add(isYes: boolean, at: UnixMillis): void {
    if (isYes) {
      if (this.bad || at - this.endedAt < SAME_WITHIN)
        this.#longestPause = Math.max(this.#longestPause, at - this.lastYesAt);
      else this.#longestPause = 0;
      this.lastYesAt = at;
    }
    if (this.bad) this.#addToEnd(isYes, at);
    else {
      if (this.#sharedRate > 0) this.#addToEndSum(isYes, this.#sharedRate);
      this.#addToSums(isYes, at);
    }
  }

  /** Shares a fault of that rate, or none any more (0). */
  share(rate: number): void {
    if (this.bad) return;
    if (this.#sharedRate === 0) this.endSum = 0;
    this.#sharedRate = rate;
    if (rate > 0) this.quiet = false;
  }

  /** Whether the pause since the last yes is as long as any within the condition. */
  hasPaused(at: UnixMillis): boolean {
    const longest = Math.max(LONGEST_PAUSE, LONGEST_PAUSE_PROBES * this.interval);
    return at - this.lastYesAt >= Math.min(longest, this.#longestPause);
  }

  end(at: UnixMillis): void {
    this.bad = false;
    this.endedAt = at;
    this.#clearSums();
  }

  /** Forgets what it has so far, as nobody looked for a while. */
  reset(): void {
    this.#clearSums();
  }

  /** Begins the condition for the sum that is highest now. */
  begin(at: UnixMillis, probes?: number, yeses?: number): void {
    let highest = 0;
    for (let level = 1; level < this.#rates; level++) {
      if ((this.#sums[level] as number) > (this.#sums[highest] as number)) highest = level;
    }
    this.#begin(highest, at);
    if (probes !== undefined && yeses !== undefined) {
      this.#probes = probes;
      this.#yeses = yeses;
    }
  }

  /** When the first yes of the highest sum was sent. */
  get wouldBeSince(): UnixMillis {
    let highest = 0;
    for (let level = 1; level < this.#rates; level++) {
      if ((this.#sums[level] as number) > (this.#sums[highest] as number)) highest = level;
    }
    return this.#starts[highest] as number;
  }

  #begin(level: number, at: UnixMillis): void {
    this.bad = true;
    this.quiet = false;
    this.#sharedRate = 0;
    this.endSum = 0;
    if (at - this.endedAt < SAME_WITHIN) return;
    this.since = this.#starts[level] as number;
    this.#probes = 1;
    this.#yeses = 1;
  }

  #addToSums(isYes: boolean, at: UnixMillis): void {
    let quiet = true;
    for (let level = 0; level < this.#rates; level++) {
      let sum = this.#sums[level] as number;
      if (isYes) {
        if (sum === 0) this.#starts[level] = at;
        sum += this.#yes[level] as number;
        if (sum > this.threshold) {
          this.#begin(level, at);
          return;
        }
      } else sum += this.#no[level] as number;
      if (sum > 0) quiet = false;
      else sum = 0;
      this.#sums[level] = sum;
    }
    this.quiet = quiet && this.#sharedRate === 0;
  }

  #addToEnd(isYes: boolean, at: UnixMillis): void {
    this.#probes++;
    if (isYes) this.#yeses++;
    const rare = this.p0 < 0.4 && this.#rates > 0;
    const rate = rare ? Math.min(0.97, Math.max(this.#yeses / this.#probes, Math.min(4 * this.p0, 0.45))) : 0.9;
    const no = this.#addToEndSum(isYes, rate);
    const enough = this.isShared ? MOST_END : Math.min(MOST_END, Math.max(LEAST_END, END_PROBES * no));
    if (this.endSum > enough && this.hasPaused(at)) this.end(at);
  }

  /** Returns what a no adds. */
  #addToEndSum(isYes: boolean, rate: number): number {
    const p0 = Math.min(this.p0, 0.8);
    const no = Math.log((1 - p0) / (1 - rate));
    const step = isYes ? Math.log(p0 / rate) : no;
    this.endSteps += step;
    this.endSum = Math.max(0, this.endSum + step);
    return no;
  }

  #clearSums(): void {
    this.#sums.fill(0);
    this.#sharedRate = 0;
    this.isShared = false;
    this.quiet = !this.bad;
  }
}
