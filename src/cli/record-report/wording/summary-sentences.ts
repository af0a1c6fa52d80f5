// The report in a few sentences: whose fault, how long, how bad; which hours were worse than usual; who was clean meanwhile.

import { durationText } from '../../../view/format.js';
import { hoursOfDay } from './hours-of-day.js';
import { QUARTER } from '../fold/local-spans.js';
import type { Report, ReportCause, ReportStretch } from '../report-model.js';
import {
  CAUSE_WORDS,
  countText,
  episodesText,
  everyText,
  lostOf,
  partText,
  shareText,
  watchedText,
  worstText,
} from './words.js';
import type { Words } from './words.js';

const MOST_STRETCHES = 7;
const MOST_NAMES = 4;

export const summarySentences = (report: Report, words: Words): string[] => {
  const { causes, endpoints, stretches } = report;
  if (endpoints.length === 0) return ['Nothing was watched.'];
  return [
    ...(causes.length === 0 ? ['No episode: nothing lasting was found wrong.'] : []),
    ...causes.map(causeText),
    ...stretches.slice(-MOST_STRETCHES).map((stretch) => stretchText(stretch, words)),
    ...(stretches.length > MOST_STRETCHES
      ? [`Those are the newest ${MOST_STRETCHES} of ${stretches.length} such times.`]
      : []),
    ...hoursOfDay(report),
    `Over all of it: ${endpoints
      .slice(0, MOST_NAMES * 2)
      .map(
        ({ label, total }) =>
          `${label} ${shareText(total.loss)} lost (${countText(lostOf(total))} of ${countText(total.slots)})`,
      )
      .join('; ')}.`,
    `Watched: ${words.names(
      endpoints.map(({ id }) => id),
      MOST_NAMES,
    )}, ${everyText(endpoints)}, for ${watchedText(report)}.`,
  ];
};

/** `The line or the provider: 3 episodes, 3 h 3 m in all, ...; worst 30.0 % lost over 10 s, p50 105 ms.` */
const causeText = (cause: ReportCause): string => {
  const { code, episodes, length, lengthWithStretches } = cause;
  const worst = worstText(cause);
  const stayed = `, ${durationText(lengthWithStretches)} with the time that it stayed worse than usual`;
  // Half hours are rounded to quarters: less than one more is none.
  const more = lengthWithStretches - length >= QUARTER ? stayed : '';
  const how = `${episodesText(episodes)}, ${durationText(length)} in all${more}${worst === '' ? '' : `; worst ${worst}`}`;
  return `${capital(CAUSE_WORDS[code])}: ${how}.`;
};

/** `Worse than usual Fri 20 Nov 19:00 to 22:30 (3 h 30 m), the line or the provider: isp 2.0 % lost, ...; clean: gateway ...` */
const stretchText = (stretch: ReportStretch, words: Words): string => {
  const { from, to, code, parts } = stretch;
  const seen = parts.filter(({ slots }) => slots > 0);
  const bad = seen.filter(({ isBad }) => isBad);
  const clean = seen.filter(({ isBad }) => !isBad);
  const told = (some: typeof parts): string =>
    some
      .slice(0, MOST_NAMES)
      .map((part) => `${words.name(part.endpoint)} ${partText(part)}`)
      .join('; ');
  const cause = code === null ? '' : `, ${CAUSE_WORDS[code]}`;
  const meanwhile = clean.length === 0 ? '' : `. Meanwhile as usual: ${told(clean)}`;
  return `Worse than usual ${words.quarters(stretch)} (${durationText(to - from)})${cause}: ${told(bad.length === 0 ? seen : bad)}${meanwhile}.`;
};

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
