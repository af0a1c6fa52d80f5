// The report as JSON, as docs/report-format.md describes it: instants as ISO 8601 with the local offset, durations in seconds,
// RTTs in milliseconds, shares 0..1.

import { DAY_LENGTH, isoText } from '../../view/wall-clock.js';
import type { Zone } from '../../view/wall-clock.js';
import { gradeOf } from '../../view/days/day-cells.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { eachStatistic } from '../../events/rtt/rtt-statistics.js';
import type { Account, Report, ReportEndpoint, ReportEpisode, Timed } from './report-model.js';

export const REPORT_FORMAT = 1;

export const reportJson = (report: Report, zone: Zone) => {
  const iso = (at: UnixMillis): string => isoText(at, zone);
  const isoOrNull = (at: UnixMillis | null): string | null => (at === null ? null : iso(at));
  const timed = ({ from, to, ...account }: Timed<Account>) => ({
    from: iso(from),
    to: iso(to),
    ...accountJson(account),
  });
  const episodeJson = (episode: ReportEpisode) => ({
    code: episode.code,
    from: iso(episode.from),
    to: isoOrNull(episode.to),
    seconds: seconds(episode.length),
    endpoints: episode.endpoints,
    worstLoss: share(episode.worstLoss),
    worstP50: ms(episode.worstP50),
    outages: episode.outages,
    evidence: episode.evidence,
  });
  return {
    type: 'report',
    format: REPORT_FORMAT,
    madeWith: report.madeWith,
    recordedWith: report.recordedWith,
    record: report.record,
    masked: report.masked,
    zone: report.zoneName,
    from: iso(report.from),
    to: iso(report.to),
    seconds: seconds(report.to - report.from),
    timeout: seconds(report.timeout),
    clock: report.clock,
    wifi: report.wifi,
    ownTraffic: report.hasTraffic,
    unwatched: {
      seconds: seconds(report.gapTime),
      count: report.gapCount,
      longest: report.gaps.map(({ from, to, reason }) => ({ from: iso(from), to: iso(to), reason })),
    },
    causes: report.causes.map(({ code, episodes, length, lengthWithStretches, worstLoss, worstP50 }) => ({
      code,
      episodes,
      seconds: seconds(length),
      secondsWithWorse: seconds(lengthWithStretches),
      worstLoss: share(worstLoss),
      worstP50: ms(worstP50),
    })),
    episodes: report.episodes.map(episodeJson),
    worseThanUsual: report.stretches.map(({ from, to, code, parts }) => ({
      from: iso(from),
      to: iso(to),
      code,
      endpoints: parts.map(({ endpoint, isBad, usualP50, ...account }) => ({
        endpoint,
        worse: isBad,
        usualP50: ms(usualP50),
        ...accountJson(account),
      })),
    })),
    endpoints: report.endpoints.map((endpoint) => endpointJson(endpoint, isoOrNull, timed)),
    detailed: report.detailed,
    days: report.days.map(({ day, cells }) => ({
      day: new Date(day * DAY_LENGTH).toISOString().slice(0, 10),
      cells: cells.map((cell) => ({
        code: cell.code,
        grade: gradeOf(cell),
        watched: seconds(cell.watched),
        bad: seconds(cell.bad),
        worse: cell.worse,
      })),
    })),
    worst: report.worst.map(({ episode, width, scaleTop, strips }) => ({
      ...episodeJson(episode),
      columnSeconds: seconds(width),
      scaleTop,
      strips: strips.map(({ endpoint, isBlamed, account, columns }) => ({
        endpoint,
        blamed: isBlamed,
        ...accountJson(account),
        columns: columns.map(({ from, loss, late, p50, p95, unwatched }) => ({
          from: iso(from),
          loss: share(loss),
          late: share(late),
          p50: ms(p50),
          p95: ms(p95),
          unwatched,
        })),
      })),
    })),
    callQuality: {
      everySeconds: seconds(report.quality.every),
      counts: report.quality.counts,
      days: report.quality.days.map(({ day, counts }) => ({
        day: new Date(day * DAY_LENGTH).toISOString().slice(0, 10),
        ...counts,
      })),
      worst: worstQualityJson(report, iso),
    },
    marks: report.marks.map(({ at, text }) => ({ at: iso(at), text })),
    limits: report.limits,
  };
};

const endpointJson = (
  endpoint: ReportEndpoint,
  isoOrNull: (at: UnixMillis | null) => string | null,
  timed: (account: Timed<Account>) => object,
) => ({
  id: endpoint.id,
  label: endpoint.label,
  target: endpoint.target,
  kind: endpoint.kind,
  place: endpoint.place,
  hop: endpoint.hop,
  interval: seconds(endpoint.interval),
  size: endpoint.sizeBytes,
  address: endpoint.address,
  removed: isoOrNull(endpoint.removedAt),
  ...accountJson(endpoint.total),
  ...eachStatistic((statistic) => ms(endpoint.rtt[statistic])),
  duplicates: endpoint.duplicates,
  rejected: endpoint.rejected,
  outages: endpoint.outages,
  longestOutage: seconds(endpoint.longestOutage),
  days: endpoint.days.map(timed),
  hours: endpoint.hours.filter(({ slots }) => slots > 0).map(timed),
});

const worstQualityJson = ({ quality: { worst } }: Report, iso: (at: UnixMillis) => string) =>
  worst === null
    ? null
    : {
        at: iso(worst.at),
        r: Number(worst.r.toFixed(1)),
        mos: Number(worst.mos.toFixed(2)),
        word: worst.word,
        endpoint: worst.endpoint,
      };

const accountJson = ({ counts, slots, loss, watched, down, availability, p50, p95 }: Account) => ({
  probes: slots,
  answered: counts.answered,
  late: counts.late,
  lost: counts.lost,
  unreachable: counts.unreachable,
  unsent: counts.unsent,
  unknown: counts.inFlight + counts.void,
  loss: share(loss),
  watched: seconds(watched),
  down: seconds(down),
  availability: share(availability),
  p50: ms(p50),
  p95: ms(p95),
});

const seconds = (length: Millis): number => Number((length / 1000).toFixed(3));
const ms = (rtt: Millis | null): number | null => (rtt === null ? null : Number(rtt.toFixed(3)));
/** Enough for one in a billion probes. */
const share = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(9)));
