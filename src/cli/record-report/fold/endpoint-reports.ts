// Each endpoint's numbers: of the whole record, by the day, by the hour.

import type { EndpointInfo } from '../../../events/endpoint-info.js';
import type { Outage } from '../../../history/outages/outage-ledger.js';
import type { SessionTotals } from '../../../history/totals/session-totals.js';
import { eachStatistic } from '../../../events/rtt/rtt-statistics.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { Zone } from '../../../view/wall-clock.js';
import type { Accounts } from './accounts.js';
import { HOUR, localDays, localSteps } from './local-spans.js';
import type { Span } from './presence.js';
import type { Account, ReportEndpoint, Timed } from '../report-model.js';

export type EndpointContext = {
  accounts: Accounts;
  totals: SessionTotals;
  told: readonly EndpointInfo[];
  /** Those that are told by the day and by the hour. */
  detailed: readonly EndpointInfo[];
  /** What is told by the day and by the hour, on the wall clock. */
  recent: Span;
  /** Of the whole record, on the session timeline. */
  from: UnixMillis;
  to: UnixMillis;
  clockOffset: Millis;
  zone: Zone;
};

export const endpointReports = (context: EndpointContext): ReportEndpoint[] => {
  const { totals, told, detailed, recent, zone, to } = context;
  const outages = outagesBy(totals.outages.list());
  const days = localDays(recent, zone);
  const hours = localSteps(recent, HOUR, zone);
  return told.map((info): ReportEndpoint => {
    const all = totals.endpoint(info.id);
    const own = outages.get(info.id) ?? [];
    const isDetailed = detailed.includes(info);
    return {
      id: info.id,
      label: info.label,
      target: info.target,
      kind: info.kind,
      place: info.place,
      hop: info.hop,
      interval: info.interval,
      sizeBytes: info.sizeBytes,
      address: all.lastAddress,
      removedAt: all.removedAt === null ? null : all.removedAt + context.clockOffset,
      total: context.accounts.withTimes(info.id, all, context.from, to),
      rtt: eachStatistic((statistic) => all[statistic]),
      duplicates: all.duplicates,
      rejected: all.rejected,
      outages: own.length,
      longestOutage: own.reduce((most, outage) => Math.max(most, lengthOf(outage, to)), 0),
      days: isDetailed ? days.map((span) => timed(info, span, context)) : [],
      hours: isDetailed ? hours.map((span) => timed(info, span, context)) : [],
    };
  });
};

const outagesBy = (outages: readonly Outage[]): Map<EndpointId, Outage[]> => {
  const lists = new Map<EndpointId, Outage[]>();
  for (const outage of outages) {
    const list = lists.get(outage.endpoint);
    if (list === undefined) lists.set(outage.endpoint, [outage]);
    else list.push(outage);
  }
  return lists;
};

const lengthOf = ({ from, to }: Outage, endedAt: UnixMillis): Millis => (to ?? endedAt) - from;

/** @param span on the wall clock */
const timed = ({ id }: EndpointInfo, span: Span, { accounts, clockOffset }: EndpointContext): Timed<Account> => {
  return { ...accounts.of(id, span.from - clockOffset, span.to - clockOffset), ...span };
};
