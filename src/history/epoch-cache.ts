// Epochs that have been computed, for the widths that are being looked at. Whatever changes a probe drops exactly the
// epochs that it is in, so what is found here is right.
//
// Kept as numbers in typed arrays, and made into objects each time they are asked for: objects that live for some frames
// and then die all at once are what the garbage collector is slowest with (docs/decisions/0012).

import type { EpochStats } from './statistics/epoch-stats.js';
import { NO_ERROR, type ErrorNames } from './probe-log/error-names.js';
import { lossOf } from '../events/probe-state.js';
import { multipleAt } from './time-grid.js';
import type { Millis, UnixMillis } from '../events/units.js';

/** Epochs kept per width: more than the widest screen has columns. A power of two. */
const SLOTS = 512;

/** The width on screen, and the one before it. */
const WIDTHS = 2;

/** Numbers per epoch, in the order of `write`. */
const FIELDS = 20;

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
      const number = multipleAt(at, width, offset);
      const slot = number & (SLOTS - 1);
      if (numbers[slot] === number) numbers[slot] = NaN;
    }
  }

  /** Drops the epochs that overlap [from, to). */
  dropWithin(from: UnixMillis, to: UnixMillis, offset: Millis): void {
    for (const { width, numbers } of this.caches) {
      const first = multipleAt(from, width, offset);
      const last = multipleAt(to, width, offset);
      for (let slot = 0; slot < SLOTS; slot++) {
        const number = numbers[slot] as number;
        if (number >= first && number <= last) numbers[slot] = NaN;
      }
    }
  }

  clear(): void {
    for (const { numbers } of this.caches) numbers.fill(NaN);
  }

  private write(fields: Float64Array, at: number, stats: EpochStats): void {
    const { counts } = stats;
    fields[at] = stats.from;
    fields[at + 1] = stats.to;
    fields[at + 2] = stats.slots;
    fields[at + 3] = counts.inFlight;
    fields[at + 4] = counts.answered;
    fields[at + 5] = counts.late;
    fields[at + 6] = counts.lost;
    fields[at + 7] = counts.unreachable;
    fields[at + 8] = counts.unsent;
    fields[at + 9] = counts.void;
    fields[at + 10] = stats.min ?? NaN;
    fields[at + 11] = stats.mean ?? NaN;
    fields[at + 12] = stats.median ?? NaN;
    fields[at + 13] = stats.p95 ?? NaN;
    fields[at + 14] = stats.max ?? NaN;
    fields[at + 15] = stats.jitter ?? NaN;
    fields[at + 16] = stats.longestLossRun;
    fields[at + 17] = stats.error === null ? NO_ERROR : this.errors.idOf(stats.error);
    fields[at + 18] = stats.gap;
    fields[at + 19] = stats.coarse ? 1 : 0;
  }

  private read(fields: Float64Array, at: number): EpochStats {
    const number = (field: number): number => fields[at + field] as number;
    const counts = {
      inFlight: number(3),
      answered: number(4),
      late: number(5),
      lost: number(6),
      unreachable: number(7),
      unsent: number(8),
      void: number(9),
    };
    return {
      from: number(0),
      to: number(1),
      slots: number(2),
      counts,
      loss: lossOf(counts),
      min: orNull(number(10)),
      mean: orNull(number(11)),
      median: orNull(number(12)),
      p95: orNull(number(13)),
      max: orNull(number(14)),
      jitter: orNull(number(15)),
      longestLossRun: number(16),
      error: this.errors.textOf(number(17)),
      gap: number(18),
      coarse: number(19) === 1,
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
