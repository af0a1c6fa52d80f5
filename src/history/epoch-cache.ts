// Epochs that have been computed, for the widths that are being looked at. Whatever changes a probe drops exactly the
// epochs that it is in, so what is found here is right.

import type { EpochStats } from './epoch-stats.js';
import { multipleAt } from './time-grid.js';
import type { Millis, UnixMillis } from './units.js';

/** Epochs kept per width: more than the widest screen has columns, and few enough to be no work for the collector. A power of two. */
const SLOTS = 512;

/** The width on screen, and the one before it. */
const WIDTHS = 2;

type WidthCache = { width: Millis; numbers: Float64Array; stats: (EpochStats | null)[] };

export class EpochCache {
  /** Most recently used first. */
  private readonly caches: WidthCache[] = [];

  /** Whether nothing has been asked for yet. */
  get isEmpty(): boolean {
    return this.caches.length === 0;
  }

  get(width: Millis, number: number): EpochStats | null {
    const cache = this.cacheOf(width);
    return cache.numbers[number & (SLOTS - 1)] === number ? (cache.stats[number & (SLOTS - 1)] ?? null) : null;
  }

  put(width: Millis, number: number, stats: EpochStats): void {
    const cache = this.cacheOf(width);
    cache.numbers[number & (SLOTS - 1)] = number;
    cache.stats[number & (SLOTS - 1)] = stats;
  }

  /** Drops the epoch of each width that holds `at`. */
  drop(at: UnixMillis, offset: Millis): void {
    for (const cache of this.caches) {
      const number = multipleAt(at, cache.width, offset);
      if (cache.numbers[number & (SLOTS - 1)] === number) cache.numbers[number & (SLOTS - 1)] = NaN;
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
    this.caches.length = 0;
  }

  private cacheOf(width: Millis): WidthCache {
    const at = this.caches.findIndex((cache) => cache.width === width);
    if (at === 0) return this.caches[0] as WidthCache;
    if (at < 0 && this.caches.length < WIDTHS) {
      this.caches.unshift(emptyCache(width));
    } else {
      // The least recently used one is put to use again, rather than made anew at each change of width.
      const [cache] = this.caches.splice(at, 1) as [WidthCache];
      this.caches.unshift(cache);
      if (at < 0) {
        cache.width = width;
        cache.numbers.fill(NaN);
        cache.stats.fill(null);
      }
    }
    return this.caches[0] as WidthCache;
  }
}

const emptyCache = (width: Millis): WidthCache => ({
  width,
  numbers: new Float64Array(SLOTS).fill(NaN),
  stats: Array.from<EpochStats | null>({ length: SLOTS }).fill(null),
});
