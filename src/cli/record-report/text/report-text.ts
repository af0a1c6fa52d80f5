// The report as text for 80 columns: what matters first, how it was measured and what it doesn't prove last.

import { reasonWords } from '../../../diagnosis/wording/names.js';
import { counted, durationText } from '../../../view/format.js';
import type { Zone } from '../../../view/wall-clock.js';
import { printable, wrapped } from '../../../view/text.js';
import type { Report, ReportEpisode } from '../report-model.js';
import { hoursTold } from '../wording/bad-hours.js';
import { episodeNotes, hoursNotes, howNotes, qualityNotes, totalsNotes } from '../wording/notes.js';
import { summarySentences } from '../wording/summary-sentences.js';
import { daysTable, hoursTable, planTable, qualityTable, rttTable, totalsTable } from '../wording/tables.js';
import { Words, worstTitle } from '../wording/words.js';
import { heatMapLines } from './heat-map.js';
import { worstEpisodeLines } from './strips.js';
import { tableLines } from './table.js';

const COLUMNS = 80;
const MOST_EPISODES = 40;
const MOST_HOURS = 60;
const MOST_MARKS = 40;

export const reportText = (report: Report, zone: Zone): string => {
  const words = new Words(report, zone);
  const sections: [string, readonly string[]][] = [
    ['In short', items(summarySentences(report, words))],
    ['Episodes, by whose fault', episodeLines(report, words)],
    ['The days, 15 minutes a letter', heatMapLines(report)],
    [
      'All of it',
      [...tableLines(totalsTable(report)), '', ...tableLines(rttTable(report)), ...notes(totalsNotes(report))],
    ],
    ['By day', tableLines(daysTable(report, words))],
    ['By hour', hourLines(report, words)],
    [worstTitle(report), worstEpisodeLines(report, words)],
    ['Call quality (estimated)', [...tableLines(qualityTable(report)), ...notes(qualityNotes(report, words))]],
    ['Marks set by the user', markLines(report, words)],
    ['What was watched, and how', howLines(report, words)],
    ['What this does not prove', items(report.limits)],
  ];
  const lines = folded(words.heading, '', '');
  for (const [title, body] of sections) {
    if (body.length > 0) lines.push('', title.toUpperCase(), ...body.map((line) => printable(line, true).trimEnd()));
  }
  return `${lines.join('\n')}\n`;
};

/** Each text in lines of at most 80 columns, the first of which begins with `first`, the others with `rest`. */
const folded = (texts: readonly string[], first: string, rest: string): string[] =>
  texts.flatMap((text) =>
    wrapped(printable(text, true), COLUMNS - rest.length).map((line, i) => `${i === 0 ? first : rest}${line}`),
  );

const items = (texts: readonly string[]): string[] => folded(texts, '  - ', '    ');
const notes = (texts: readonly string[]): string[] => folded(texts, '  ', '  ');

const episodeLines = ({ episodes, endpoints }: Report, words: Words): string[] => {
  if (episodes.length === 0) return endpoints.length === 0 ? [] : ['  None.'];
  const longest = new Set([...episodes].sort((a, b) => b.length - a.length).slice(0, MOST_EPISODES));
  const left = episodes.length - longest.size;
  return [
    ...episodes.filter((episode) => longest.has(episode)).flatMap((episode) => oneEpisode(episode, words)),
    ...(left > 0 ? [`  and ${counted(left, 'shorter one')}; --json and --html have them all`] : []),
  ];
};

const oneEpisode = (episode: ReportEpisode, words: Words): string[] => {
  const { from, to, length } = episode;
  const head = `${words.span(from, to)}  ${durationText(length)}  ${words.cause(episode)}`;
  return [...folded([head], '  ', '  '), ...folded(episodeNotes(episode, words), '      ', '      ')];
};

const hourLines = (report: Report, words: Words): string[] => {
  const told = hoursTold(report);
  const worst = new Set([...told.bad].sort((a, b) => (b.hour.loss ?? 0) - (a.hour.loss ?? 0)).slice(0, MOST_HOURS));
  const shown = told.bad.filter((hour) => worst.has(hour));
  return [...tableLines(hoursTable(shown, words)), ...notes(hoursNotes(told, shown.length))];
};

const markLines = ({ marks }: Report, words: Words): string[] => [
  ...folded(
    marks.slice(-MOST_MARKS).map(({ at, text }) => `${words.instant(at)}  ${text}`),
    '  ',
    '    ',
  ),
  ...(marks.length > MOST_MARKS ? [`  the newest ${MOST_MARKS} of ${marks.length}`] : []),
];

const howLines = (report: Report, words: Words): string[] => [
  ...tableLines(planTable(report)),
  ...notes(howNotes(report)),
  ...report.gaps.map(
    ({ from, to, reason }) => `    ${words.span(from, to)}  ${durationText(to - from)}  ${reasonWords(reason)}`,
  ),
];
