// The end of a record: the episodes, the outages, and per endpoint what it adds up to.

import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { Outage } from '../../history/outages/outage-ledger.js';
import type { SessionTotals } from '../../history/totals/session-totals.js';
import { eachStatistic } from '../../events/rtt/rtt-statistics.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { toSeconds } from '../../record/lines/line-format.js';
import type { EpisodeLine, OutageLine, SummaryLine } from '../../record/lines/line-format.js';

/** What a session came to, up to now. */
export type SessionResults = { totals: SessionTotals; episodes: () => readonly Episode[] };

/** Those of the run that began then: what a resumed one has read is the record's. */
export const resultsOf = (totals: SessionTotals, diagnosis: Diagnosis, startedAt: UnixMillis): SessionResults => ({
  totals,
  episodes: () => diagnosis.episodes.filter(({ to }) => (to ?? Infinity) >= startedAt),
});

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

const episodeLine = (episode: Episode, wall: (at: UnixMillis) => number): EpisodeLine => ({
  type: 'episode',
  code: episode.code,
  from: wall(episode.from),
  to: episode.to === null ? null : wall(episode.to),
  endpoints: [...episode.endpoints],
  worstLoss: episode.worstLoss === null ? null : Math.round(episode.worstLoss * 1e6) / 1e6,
  worstP50: toMicroseconds(episode.worstP50),
  outages: episode.outages,
});

/** All lines that end a session: its episodes, its outages, then a summary per endpoint. */
export const endLines = (
  { totals, episodes }: SessionResults,
  clockOffset: Millis,
): (EpisodeLine | OutageLine | SummaryLine)[] => [
  ...episodes().map((episode) => episodeLine(episode, (at) => toSeconds(at + clockOffset))),
  ...totals.outages.list().map((outage) => outageLine(outage, (at) => toSeconds(at + clockOffset))),
  ...totals.told.map(({ id }) => summaryLine(totals, id)),
];

const toMicroseconds = (ms: Millis | null): Millis | null => (ms === null ? null : Math.round(ms * 1000) / 1000);
