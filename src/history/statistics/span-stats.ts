// The statistics of any stretch of probes: an epoch, a window, a whole session. The formulas; what there is
// of them is listed in src/events/rtt/rtt-statistics.ts.

import { toMillis } from '../../events/rtt/micros.js';
import { emptyStateCounts, lossOf, slotsOf } from '../../events/probe-state.js';
import type { StateCounts } from '../../events/probe-state.js';
import { ANSWERED, IN_FLIGHT, LATE, LOST, UNREACHABLE, UNSENT, VOID } from '../../events/state-code.js';
import { eachStatistic } from '../../events/rtt/rtt-statistics.js';
import type { RttStats } from '../../events/rtt/rtt-statistics.js';
import type { Millis } from '../../events/units.js';
import type { Tally } from './tally.js';

export type SpanStats = RttStats & {
  /** Sum of all states. */
  slots: number;
  counts: StateCounts;
  /** Fraction 0..1 of the settled probes, null where none has settled. */
  loss: number | null;
};

export const statsOf = (tally: Tally): SpanStats => {
  const counts = countsOf(tally);
  const none = tally.rtts === 0;
  return {
    slots: slotsOf(counts),
    counts,
    loss: lossOf(counts),
    min: none ? null : toMillis(tally.min),
    mean: none ? null : toMillis(tally.sum / tally.rtts),
    p50: percentile(tally, 50),
    p95: percentile(tally, 95),
    p99: percentile(tally, 99),
    max: none ? null : toMillis(tally.max),
    jitter: tally.jitterCount === 0 ? null : toMillis(tally.jitterSum / tally.jitterCount),
  };
};

export const emptyStats = (): SpanStats => ({
  slots: 0,
  counts: emptyStateCounts(),
  loss: null,
  ...eachStatistic(() => null),
});

const percentile = (tally: Tally, percent: number): Millis | null => {
  const micros = tally.percentile(percent);
  return micros === null ? null : toMillis(micros);
};

const countsOf = ({ counts }: Tally): StateCounts => ({
  inFlight: counts[IN_FLIGHT] as number,
  answered: counts[ANSWERED] as number,
  late: counts[LATE] as number,
  lost: counts[LOST] as number,
  unreachable: counts[UNREACHABLE] as number,
  unsent: counts[UNSENT] as number,
  void: counts[VOID] as number,
});
