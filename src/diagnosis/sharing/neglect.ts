// Routers that lose probes all the time, while what goes through them isn't lost: they only answer ping badly, and it is
// usual. The tests say nothing of what is usual; whoever looks at the loss must be told all the same.

import type { WatchedEndpoint } from '../endpoint.js';

/** Usual loss of less than this is nobody's matter; rates are twice the shares. */
const LEAST_RATE = 2 * 0.03;
/** Somebody behind it has less than one in so many of its losses: the rest is its own. */
const TIMES_LESS = 2;
const LEARNED_MINUTES = 2;

const hasLearned = ({ usual }: WatchedEndpoint): boolean => usual.learned >= LEARNED_MINUTES;

/** Who behind an endpoint shows that its usual loss is no loss of what goes through it; empty where it has none of its own. */
export const showsNeglect = (endpoint: WatchedEndpoint, all: readonly WatchedEndpoint[]): WatchedEndpoint[] => {
  const { lossRate } = endpoint.usual;
  if (lossRate < LEAST_RATE || !hasLearned(endpoint)) return [];
  return all.filter(
    (other) =>
      other.position.rank > endpoint.position.rank &&
      hasLearned(other) &&
      other.hasData &&
      other.usual.lossRate * TIMES_LESS < lossRate,
  );
};
