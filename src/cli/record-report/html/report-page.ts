// The report as one page that loads nothing: style, drawings and data are in it. No script runs; the data are there for
// whoever wants to count again, as pingem report --json gives them.

import { htmlEscape } from 'escape-goat';
import { reasonWords } from '../../../diagnosis/wording/names.js';
import { durationText } from '../../../view/format.js';
import type { Zone } from '../../../view/wall-clock.js';
import { reportJson } from '../report-json.js';
import type { Report, ReportEpisode } from '../report-model.js';
import { hoursTold } from '../wording/bad-hours.js';
import { episodeNotes, hoursNotes, howNotes, qualityNotes, totalsNotes } from '../wording/notes.js';
import { summarySentences } from '../wording/summary-sentences.js';
import { daysTable, hoursTable, planTable, qualityTable, rttTable, totalsTable } from '../wording/tables.js';
import { Words, worstTitle } from '../wording/words.js';
import { heatMapHtml } from './heat-map.js';
import { hourGridHtml } from './hour-grid.js';
import { worstEpisodesHtml } from './strips.js';
import { STYLES } from './styles.js';
import { notesHtml, tableHtml } from './tables.js';

/** Nothing is fetched, whatever stands in a name; the data block is no script to a browser. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const reportPage = (report: Report, zone: Zone): string => {
  const words = new Words(report, zone);
  const told = hoursTold(report);
  const [title = '', ...heading] = words.heading;
  const sections: [string, string][] = [
    ['In short', listHtml(summarySentences(report, words), 'summary')],
    ['Episodes, by whose fault', episodesHtml(report, words)],
    ['The days, 15 minutes a cell', heatMapHtml(report)],
    [
      'All of it',
      tableHtml(totalsTable(report), 'totals') + tableHtml(rttTable(report), 'rtts') + notesHtml(totalsNotes(report)),
    ],
    ['By day', tableHtml(daysTable(report, words), 'days')],
    [
      'By hour',
      tableHtml(hoursTable(told.bad, words), 'hours') +
        notesHtml(hoursNotes(told, told.bad.length)) +
        hourGridHtml(report, words),
    ],
    [worstTitle(report), worstEpisodesHtml(report, words)],
    ['Call quality (estimated)', tableHtml(qualityTable(report), 'quality') + notesHtml(qualityNotes(report, words))],
    [
      'Marks set by the user',
      listHtml(
        report.marks.map(({ at, text }) => `${words.instant(at)}: ${text}`),
        'marks',
      ),
    ],
    [
      'What was watched, and how',
      tableHtml(planTable(report), 'plan') + notesHtml(howNotes(report)) + gapsHtml(report, words),
    ],
    ['What this does not prove', listHtml(report.limits, 'limits')],
  ];
  const body = sections
    .filter(([, html]) => html !== '')
    .map(([name, html]) => `<section><h2>${htmlEscape(name)}</h2>\n${html}\n</section>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${htmlEscape(title)}</title>
<style>${STYLES}</style>
</head>
<body>
<h1>${htmlEscape(title)}</h1>
${heading.map((text) => `<p>${htmlEscape(text)}</p>`).join('\n')}
${body.join('\n')}
<script type="application/json" id="report">${dataText(report, zone)}</script>
</body>
</html>
`;
};

/** What would end the block, or begin a comment in it, can't stand in it as it is. */
const dataText = (report: Report, zone: Zone): string =>
  JSON.stringify(reportJson(report, zone)).replaceAll('<', String.raw`\u003c`);

const listHtml = (texts: readonly string[], name: string): string =>
  texts.length === 0
    ? ''
    : `<ul class="${name}">${texts.map((text) => `<li>${htmlEscape(text)}</li>`).join('\n')}</ul>`;

const episodesHtml = ({ episodes }: Report, words: Words): string =>
  episodes.length === 0
    ? '<p>None.</p>'
    : `<dl class="episodes">${episodes.map((episode) => episodeHtml(episode, words)).join('\n')}</dl>`;

const episodeHtml = (episode: ReportEpisode, words: Words): string => {
  const { from, to, length } = episode;
  const head = `${words.span(from, to)}, ${durationText(length)}: ${words.cause(episode)}`;
  const rest = episodeNotes(episode, words).map((text) => `<dd>${htmlEscape(text)}</dd>`);
  return `<dt>${htmlEscape(head)}</dt>${rest.join('')}`;
};

const gapsHtml = ({ gaps }: Report, words: Words): string =>
  gaps.length === 0
    ? ''
    : listHtml(
        gaps.map(
          ({ from, to, reason }) => `${words.span(from, to)}, ${durationText(to - from)}: ${reasonWords(reason)}`,
        ),
        'gaps',
      );
