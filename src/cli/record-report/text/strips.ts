// The worst episodes as strips of text: a row of RTTs, and a row of what was lost or late.

import { counted, durationText, widthText } from '../../../view/format.js';
import { secondText } from '../../../view/wall-clock.js';
import { printable, textWidth, truncated } from '../../../view/text.js';
import type { Report, ReportStrip, ReportWorst, StripColumn } from '../report-model.js';
import { stripNote } from '../wording/notes.js';
import { worstText } from '../wording/words.js';
import type { Words } from '../wording/words.js';

const BARS = '▁▂▃▄▅▆▇█';
const LABEL_COLUMNS = 12;
/** From so much lost on. */
const HALF = 0.5;

const barOf = ({ p50, unwatched }: StripColumn, top: number): string => {
  if (unwatched) return '/';
  if (p50 === null) return ' ';
  if (p50 > top) return '^';
  return BARS[Math.min(BARS.length - 1, Math.floor((p50 / top) * BARS.length))] ?? ' ';
};

const lossOf = ({ loss, late, unwatched }: StripColumn): string => {
  if (unwatched) return '/';
  if (loss !== null && loss >= HALF) return 'X';
  if (loss !== null && loss > 0) return 'x';
  return late !== null && late > 0 ? 'l' : ' ';
};

const stripLines = (strip: ReportStrip, top: number, words: Words): string[] => {
  const { endpoint, isBlamed, columns } = strip;
  const label = truncated(printable(words.name(endpoint), true), LABEL_COLUMNS, '…');
  const indent = ' '.repeat(LABEL_COLUMNS);
  return [
    `  ${label.padEnd(LABEL_COLUMNS - textWidth(label) + label.length)} ${columns.map((column) => barOf(column, top)).join('')}`,
    `  ${indent} ${columns.map(lossOf).join('')}`,
    `  ${indent} ${isBlamed ? 'blamed' : 'not blamed'}: ${stripNote(strip)}`,
  ].filter((line) => line.trim() !== '');
};

const worstLines = ({ episode, width, scaleTop, strips }: ReportWorst, index: number, words: Words): string[] => {
  const { from, to, length, outages } = episode;
  const [first] = strips[0]?.columns ?? [];
  const last = strips[0]?.columns.at(-1);
  const outagesText = outages === 0 ? '' : `, ${counted(outages, 'outage')}`;
  const axis =
    first === undefined || last === undefined
      ? []
      : [
          `  ${' '.repeat(LABEL_COLUMNS)} ${secondText(words.local(first.from))} to ${secondText(words.local(last.from + width))}, ` +
            `${widthText(width)} a column, full height ${scaleTop} ms`,
        ];
  return [
    `  ${index + 1}. ${words.cause(episode)}: ${words.span(from, to)}, ${durationText(length)}`,
    `     ${worstText(episode)}${outagesText}`,
    ...strips.flatMap((strip) => stripLines(strip, scaleTop, words)),
    ...axis,
    '',
  ];
};

export const worstEpisodeLines = ({ worst }: Report, words: Words): string[] =>
  worst.length === 0
    ? []
    : [
        ...worst.flatMap((one, index) => worstLines(one, index, words)),
        '  bar: p50 of a column   ^ above the scale   x some lost   X half or more lost',
        '  l some late, none lost   / nobody looked',
      ];
