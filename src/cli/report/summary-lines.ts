// The end of a record: per endpoint what it adds up to, and the outages.

import type { Outage } from '../../history/outages/outage-ledger.js';
import type { SessionTotals } from '../../history/totals/session-totals.js';
import { eachStatistic } from '../../events/rtt/rtt-statistics.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { toSeconds } from '../../record/lines/line-format.js';
import type { OutageLine, SummaryLine } from '../../record/lines/line-format.js';

const summaryLine = (totals: SessionTotals, endpoint: EndpointId): SummaryLine => {
  const all = totals.endpoint(endpoint);
  const { answered, late, lost, unreachable, unsent, inFlight, void: voided } = all.counts;
  return {
    type: 'summary',
    endpoint,
    slots: all.slots,
    answered,
    late,
    lost,
    unreachable,
    unsent,
    'in-flight': inFlight,
    void: voided,
    duplicates: all.duplicates,
    rejected: all.rejected,
    loss: all.loss === null ? null : Math.round(all.loss * 1e6) / 1e6,
    ...eachStatistic((statistic) => toMicroseconds(all[statistic])),
  };
};

/** @param wall an instant of the timeline as the wall clock shows it, in seconds */
const outageLine = (outage: Outage, wall: (at: UnixMillis) => number): OutageLine => ({
  type: 'outage',
  endpoint: outage.endpoint,
  from: wall(outage.from),
  to: outage.to === null ? null : wall(outage.to),
  lost: outage.lost,
  ...(outage.error === null ? {} : { error: outage.error }),
});

/** All lines that end a session: its outages, then a summary per endpoint. */
export const endLines = (totals: SessionTotals, clockOffset: Millis): (OutageLine | SummaryLine)[] => [
  ...totals.outages.list().map((outage) => outageLine(outage, (at) => toSeconds(at + clockOffset))),
  ...totals.told.map(({ id }) => summaryLine(totals, id)),
];

const toMicroseconds = (ms: Millis | null): Millis | null => (ms === null ? null : Math.round(ms * 1000) / 1000);
