// What one endpoint's probes say of a span: how many failed, how many of them were late, the median RTT.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import * as probe from '../probes/probe-window.js';
import { COMPARED } from '../probes/probe-window.js';

export type Recent = {
  settled: number;
  failed: number;
  late: number;
  /** Null where none was answered. */
  p50: Millis | null;
};

const scratch = new Float64Array(COMPARED);

/**
 * Of the probes sent since `from` that have been judged, the newest 1,500 at most. Failures are counted up to
 * `settledTo`, before which all have settled; answers later than that only go into the median.
 */
export const recentOf = ({ window }: WatchedEndpoint, from: UnixMillis, settledTo: UnixMillis): Recent => {
  const { at, rtt, state, mask, next } = window;
  let settled = 0;
  let failed = 0;
  let late = 0;
  let answered = 0;
  for (let seq = Math.max(window.firstFrom(from), next - COMPARED); seq < next; seq++) {
    const slot = seq & mask;
    const code = state[slot] as number;
    if ((code & probe.JUDGED) === 0) continue;
    const hasSettled = (at[slot] as number) <= settledTo;
    if (probe.isFailure(code)) {
      if (!hasSettled) continue;
      settled++;
      failed++;
      if ((code & probe.LATE) !== 0) late++;
    } else if ((code & probe.OUTCOME) === probe.ANSWERED) {
      if (hasSettled) settled++;
      if ((code & probe.UNCERTAIN) === 0) scratch[answered++] = rtt[slot] as number;
    }
  }
  const p50 = answered === 0 ? null : (scratch.subarray(0, answered).sort()[(answered - 1) >> 1] as number);
  return { settled, failed, late, p50 };
};
