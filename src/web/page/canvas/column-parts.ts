// What one column of a strip is made of, in pixels of the device: how high its bar and its smoke are, how far loss hangs
// down, which signs stand above it. Pure: the painter only fills rectangles.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import { lossSize } from '../../../view/wall/loss-size.js';
import { heightOf } from '../../../view/wall/scale.js';
import type { Scale } from '../../../view/wall/scale.js';

export type ColumnParts = {
  /** Over the whole height: nobody looked, or the column isn't finished. */
  readonly ground: 'gap' | 'pending' | null;
  /** Up to p50 and up to p95, from the floor; bar <= smoke. */
  readonly bar: number;
  readonly smoke: number;
  /** From the top. A `tick` is loss too small to be worth a colour. */
  readonly loss: { readonly height: number; readonly kind: 'tick' | 'mark' | 'hanging' } | null;
  /** Something is higher than the scale: the p95, or only a maximum far above it. */
  readonly capped: 'p95' | 'max' | null;
  readonly someLate: boolean;
};

/** An off-scale maximum is signed from this multiple of the scale on. */
const FAR_OFF_SCALE = 2;

/** A part of an epoch that is worth the hatching. */
const GAP_SHARE = 0.25;

const lossOf = (loss: number | null, height: number, unit: number): ColumnParts['loss'] => {
  const size = lossSize(loss);
  switch (size.kind) {
    case 'none':
      return null;
    case 'tick':
      return { kind: 'tick', height: 2 * unit };
    case 'mark':
      return { kind: 'mark', height: 3 * unit };
    case 'hanging': {
      const { share } = size;
      if (share === 1) return { kind: 'hanging', height };
      // All of the column only where all is lost.
      return { kind: 'hanging', height: Math.min(height - 2 * unit, Math.max(5 * unit, Math.round(share * height))) };
    }
  }
};

const groundOf = (stats: EpochStats, now: UnixMillis): ColumnParts['ground'] => {
  const length = stats.to - stats.from;
  if (stats.gap >= length * GAP_SHARE || (stats.slots > 0 && stats.counts.void === stats.slots)) return 'gap';
  const isUnfinished = stats.counts.inFlight > 0 || (stats.to > now && stats.from <= now);
  return isUnfinished ? 'pending' : null;
};

/** @param height of the chart in pixels; `unit`: pixels of the device in one of the style sheet, at least 1 */
export const columnParts = (
  stats: EpochStats,
  scale: Scale,
  height: number,
  unit: number,
  now: UnixMillis,
): ColumnParts => {
  const upTo = (rtt: Millis | null): number =>
    rtt === null ? 0 : Math.min(height, Math.max(2 * unit, Math.round(heightOf(scale, rtt) * height)));
  // Answers of which no RTT is known for sure are a bar too, of the smallest height.
  const isAlive = stats.counts.answered + stats.counts.late > 0;
  const bar = stats.p50 === null && isAlive ? 2 * unit : upTo(stats.p50);
  const over = (rtt: Millis | null, factor: number): boolean => rtt !== null && rtt > scale.top * factor;
  return {
    ground: groundOf(stats, now),
    bar,
    smoke: Math.max(bar, upTo(stats.p95)),
    loss: lossOf(stats.loss, height, unit),
    capped: over(stats.p95, 1) ? 'p95' : over(stats.max, FAR_OFF_SCALE) ? 'max' : null,
    someLate: stats.counts.late > 0,
  };
};
