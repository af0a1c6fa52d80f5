// The spans of time that a header tells of: the last 10 s, and one long window with its worst minute.

import type { EndpointHistory } from '../../history/endpoint-history.js';
import { epochIndexAt, epochStart } from '../../history/epoch-grid.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { LEAST_EXCESS } from './column-band.js';

const MINUTE: Millis = 60_000;
export const LONG: Millis = 60 * MINUTE;

/** A window that is hardly longer than the last 10 s says nothing else. */
const LEAST_RATIO = 3;

/** How long the long window is by now: an hour, or what there is of it; null where it can't differ from the short one yet. */
export const longLength = (since: UnixMillis | null, now: UnixMillis, recentLength: Millis): Millis | null => {
  if (since === null) return null;
  const length = Math.min(LONG, now - since);
  return length < LEAST_RATIO * recentLength ? null : length;
};

/** Fraction 0..1 of what has settled that was lost or late; null where nothing has. */
export const failedShare = ({ slots, loss, counts }: EpochStats): number | null => {
  const settled = slots - counts.inFlight - counts.void;
  return settled === 0 || loss === null ? null : Math.min(1, loss + counts.late / settled);
};

/** Less than this isn't worth a time. */
const WORTH_ATIME = 0.005;
/** So much slower counts as much as one percent of loss. */
const EXCESS_PER_PERCENT: Millis = 10;

/** The minute of the window in which most was lost or slowest; null where none was bad. */
export const worstMinute = (
  endpoint: EndpointHistory,
  usualP50: Millis | null,
  now: UnixMillis,
  clockOffset: Millis,
): UnixMillis | null => {
  const last = epochIndexAt(now, MINUTE, clockOffset);
  const count = LONG / MINUTE;
  const grid = { width: MINUTE, clockOffset };
  let [worst, at] = [0, -1];
  for (const [i, stats] of endpoint.epochs(MINUTE, last - count + 1, count).entries()) {
    const failed = failedShare(stats) ?? 0;
    const excess = usualP50 === null || stats.p50 === null ? 0 : stats.p50 - usualP50;
    const weight =
      (failed < WORTH_ATIME ? 0 : failed) + (excess < LEAST_EXCESS ? 0 : excess / EXCESS_PER_PERCENT / 100);
    if (weight > worst) [worst, at] = [weight, i];
  }
  return at < 0 ? null : epochStart(grid, last - count + 1 + at);
};
