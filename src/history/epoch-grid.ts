// Epochs and instants. Epoch k of width w is the wall-clock time [k x w, (k + 1) x w); on the session timeline that is
// [k x w - offset, (k + 1) x w - offset).

import type { Millis, UnixMillis } from '../events/units.js';

export type EpochGrid = {
  width: Millis;
  /** What the wall clock shows minus the session timeline. */
  clockOffset: Millis;
};

/** The epoch that holds an instant: by the bounds that `epochStart` gives, not by the rounded quotient. */
export const epochIndexAt = (at: UnixMillis, width: Millis, clockOffset: Millis): number => {
  const k = Math.floor((at + clockOffset) / width);
  if (k * width - clockOffset > at) return k - 1;
  return (k + 1) * width - clockOffset <= at ? k + 1 : k;
};

/** When epoch `index` begins, on the session timeline. */
export const epochStart = ({ width, clockOffset }: EpochGrid, index: number): UnixMillis => index * width - clockOffset;
