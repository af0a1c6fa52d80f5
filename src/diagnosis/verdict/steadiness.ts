// A fault that lasts for hours need not have everybody asked again each second.

import type { VerdictEvent } from '../../events/verdict.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { KINDS } from '../endpoint.js';
import type { WatchedEndpoint } from '../endpoint.js';
import { isBlame } from './speaker.js';

/** What has been said for so long, while nothing changes in the conditions, is judged anew only so often. */
const AFTER: Millis = 60_000;
const EVERY: Millis = 5000;
/** A sum for the end above this may be the beginning of it. */
const ENDING = 2;

export class Steadiness {
  /** Who was bad, and how, in the second before: equal where nothing has changed. */
  #conditions = 0;

  /** Whether everything is as bad as it was when it was judged last. Call it every second. */
  holds(verdict: VerdictEvent | null, endpoints: readonly WatchedEndpoint[], until: UnixMillis): boolean {
    let conditions = 0;
    let isChanging = false;
    for (const { id, tests } of endpoints) {
      for (const [index, kind] of KINDS.entries()) {
        if (!tests[kind].bad) continue;
        conditions += (id + 1) * 4 ** index;
        if (tests[kind].endSum > ENDING) isChanging = true;
      }
    }
    const isSame = conditions === this.#conditions;
    this.#conditions = conditions;
    if (!isSame || isChanging || until % EVERY === 0 || verdict === null) return false;
    return isBlame(verdict.code) && until - verdict.at > AFTER;
  }
}
