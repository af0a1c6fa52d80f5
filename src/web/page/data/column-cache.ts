// The columns that have come so far, of the width that is looked at: bounded, and which of them have to be asked for.
// What changes after the stream has begun comes by itself.

import type { EndpointId, Millis } from '../../../events/units.js';
import { emptyEpoch } from '../../../history/statistics/epoch-stats.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { columnFromWire } from '../../wire/columns.js';
import type { WireColumn } from '../../wire/columns.js';

/** Epochs [first, first + count). */
export type IndexSpan = { readonly first: number; readonly count: number };

/** `order`: of the answer that it came with; the higher is the newer. */
type Kept = { stats: EpochStats; order: number };

/** Some five megabytes of statistics. */
const MOST_COLUMNS = 20_000;

export class ColumnCache {
  readonly #series = new Map<EndpointId, Map<number, Kept>>();
  #width: Millis = 0;
  #count = 0;
  #orders = 0;

  /** How many columns there are. */
  get size(): number {
    return this.#count;
  }

  get(endpoint: EndpointId, index: number): EpochStats | undefined {
    return this.#series.get(endpoint)?.get(index)?.stats;
  }

  /** Forgets everything; what comes from now on is of that width. */
  begin(width: Millis): void {
    this.#series.clear();
    this.#count = 0;
    this.#width = width;
  }

  /** To be handed to `answered`: what the stream brings between the two is newer than the answer. */
  ask(): number {
    return ++this.#orders;
  }

  /** An answer for a whole span; columns that aren't in it are empty. */
  answered(endpoint: EndpointId, { first, count }: IndexSpan, columns: readonly WireColumn[], asked: number): void {
    const known = new Map(columns.map((column) => [column[0], column]));
    for (let index = first; index < first + count; index++) {
      const column = known.get(index);
      const width = this.#width;
      this.#put(endpoint, index, {
        stats: column === undefined ? emptyEpoch(index * width, (index + 1) * width, 0) : columnFromWire(column, width),
        order: asked,
      });
    }
    this.#shrink(endpoint, first);
  }

  /** What the stream says that has changed. */
  changed(endpoint: EndpointId, columns: readonly WireColumn[]): void {
    const order = ++this.#orders;
    for (const column of columns) {
      this.#put(endpoint, column[0], { stats: columnFromWire(column, this.#width), order });
    }
    this.#shrink(endpoint, columns.at(-1)?.[0] ?? 0);
  }

  /** The one span that holds all that is missing, null where nothing is. */
  missing(endpoint: EndpointId, { first, count }: IndexSpan): IndexSpan | null {
    const series = this.#series.get(endpoint);
    let from = Infinity;
    let to = -Infinity;
    for (let index = first; index < first + count; index++) {
      if (series?.has(index) === true) continue;
      from = Math.min(from, index);
      to = index + 1;
    }
    return from === Infinity ? null : { first: from, count: to - from };
  }

  #put(endpoint: EndpointId, index: number, kept: Kept): void {
    const series = this.#series.get(endpoint) ?? new Map<number, Kept>();
    if (series.size === 0) this.#series.set(endpoint, series);
    const former = series.get(index);
    if (former !== undefined && former.order > kept.order) return;
    if (former === undefined) this.#count++;
    series.set(index, kept);
  }

  /** Each endpoint has its share; what is far from what was asked for last goes. */
  #shrink(endpoint: EndpointId, around: number): void {
    const series = this.#series.get(endpoint);
    const most = Math.floor(MOST_COLUMNS / Math.max(1, this.#series.size));
    if (series === undefined || series.size <= most) return;
    const reach = most * 0.4;
    for (const index of series.keys()) {
      if (Math.abs(index - around) <= reach) continue;
      series.delete(index);
      this.#count--;
    }
  }
}
