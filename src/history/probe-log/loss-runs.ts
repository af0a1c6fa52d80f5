// Runs of losses: whether they come one at a time or in bursts. A call conceals single ones, and not runs.

import type { SendRecords } from './send-records.js';
import { isAlive, isFailed } from '../../events/state-code.js';
import type { ProbeSeq, UnixMillis } from '../../events/units.js';

export type LossRuns = {
  /** From when on the probes were looked at: later than asked for where their records are gone. */
  from: UnixMillis;
  /** How many runs there were of each length in probes, shortest first. */
  lengths: readonly { length: number; count: number }[];
  /** The longest, the newest of those; null where nothing was lost. */
  longest: { length: number; at: UnixMillis } | null;
};

/**
 * Of the probes sent in [from, to), in order of sending: lost, unreachable or unsent, one after the other. A run that
 * began before counts by what lies within.
 */
export const lossRunsOf = (records: SendRecords, from: UnixMillis, to: UnixMillis): LossRuns => {
  const counts = new Map<number, number>();
  let longest: LossRuns['longest'] = null;
  let length = 0;
  let at: UnixMillis = 0;
  const end = (): void => {
    if (length === 0) return;
    counts.set(length, (counts.get(length) ?? 0) + 1);
    if (longest === null || length >= longest.length) longest = { length, at };
    length = 0;
  };
  const first: ProbeSeq = records.lowerBound(from);
  const next = records.lowerBound(to, first);
  for (let seq = first; seq < next; seq++) {
    const code = records.stateOf(seq);
    if (isFailed(code)) {
      if (length === 0) at = records.timeOf(seq);
      length++;
    } else if (isAlive(code)) end();
  }
  end();
  const lengths = [...counts].sort(([a], [b]) => a - b).map(([of, count]) => ({ length: of, count }));
  return { from: first < next ? Math.max(from, records.timeOf(first)) : from, lengths, longest };
};
