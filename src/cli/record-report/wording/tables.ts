// The tables of a report: endpoints, days, the hours that matter, call quality. The same cells in text and on the page.

import { durationText, preciseRttText, widthText } from '../../../view/format.js';
import { DAY_LENGTH, minuteText, weekdayText } from '../../../view/wall-clock.js';
import type { Account, QualityCounts, Report } from '../report-model.js';
import type { BadHour } from './bad-hours.js';
import { countText, lostOf, placeText, shareText } from './words.js';
import type { Words } from './words.js';

/** `most`: columns of a terminal after which a word is cut. */
export type Column = { title: string; align: 'left' | 'right'; most?: number };

export type Table = { columns: readonly Column[]; rows: readonly (readonly string[])[] };

const NAME: Column = { title: 'endpoint', align: 'left', most: 20 };
const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });
const ACCOUNT: readonly Column[] = ['probes', 'lost', 'loss', 'late', 'available'].map(right);

const accountCells = (account: Account): string[] => [
  countText(account.slots),
  countText(lostOf(account)),
  shareText(account.loss),
  countText(account.counts.late),
  shareText(account.availability),
];

export const planTable = ({ endpoints }: Report): Table => ({
  columns: [NAME, left('is'), { ...left('host'), most: 24 }, left('address'), right('every'), right('bytes')],
  rows: endpoints.map((endpoint) => [
    endpoint.label,
    placeText(endpoint),
    endpoint.target === endpoint.label ? '' : endpoint.target,
    endpoint.address ?? '-',
    widthText(endpoint.interval),
    String(endpoint.sizeBytes),
  ]),
});

export const totalsTable = ({ endpoints }: Report): Table => ({
  columns: [NAME, ...ACCOUNT, right('outages')],
  rows: endpoints.map(({ label, total, outages }) => [label, ...accountCells(total), countText(outages)]),
});

export const rttTable = ({ endpoints }: Report): Table => ({
  columns: [NAME, ...['min', 'p50', 'p95', 'p99', 'max', 'jitter', 'longest outage'].map(right)],
  rows: endpoints.map(({ label, rtt, outages, longestOutage }) => [
    label,
    ...[rtt.min, rtt.p50, rtt.p95, rtt.p99, rtt.max, rtt.jitter].map(preciseRttText),
    outages === 0 ? '-' : durationText(longestOutage),
  ]),
});

/** A row for each endpoint on each day on which it was watched. */
export const daysTable = ({ endpoints }: Report, words: Words): Table => {
  let before = '';
  const days = endpoints.find((endpoint) => endpoint.days.length > 0)?.days ?? [];
  const rows = days.flatMap(({ from }, day) =>
    endpoints.flatMap((endpoint) => {
      const account = endpoint.days[day];
      if (account === undefined || account.slots === 0) return [];
      const date = weekdayText(words.local(from));
      const cells = [preciseRttText(account.p50), preciseRttText(account.p95)];
      const row = [date === before ? '' : date, endpoint.label, ...accountCells(account), ...cells];
      before = date;
      return [row];
    }),
  );
  return { columns: [left('day'), NAME, ...ACCOUNT, right('p50'), right('p95')], rows };
};

/** @param hours in order of time */
export const hoursTable = (hours: readonly BadHour[], words: Words): Table => {
  let before = '';
  const rows = hours.map(({ endpoint, hour }) => {
    const local = words.local(hour.from);
    const name = `${weekdayText(local)} ${minuteText(local)}`;
    const row = [name === before ? '' : name, endpoint.label, ...accountCells(hour), preciseRttText(hour.p50)];
    before = name;
    return row;
  });
  return { columns: [left('hour from'), NAME, ...ACCOUNT, right('p50')], rows };
};

export const qualityTable = ({ quality: { counts, days } }: Report): Table => {
  const row = (name: string, one: QualityCounts): string[] => {
    const five = [one.good, one.fair, one.poor, one.bad, one.none];
    const sum = five.reduce((all, count) => all + count, 0);
    return [name, ...five.map((count) => shareText(sum === 0 ? null : count / sum))];
  };
  return {
    columns: [left('day'), ...['good', 'fair', 'poor', 'bad', 'no estimate'].map(right)],
    rows: [
      ...days.map(({ day, counts: one }) => row(weekdayText(day * DAY_LENGTH), one)),
      ...(days.length > 1 ? [row('all', counts)] : []),
    ],
  };
};
