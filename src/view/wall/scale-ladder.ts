// The top of a strip's scale, from a ladder of few rungs, so that a height means the same for minutes and at every endpoint. What is
// new gets its room at once; it is taken away again when nothing has needed it for two minutes.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';

/** The lowest is the floor: 2 ms are to look like 2 ms, not like the whole strip. Above the highest all is capped. */
export const RUNGS: readonly Millis[] = [50, 100, 300, 1000, 3000];

const SHRINKS_AFTER: Millis = 120_000;

/** Of so many answers the median is no outlier. */
const ENOUGH = 10;

/** Of what stands out the paler part, up to the p95, may go on above the top: so much of it counts. */
const P95_COUNTS = 2 / 3;

/** What is so most of the time has room above it. */
const HEADROOM = 1.1;

/**
 * The lowest rung on which the columns fit. One of them may stand out: a single reply of three seconds is capped, and presses
 * nothing to the floor. A column whose median stands out is no single reply. Replies after the timeout have a sign instead.
 */
export const rungFor = (columns: readonly EpochStats[]): Millis => {
  let [highest, second, median] = [0, 0, 0];
  const p95s: Millis[] = [];
  for (const { p50, p95, counts } of columns) {
    if (p50 === null) continue;
    const most = counts.late > 0 ? p50 : (p95 ?? p50);
    p95s.push(most);
    const value = Math.max(p50, most * P95_COUNTS);
    if (value > highest) [highest, second] = [value, highest];
    else if (value > second) second = value;
    if (counts.answered >= ENOUGH) median = Math.max(median, p50);
  }
  const common = p95s.sort((a, b) => a - b)[p95s.length >> 1] ?? 0;
  const needed = Math.max(second, median, common * HEADROOM);
  return RUNGS.find((rung) => rung >= needed) ?? (RUNGS.at(-1) as Millis);
};

type Standing = {
  top: Millis;
  /** When it was needed last. */ neededAt: UnixMillis;
  /** What all of this is about. */ view: string;
};

/** Remembers the tops; one for whoever looks. */
export class ScaleLadder {
  readonly #standing = new Map<EndpointId, Standing>();

  /** `view`: width and place of the columns, as long as they follow the present; another one is a new beginning. */
  topOf(id: EndpointId, columns: readonly EpochStats[], view: string, now: UnixMillis): Millis {
    const needed = rungFor(columns);
    const standing = this.#standing.get(id);
    if (standing === undefined || standing.view !== view || needed > standing.top) {
      this.#standing.set(id, { top: needed, neededAt: now, view });
      return needed;
    }
    if (needed === standing.top) standing.neededAt = now;
    else if (now - standing.neededAt >= SHRINKS_AFTER) {
      standing.top = needed;
      standing.neededAt = now;
    }
    return standing.top;
  }
}
