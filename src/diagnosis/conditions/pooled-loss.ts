// Loss of all endpoints together: a little loss at each is found sooner by one test over all their probes than by each
// endpoint's own.

import type { UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import * as probe from '../probes/probe-window.js';
import { thresholdFor } from './levels.js';

/** Minutes that an endpoint must have learned to take part. */
const LEARNED = 2;
/** Looked for: so many times the usual loss. */
const TIMES = 4;
/** Loss as usual as this leaves nothing to look for. */
const MOST_USUAL = 0.2;
/** Whose own sum is above this (1 : 100 by itself) has what the pool has found. */
export const OWN_SUM = 4.6;

export class PooledLoss {
  #sum = 0;

  reset(): void {
    this.#sum = 0;
  }

  /** After a second has been judged. */
  judge(endpoints: readonly WatchedEndpoint[], until: UnixMillis): void {
    if (endpoints.length < 2) return;
    let settled = 0;
    let failed = 0;
    let usual = 0;
    let perSecond = 0;
    let members = 0;
    for (const endpoint of endpoints) {
      if (endpoint.acquitted) continue;
      if (endpoint.tests.lossy.bad) {
        this.#sum = 0;
        return;
      }
      if (!takesPart(endpoint)) continue;
      settled += endpoint.pooledSettled;
      failed += endpoint.pooledFailed;
      usual += endpoint.tests.lossy.p0;
      perSecond += 1000 / endpoint.interval;
      members++;
    }
    if (members === 0) return;
    const p0 = usual / members;
    if (p0 >= MOST_USUAL) {
      this.#sum = 0;
      return;
    }
    if (failed === 0 && this.#sum === 0) return;
    const no = Math.log((1 - TIMES * p0) / (1 - p0));
    this.#sum = Math.max(0, this.#sum + failed * Math.log(TIMES) + (settled - failed) * no);
    if (this.#sum <= thresholdFor(1000 / perSecond)) return;
    let has = false;
    for (const endpoint of endpoints) {
      const { lossy } = endpoint.tests;
      if (endpoint.acquitted || !takesPart(endpoint) || lossy.highest <= OWN_SUM) continue;
      const { probes, yeses } = countFrom(endpoint, lossy.wouldBeSince);
      lossy.begin(until, probes, yeses);
      has = true;
    }
    if (has) this.#sum = 0;
  }
}

const takesPart = (endpoint: WatchedEndpoint): boolean =>
  endpoint.answered > 0 && !endpoint.losesOften && endpoint.usual.learned >= LEARNED;

const countFrom = ({ window }: WatchedEndpoint, from: UnixMillis): { probes: number; yeses: number } => {
  let probes = 0;
  let yeses = 0;
  for (let seq = window.firstFrom(from); seq < window.next; seq++) {
    const state = window.state[seq & window.mask] as number;
    if ((state & probe.JUDGED) === 0 || (state & probe.OUTCOME) > probe.UNSENT) continue;
    probes++;
    if (probe.isFailure(state)) yeses++;
  }
  return { probes, yeses };
};
