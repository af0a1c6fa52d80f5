// Epochs that have been computed, for the widths that are being looked at. Whatever changes a probe drops exactly the
// epochs that it is in, so what is found here is right.
//
// Kept as numbers in typed arrays, and made into objects each time they are asked for: objects that live for some frames
// and then die all at once are what the garbage collector is slowest with (docs/decisions/0012).

import type { EpochStats } from './statistics/epoch-stats.js';
import { NO_ERROR } from './probe-log/error-names.js';
import type { ErrorNames } from './probe-log/error-names.js';
import { COUNTED_STATES, eachState, lossOf, slotsOf } from '../events/probe-state.js';
import { eachStatistic, RTT_STATISTICS } from '../events/rtt/rtt-statistics.js';
import { epochIndexAt } from './epoch-grid.js';
import type { Millis, UnixMillis } from '../events/units.js';

/** Epochs kept per width: more than the widest screen has columns. A power of two. */
const SLOTS = 512;

/** The width on screen, and the one before it. */
const WIDTHS = 2;

/** Numbers per epoch, in the order of `write`. */
const FIELDS = COUNTED_STATES.length + RTT_STATISTICS.length + 6;

type WidthCache = {
  width: Millis;
  /** Which epoch is in each slot; NaN for none. */
  numbers: Float64Array;
  fields: Float64Array;
};

export class EpochCache {
  private readonly errors: ErrorNames;
  /** Most recently used first. */
  private readonly caches: WidthCache[] = [];

  constructor(errors: ErrorNames) {
    this.errors = errors;
  }

  /** Whether nothing has been asked for yet. */
  get isEmpty(): boolean {
    return this.caches.length === 0;
  }

  get(width: Millis, number: number): EpochStats | null {
    const { numbers, fields } = this.cacheOf(width);
    const slot = number & (SLOTS - 1);
    return numbers[slot] === number ? this.read(fields, slot * FIELDS) : null;
  }

  put(width: Millis, number: number, stats: EpochStats): void {
    const { numbers, fields } = this.cacheOf(width);
    const slot = number & (SLOTS - 1);
    numbers[slot] = number;
    this.write(fields, slot * FIELDS, stats);
  }

  /** Drops the epoch of each width that holds `at`. */
  drop(at: UnixMillis, offset: Millis): void {
    for (const { width, numbers } of this.caches) {
      const number = epochIndexAt(at, width, offset);
      const slot = number & (SLOTS - 1);
      if (numbers[slot] === number) numbers[slot] = NaN;
    }
  }

  /** Drops the epochs that overlap [from, to). */
  dropWithin(from: UnixMillis, to: UnixMillis, offset: Millis): void {
    for (const { width, numbers } of this.caches) {
      const first = epochIndexAt(from, width, offset);
      const last = epochIndexAt(to, width, offset);
      for (let slot = 0; slot < SLOTS; slot++) {
        const number = numbers[slot] as number;
        if (number >= first && number <= last) numbers[slot] = NaN;
      }
    }
  }

  clear(): void {
    for (const { numbers } of this.caches) numbers.fill(NaN);
  }

  private write(fields: Float64Array, start: number, stats: EpochStats): void {
    const { counts } = stats;
    let at = start;
    for (const key of COUNTED_STATES) fields[at++] = counts[key];
    for (const key of RTT_STATISTICS) fields[at++] = stats[key] ?? NaN;
    fields[at++] = stats.from;
    fields[at++] = stats.to;
    fields[at++] = stats.longestLossRun;
    fields[at++] = stats.error === null ? NO_ERROR : this.errors.idOf(stats.error);
    fields[at++] = stats.gap;
    fields[at] = stats.coarse ? 1 : 0;
  }

  private read(fields: Float64Array, start: number): EpochStats {
    let at = start;
    const next = (): number => fields[at++] as number;
    const counts = eachState(next);
    return {
      slots: slotsOf(counts),
      counts,
      loss: lossOf(counts),
      ...eachStatistic(() => orNull(next())),
      from: next(),
      to: next(),
      longestLossRun: next(),
      error: this.errors.textOf(next()),
      gap: next(),
      coarse: next() === 1,
    };
  }

  private cacheOf(width: Millis): WidthCache {
    const at = this.caches.findIndex((cache) => cache.width === width);
    if (at === 0) return this.caches[0] as WidthCache;
    if (at < 0 && this.caches.length < WIDTHS) this.caches.unshift(emptyCache(width));
    else {
      // The least recently used one is put to use again, rather than made anew at each change of width.
      const [cache] = this.caches.splice(at, 1) as [WidthCache];
      this.caches.unshift(cache);
      if (at < 0) {
        cache.width = width;
        cache.numbers.fill(NaN);
      }
    }
    return this.caches[0] as WidthCache;
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

const emptyCache = (width: Millis): WidthCache => ({
  width,
  numbers: new Float64Array(SLOTS).fill(NaN),
  fields: new Float64Array(SLOTS * FIELDS),
});
