// The exit status of a run: whether everybody who is watched at its end has answered.

import type { SessionTotals } from '../../history/totals/session-totals.js';

/** 0 if every endpoint has answered at least once, 1 if not. Hops don't count: routers that keep silent are nothing unusual. */
export const exitStatus = (totals: SessionTotals): number =>
  totals.present.every(({ id, kind }) => {
    const { answered, late } = totals.endpoint(id).counts;
    return kind === 'hop' || answered + late > 0;
  })
    ? 0
    : 1;
