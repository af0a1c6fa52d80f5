// Routers that lose probes, while what goes through them isn't lost: they only answer ping badly.

import type { SessionHistory } from '../../history/session-history.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { EndpointId, Millis } from '../../events/units.js';
import { hopsTo, placesOf } from './path-of.js';

/** Losses are compared over so long. */
export const PATH_SPAN: Millis = 600_000;

/** Less loss than this is nobody's. */
const LEAST = 0.03;
/** Fewer settled probes say nothing. */
const FEWEST = 10;
/** Somebody behind it lacks less than one in so many of what it lacks: the rest is its own. */
const TIMES_LESS = 2;

const settled = ({ slots, counts }: EpochStats): number => slots - counts.inFlight - counts.void;

/** Lost and late, as shares of what has settled; null where too little has. */
const missing = (stats: EpochStats): number | null =>
  settled(stats) < FEWEST || stats.loss === null ? null : stats.loss + stats.counts.late / settled(stats);

/**
 * Of each of a path's rows, nearest first, over the same time: whether its loss isn't that of what goes through it, as
 * somebody behind it has far less. One that never answers is silent, and not meant.
 */
export const neglectsPing = (rows: readonly EpochStats[]): readonly boolean[] => {
  let leastBehind = Infinity;
  const found = rows.toReversed().map((stats) => {
    const share = missing(stats);
    const neglects = share !== null && share >= LEAST && share < 1 && leastBehind * TIMES_LESS < share;
    if (share !== null) leastBehind = Math.min(leastBehind, share);
    return neglects;
  });
  return found.toReversed();
};

/** All hops of which that is true. `statsOf`: of the time that is compared. */
export const neglectingHops = (
  history: SessionHistory,
  statsOf: (id: EndpointId) => EpochStats | null,
): ReadonlySet<EndpointId> => {
  const found = new Set<EndpointId>();
  if (!history.endpoints.some(({ info }) => info.kind === 'hop')) return found;
  const places = placesOf(history);
  for (const { info } of history.endpoints) {
    const hops = hopsTo(places, info.id);
    if (hops.length === 0) continue;
    const neglects = neglectsPing([...hops, info.id].flatMap((id) => statsOf(id) ?? []));
    for (const [i, id] of hops.entries()) if (neglects[i] === true) found.add(id);
  }
  return found;
};
