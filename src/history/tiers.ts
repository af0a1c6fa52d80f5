// The tiers of history and their budgets, per endpoint: see docs/decisions/0011-tiers-of-history.md.

import type { TierSize } from './rollup-tier.js';
import { TimeGrid } from './time-grid.js';
import type { Millis, UnixMillis } from './units.js';

const FINE: Millis = 5_000;
const COARSE: Millis = 300_000;
const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
const MIB = 2 ** 20;

/** How much each tier may hold. */
export type Tiers = {
  /** Send records. */
  records: number;
  /** Rollups of 5 s. */
  fine: TierSize;
  /** Rollups of 5 min. */
  coarse: TierSize;
  /** Rollups of 1 h. */
  hour: TierSize;
};

export const TIERS: Tiers = {
  records: 2 ** 19,
  fine: { rows: (7 * DAY) / FINE, poolBytes: 16 * MIB },
  coarse: { rows: (366 * DAY) / COARSE, poolBytes: 16 * MIB },
  hour: { rows: (366 * DAY) / HOUR, poolBytes: 4 * MIB },
};

/** The grids that all endpoints of a session share. */
export type TimeGrids = { fine: TimeGrid; coarse: TimeGrid; hour: TimeGrid };

/** `at`: any instant near the beginning. */
export const timeGrids = (at: UnixMillis, offset: Millis): TimeGrids => ({
  fine: new TimeGrid(FINE, at, offset),
  coarse: new TimeGrid(COARSE, at, offset),
  hour: new TimeGrid(HOUR, at, offset),
});
