// Whether trouble has its hours: on how many of the days that were watched an hour of the day was bad.

import { HOUR } from '../fold/local-spans.js';
import type { Report } from '../report-model.js';
import { DAY_LENGTH } from '../../../view/wall-clock.js';

/** Told of hours that were bad on so many days. */
const FEWEST_DAYS = 2;
/** Bad cells of 15 minutes, of the four that an hour has. */
const FEWEST_CELLS = 2;
const CELLS_AN_HOUR = 4;

export const hoursOfDay = ({ days }: Report): string[] => {
  const hours = Array.from({ length: DAY_LENGTH / HOUR }, (_, hour) => {
    let [bad, watched] = [0, 0];
    for (const { cells } of days) {
      const four = cells.slice(hour * CELLS_AN_HOUR, (hour + 1) * CELLS_AN_HOUR);
      if (four.filter(({ code }) => code !== 'unwatched').length < FEWEST_CELLS) continue;
      watched++;
      if (four.filter(({ worse }) => worse).length >= FEWEST_CELLS) bad++;
    }
    return { hour, bad, watched };
  }).filter(({ bad }) => bad >= FEWEST_DAYS);
  if (hours.length === 0) return [];
  const texts = hours.map(
    ({ hour, bad, watched }) => `${String(hour).padStart(2, '0')} h on ${bad} of ${watched} days`,
  );
  return [`By the hour of the day, worse than usual: ${texts.join(', ')}.`];
};
