// The episodes summed up by whose fault they were, longest first.

import type { Millis } from '../../../events/units.js';
import type { BlameCode } from '../../../view/days/day-cells.js';
import type { Span } from './presence.js';
import type { ReportCause, ReportEpisode, ReportStretch } from '../report-model.js';

export const causesOf = (episodes: readonly ReportEpisode[], stretches: readonly ReportStretch[]): ReportCause[] => {
  const byCode = new Map<BlameCode, ReportEpisode[]>();
  for (const episode of episodes) {
    const own = byCode.get(episode.code);
    if (own === undefined) byCode.set(episode.code, [episode]);
    else own.push(episode);
  }
  return [...byCode]
    .map(([code, own]): ReportCause => ({
      code,
      episodes: own.length,
      length: own.reduce((sum, { length }) => sum + length, 0),
      lengthWithStretches: coveredBy([
        ...own.map(({ from, length }) => ({ from, to: from + length })),
        ...stretches.filter((stretch) => stretch.code === code),
      ]),
      worstLoss: highest(own.map(({ worstLoss }) => worstLoss)),
      worstP50: highest(own.map(({ worstP50 }) => worstP50)),
    }))
    .sort((a, b) => b.lengthWithStretches - a.lengthWithStretches);
};

/** How long at least one of them lasted. */
const coveredBy = (spans: readonly Span[]): Millis => {
  let sum = 0;
  let end = -Infinity;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
};

const highest = (values: readonly (number | null)[]): number | null =>
  values.reduce((high, value) => (high === null || value === null ? (high ?? value) : Math.max(high, value)), null);
