// The tiers of history and their budgets, per endpoint: see docs/decisions/0011-tiers-of-history.md.

import { TimeGrid } from '../time-grid.js';
import type { Millis, UnixMillis } from '../../events/units.js';

const SECOND: Millis = 1000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
const MIB = 2 ** 20;

/** How much a tier of rollups may hold. */
export type RollupBudget = {
  /** What one rollup stands for; a multiple of the next narrower tier's, of 5 s, and a divisor of the next wider one's. */
  width: Millis;
  rows: number;
  /** Bytes for histograms and errors, a power of two. */
  poolBytes: number;
};

export type Tiers = {
  /** Send records. */
  records: number;
  /** Narrowest first. */
  rollups: readonly RollupBudget[];
};

export const TIERS: Tiers = {
  records: 2 ** 19,
  rollups: [
    { width: 5 * SECOND, rows: (7 * DAY) / (5 * SECOND), poolBytes: 16 * MIB },
    { width: 30 * SECOND, rows: (7 * DAY) / (30 * SECOND) + 10, poolBytes: 8 * MIB },
    { width: 5 * MINUTE, rows: (366 * DAY) / (5 * MINUTE), poolBytes: 16 * MIB },
    { width: HOUR, rows: (366 * DAY) / HOUR, poolBytes: 4 * MIB },
  ],
};

/** As many endpoints as a run can have share nothing; those of a record of many runs share the memory of so many. */
const WHOLE_ENDPOINTS = 20;
/** A row's histogram and errors take up to a quarter of a pool. */
const LEAST_POOL = MIB / 4;

/** The budgets where there are `endpoints`. */
export const tiersFor = (endpoints: number): Tiers => {
  let parts = 1;
  while (endpoints > WHOLE_ENDPOINTS * parts) parts *= 2;
  if (parts === 1) return TIERS;
  return {
    records: TIERS.records / parts,
    rollups: TIERS.rollups.map(({ width, rows, poolBytes }) => ({
      width,
      rows: Math.ceil(rows / parts),
      poolBytes: Math.max(poolBytes / parts, LEAST_POOL),
    })),
  };
};

/** The grids of the tiers of rollups, which all endpoints of a session share. `at`: any instant near the beginning. */
export const timeGrids = (tiers: Tiers, at: UnixMillis, offset: Millis): TimeGrid[] =>
  tiers.rollups.map(({ width }) => new TimeGrid(width, at, offset));
