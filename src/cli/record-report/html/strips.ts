// The worst episodes as strips: RTT from below, loss hanging from above, dashed lines where the episode begins and ends.

import { htmlEscape } from 'escape-goat';
import { durationText, widthText } from '../../../view/format.js';
import { secondText } from '../../../view/wall-clock.js';
import type { Report, ReportStrip, ReportWorst, StripColumn } from '../report-model.js';
import { episodeNotes, stripNote } from '../wording/notes.js';
import { rttMs, shareText } from '../wording/words.js';
import type { Words } from '../wording/words.js';

const COLUMN = 10;
const HEIGHT = 60;
/** So that one lost probe of many can be seen. */
const LEAST_MARK = 3;

const columnSvg = (column: StripColumn, i: number, top: number, words: Words): string => {
  const { p50, p95, loss, late, unwatched, from } = column;
  const bar = (name: string, y: number, height: number): string =>
    height <= 0
      ? ''
      : `<rect class="${name}" x="${i * COLUMN}" y="${rounded(y)}" width="${COLUMN - 1}" height="${rounded(height)}"/>`;
  const heightOf = (rtt: number | null): number => (rtt === null ? 0 : Math.max(1, Math.min(1, rtt / top) * HEIGHT));
  const lost = loss === null || loss === 0 ? 0 : Math.max(LEAST_MARK, loss * HEIGHT);
  const lateHeight = late === null || late === 0 ? 0 : Math.max(LEAST_MARK, late * HEIGHT);
  const said = unwatched
    ? 'nobody looked'
    : `${shareText(loss)} lost, ${shareText(late)} late, p50 ${rttMs(p50)}, p95 ${rttMs(p95)}`;
  return [
    '<g>',
    `<title>${htmlEscape(`${secondText(words.local(from))} ${said}`)}</title>`,
    unwatched
      ? bar('snone', 0, HEIGHT)
      : `<rect fill="transparent" x="${i * COLUMN}" y="0" width="${COLUMN}" height="${HEIGHT}"/>`,
    bar('s95', HEIGHT - heightOf(p95), heightOf(p95)),
    bar('s50', HEIGHT - heightOf(p50), heightOf(p50)),
    bar('sloss', 0, lost),
    bar('slate', lost, Math.min(lateHeight, HEIGHT - lost)),
    '</g>',
  ].join('');
};

const rounded = (value: number): number => Number(value.toFixed(1));

const stripHtml = (strip: ReportStrip, { episode, width, scaleTop }: ReportWorst, words: Words): string => {
  const { endpoint, isBlamed, columns } = strip;
  const [first] = columns;
  const bars = columns.map((column, i) => columnSvg(column, i, scaleTop, words)).join('');
  const edges = (first === undefined ? [] : [episode.from, episode.from + episode.length])
    .map((at) => rounded(((at - (first?.from ?? 0)) / width) * COLUMN))
    .map((x) => `<line class="edge" x1="${x}" x2="${x}" y1="0" y2="${HEIGHT}"/>`);
  return `<div class="strip"><div class="name"><b>${htmlEscape(words.name(endpoint))}</b>${isBlamed ? 'blamed' : 'not blamed'}</div>
<svg preserveAspectRatio="none" viewBox="0 0 ${columns.length * COLUMN} ${HEIGHT}" role="img" aria-label="${htmlEscape(words.name(endpoint))}">${bars}${edges.join('')}</svg>
<div class="said">${htmlEscape(stripNote(strip))}</div></div>`;
};

const worstHtml = (worst: ReportWorst, index: number, words: Words): string => {
  const { episode, strips, width, scaleTop } = worst;
  const columns = strips[0]?.columns ?? [];
  const begin = columns[0]?.from ?? episode.from;
  const end = (columns.at(-1)?.from ?? episode.from) + width;
  const title = `${index + 1}. ${words.cause(episode)}: ${words.span(episode.from, episode.to)}, ${durationText(episode.length)}`;
  const axis = [
    secondText(words.local(begin)),
    `${widthText(width)} a column, full height ${scaleTop} ms`,
    secondText(words.local(end)),
  ].map((text) => `<span>${htmlEscape(text)}</span>`);
  return `<div class="worst"><h3>${htmlEscape(title)}</h3><p class="caption">${htmlEscape(episodeNotes(episode, words).join('. '))}</p>
${strips.map((strip) => stripHtml(strip, worst, words)).join('\n')}
<div class="axis">${axis.join('')}</div></div>`;
};

export const worstEpisodesHtml = ({ worst }: Report, words: Words): string => {
  const keys = [
    ['s50', 'p50'],
    ['s95', 'up to p95'],
    ['sloss', 'lost, hanging in proportion'],
    ['slate', 'late'],
    ['snone', 'nobody looked'],
  ].map(([name, text]) => `<span><i class="key ${name}"></i>${text}</span>`);
  return worst.length === 0
    ? ''
    : `<div class="legend">${keys.join('')}</div>${worst.map((one, index) => worstHtml(one, index, words)).join('\n')}`;
};
