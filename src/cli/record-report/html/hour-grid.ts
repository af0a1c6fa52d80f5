// Loss by the hour, a line a day and a table an endpoint; the rest of an hour's numbers appear when it is pointed at.

import { htmlEscape } from 'escape-goat';
import { DAY_LENGTH, dayNumber, weekdayText } from '../../../view/wall-clock.js';
import { HOUR } from '../fold/local-spans.js';
import type { Account, Report, ReportEndpoint, Timed } from '../report-model.js';
import { countText, lostOf, rttMs, shareText } from '../wording/words.js';
import type { Words } from '../wording/words.js';

const HOURS = DAY_LENGTH / HOUR;
/** Loss from which on a cell is darker. */
const LEVELS: readonly (readonly [loss: number, name: string])[] = [
  [0.05, 'l4'],
  [0.01, 'l3'],
  [0.001, 'l2'],
  [0, 'l1'],
];

type Hour = Timed<Account>;

export const hourGridHtml = ({ endpoints }: Report, words: Words): string =>
  endpoints
    .filter(({ hours }) => hours.some(({ slots }) => slots > 0))
    .map((endpoint) => gridOf(endpoint, words))
    .join('\n');

const gridOf = (endpoint: ReportEndpoint, words: Words): string => {
  const byDay = new Map<number, Hour[][]>();
  for (const hour of endpoint.hours) {
    if (hour.slots === 0) continue;
    const local = words.local(hour.from);
    const day = dayNumber(local);
    const row = byDay.get(day) ?? Array.from({ length: HOURS }, () => []);
    byDay.set(day, row);
    row[Math.floor((local - day * DAY_LENGTH) / HOUR)]?.push(hour);
  }
  const head = Array.from({ length: HOURS }, (_, hour) => `<th>${String(hour).padStart(2, '0')}</th>`).join('');
  const rows = [...byDay].map(([day, hours]) => {
    const cells = hours.map((hour) => cellOf(hour, endpoint, words)).join('');
    return `<tr><th>${htmlEscape(weekdayText(day * DAY_LENGTH))}</th>${cells}</tr>`;
  });
  return `<h3>${htmlEscape(endpoint.label)}</h3><div class="wide"><table class="hours"><thead><tr><th>loss %</th>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
};

/** In the hour that an autumn has twice there are two. */
const cellOf = (hours: readonly Hour[], { label }: ReportEndpoint, words: Words): string => {
  if (hours.length === 0) return '<td class="n"></td>';
  const text = hours.map(({ loss }) => shareText(loss).replace(' %', '')).join(' ');
  const loss = Math.max(...hours.map((hour) => hour.loss ?? 0));
  const level = LEVELS.find(([least]) => loss > least)?.[1] ?? '';
  const title = hours.map((hour) => titleOf(hour, label, words)).join('; ');
  return `<td class="${level}" title="${htmlEscape(title)}">${htmlEscape(text)}</td>`;
};

const titleOf = (hour: Hour, label: string, words: Words): string =>
  `${words.instant(hour.from)} ${label}: ${countText(hour.slots)} probes, ${countText(lostOf(hour))} lost (${shareText(hour.loss)}), ` +
  `${countText(hour.counts.late)} late, available ${shareText(hour.availability)}, p50 ${rttMs(hour.p50)}, p95 ${rttMs(hour.p95)}`;
