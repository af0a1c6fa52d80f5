// The ladder of epoch widths: what a column can stand for, narrowest first.

import type { Millis } from '../events/units.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const EPOCH_WIDTHS: readonly Millis[] = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
];

/** Unless another is asked for. */
export const ORDINARY_EPOCH: Millis = 5 * SECOND;

/** The next width of the ladder, wider (+1) or narrower (-1); the same at its ends. A width off the ladder joins it. */
export const nextEpochWidth = (width: Millis, direction: 1 | -1): Millis =>
  (direction > 0
    ? EPOCH_WIDTHS.find((candidate) => candidate > width)
    : EPOCH_WIDTHS.findLast((candidate) => candidate < width)) ?? width;
