// The time grids of a session and the wall clock's offset that they follow.

import { timeGrids } from './rollups/tiers.js';
import type { Tiers } from './rollups/tiers.js';
import type { TimeGrid } from './time-grid.js';
import type { Millis, UnixMillis } from '../events/units.js';

/** Rollups are not re-aligned for less: the clock of a host is often set by milliseconds, and each cut costs rollups. */
const LEAST_SHIFT: Millis = 100;

export class SessionGrids {
  /** What the wall clock shows minus the session timeline. */
  offset: Millis = 0;
  private readonly tiers: Tiers;
  private grids: readonly TimeGrid[] | null = null;
  /** The offset that the grids are aligned to. */
  private aligned: Millis = 0;

  constructor(tiers: Tiers) {
    this.tiers = tiers;
  }

  /** The grids, which begin near `at` if they have not begun yet. */
  beginAt(at: UnixMillis): readonly TimeGrid[] {
    if (this.grids === null) {
      this.grids = timeGrids(this.tiers, at, this.offset);
      this.aligned = this.offset;
    }
    return this.grids;
  }

  /** From `at` on, which is later than every send record, the wall clock is `offset` ahead of the timeline. */
  step(at: UnixMillis, offset: Millis): void {
    this.offset = offset;
    const turn = this.grids?.at(-1)?.width;
    if (turn === undefined) return;
    const shift = (((offset - this.aligned) % turn) + turn) % turn;
    if (Math.min(shift, turn - shift) < LEAST_SHIFT) return;
    for (const grid of this.grids ?? []) grid.cut(at, offset);
    this.aligned = offset;
  }
}
