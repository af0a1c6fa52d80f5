// What the newest probes on record say of sending: whether they could be sent at all.

import { NO_NEXT_HOP } from '../../events/no-next-hop.js';
import type { UnixMillis } from '../../events/units.js';
import * as probe from './probe-window.js';
import type { ProbeWindow } from './probe-window.js';

/** Where the route names no next hop there is nobody who could have lost anything. */
export const unsentOutcome = (error: string): number => (error === NO_NEXT_HOP ? probe.VOID : probe.UNSENT);

/** Whether the newest probe sent by then could not be sent; null while there is none. */
export const unsentAt = (window: ProbeWindow, until: UnixMillis): boolean | null => {
  const { at, state, mask, oldest, next } = window;
  for (let seq = next - 1; seq >= oldest; seq--) {
    const slot = seq & mask;
    const outcome = (state[slot] as number) & probe.OUTCOME;
    if ((at[slot] as number) > until || outcome === probe.HOLE || outcome === probe.VOID) continue;
    return outcome === probe.UNSENT || outcome === probe.EXCUSED;
  }
  return null;
};

/** When the newest run of probes that could not be sent began, null where the newest could be. */
export const unsentSince = (window: ProbeWindow, until: UnixMillis): UnixMillis | null => {
  const { at, state, mask, oldest, next } = window;
  let since: UnixMillis | null = null;
  for (let seq = next - 1; seq >= oldest; seq--) {
    const slot = seq & mask;
    const outcome = (state[slot] as number) & probe.OUTCOME;
    if ((at[slot] as number) > until || outcome === probe.HOLE || outcome === probe.VOID) continue;
    if (outcome !== probe.UNSENT && outcome !== probe.EXCUSED) break;
    since = at[slot] as number;
  }
  return since;
};
