// What stands below the tables, in sentences: the same in text and on the page.

import { counted, durationText, widthText } from '../../../view/format.js';
import type { Report, ReportEpisode, ReportStrip } from '../report-model.js';
import type { HoursTold } from './bad-hours.js';
import { countText, lostOf, rttMs, shareText, unknownOf, worstText } from './words.js';
import type { Words } from './words.js';

const MOST_NAMES = 6;

export const totalsNotes = ({ endpoints }: Report): string[] => [
  'RTTs in ms. Lost: no reply at all. Late: a reply after the timeout, which is no loss.',
  ...endpoints.flatMap(({ label, total, duplicates, rejected }) => {
    const { unreachable, unsent } = total.counts;
    const parts: string[] = [];
    if (unreachable > 0) parts.push(`${countText(unreachable)} of the lost refused by a router or host`);
    if (unsent > 0) parts.push(`${countText(unsent)} of the lost could not be sent by this machine`);
    const unknown = unknownOf(total);
    if (unknown > 0)
      parts.push(`${countText(unknown)} unknown, on their way when the machine slept or the record ended`);
    if (duplicates > 0) parts.push(`${countText(duplicates)} answered twice`);
    if (rejected > 0) parts.push(`${countText(rejected)} false ${rejected === 1 ? 'reply' : 'replies'} rejected`);
    return parts.length === 0 ? [] : [`${label}: ${parts.join('; ')}.`];
  }),
];

export const hoursNotes = ({ others, othersLoss, bad }: HoursTold, shown: number): string[] => [
  ...(shown < bad.length ? [`The ${shown} worst of ${bad.length}; --json and --html have them all.`] : []),
  ...(others === 0
    ? []
    : [
        `In ${bad.length === 0 ? 'all' : 'all other'} hours, ${countText(others)} counted at each endpoint by itself: ` +
          `available 100 %, at most ${shareText(othersLoss)} lost.`,
      ]),
];

export const qualityNotes = ({ quality: { worst, every } }: Report, words: Words): string[] => [
  `Shares of the time watched, one estimate every ${widthText(every)}, of the worst endpoint behind the own router. ` +
    'No estimate: nothing was answered, or too little was sent.',
  ...(worst === null
    ? []
    : [
        `Worst: R ${worst.r.toFixed(0)} (MOS ${worst.mos.toFixed(1)}, ${worst.word}) at ${words.instant(worst.at)}, ${words.name(worst.endpoint)}.`,
      ]),
  'By the E-model (ITU-T G.107), from ping: good from R 80, fair from 70, poor from 60.',
];

export const howNotes = (report: Report): string[] => {
  const { timeout, clock, wifi, gaps, gapCount, gapTime, record, recordedWith, masked, detailed, endpoints } = report;
  const writer = recordedWith.length === 0 ? '' : `, written by pingem ${recordedWith.join(', ')}`;
  const some = gaps.length < gapCount ? `; the ${gaps.length} longest` : '';
  const signal = wifi === null ? '' : `, over Wi-Fi (${wifi.weakestDbm} to ${wifi.strongestDbm} dBm)`;
  return [
    `Each probe is a ping (ICMP echo). Without a reply within ${widthText(timeout)} it is lost; one that is answered after that ` +
      'is late, not lost.',
    'Available: the share of the time watched that lies in no outage. An outage is three probes in a row, and at least a ' +
      'second, without a reply.',
    `From one machine${signal}; replies stamped by ${clock === 'kernel' ? 'the kernel' : 'the program'}.`,
    ...(record === null ? [] : [`Record: ${record}${writer}.`]),
    ...(masked ? ['Names and addresses are masked: the same one always by the same word.'] : []),
    ...(detailed < endpoints.length
      ? [`Of ${endpoints.length} endpoints the first ${detailed} are told by the day and by the hour.`]
      : []),
    gapCount === 0
      ? 'Somebody looked all the time: no gaps.'
      : `Nobody looked in ${counted(gapCount, 'gap')}, ${durationText(gapTime)} in all${some}:`,
  ];
};

/** Below the line that says when and whose. */
export const episodeNotes = (episode: ReportEpisode, words: Words): string[] => {
  const { endpoints, outages, evidence } = episode;
  const worst = [worstText(episode), ...(outages === 0 ? [] : [counted(outages, 'outage')])].filter(
    (text) => text !== '',
  );
  return [
    ...(worst.length === 0 ? [] : [`worst: ${worst.join(', ')}`]),
    `at: ${words.names(endpoints, MOST_NAMES)}`,
    ...(evidence.length === 0 ? [] : [`because, when it was said: ${evidence.join('; ')}`]),
  ];
};

/** What a strip comes to: `67 of 3,659 lost (1.83 %), p50 72.9 ms`. */
export const stripNote = ({ account }: ReportStrip): string => {
  const late = account.counts.late === 0 ? '' : `, ${countText(account.counts.late)} late`;
  const lost = `${countText(lostOf(account))} of ${countText(account.slots)} lost (${shareText(account.loss)})`;
  return `${lost}${late}, p50 ${rttMs(account.p50)}`;
};
