// The newest probes one by one, as the details of an endpoint show them.

import { toMillis, NO_RTT } from '../../events/rtt/micros.js';
import type { ProbeState } from '../../events/probe-state.js';
import { stateName } from '../../events/state-code.js';
import type { SendRecords } from './send-records.js';
import type { Millis, UnixMillis } from '../../events/units.js';

export type LoggedProbe = {
  at: UnixMillis;
  state: ProbeState;
  /** Null where there is none. */
  rtt: Millis | null;
};

/** The newest `count` of those sent before `before`, oldest first. */
export const newestProbes = (records: SendRecords, count: number, before: UnixMillis): LoggedProbe[] => {
  const probes: LoggedProbe[] = [];
  for (let seq = records.lowerBound(before) - 1; seq >= records.oldest && probes.length < count; seq--) {
    const slot = seq & records.mask;
    const state = stateName(records.stateOf(seq));
    const rtt = records.rtt[slot] as number;
    if (state !== null) probes.push({ at: records.timeOf(seq), state, rtt: rtt === NO_RTT ? null : toMillis(rtt) });
  }
  return probes.toReversed();
};
