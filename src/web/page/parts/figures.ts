// The numbers above a strip: those of now, or those of the column under the cursor, all of them as the record has them.

import type { Millis } from '../../../events/units.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { recentLength } from '../../../view/verdict/current-verdict.js';
import { durationText, lossText, preciseRttText, rttText, widthText } from '../../../view/format.js';
import { STATISTIC_VIEWS } from '../../../view/statistics.js';
import { errorText } from '../../../view/outage-text.js';
import type { WireEndpoint, WireSpan } from '../../wire/answers.js';

const MINUTE: Millis = 60_000;

export type Figure = {
  readonly caption: string;
  readonly value: string;
  /** What is to be seen at a glance. */
  readonly kind?: 'lost' | 'late';
  /** The first to go where there is little room. */
  readonly isMinor?: true;
};

const lossFigure = (loss: number | null, caption: string): Figure => ({
  caption,
  value: lossText(loss),
  ...((loss ?? 0) > 0 ? { kind: 'lost' as const } : {}),
});

const lateShare = ({ answered, late, lost, unreachable, unsent }: WireSpan): number => {
  const settled = answered + late + lost + unreachable + unsent;
  return settled === 0 ? 0 : late / settled;
};

/** In whole minutes, from one on: it grows each second. */
const spanText = (length: Millis): string =>
  durationText(length < MINUTE ? length : Math.floor(length / MINUTE) * MINUTE);

/** Of the last 10 s, what is usual, and the loss of the last hour. */
export const figuresOfNow = (endpoint: WireEndpoint): Figure[] => {
  const { recent, usualP50, baseline, long } = endpoint;
  const late = lateShare(recent);
  return [
    {
      caption: `last ${widthText(recentLength(endpoint))}`,
      value: recent.p50 === null ? '-' : `${rttText(recent.p50)} ms`,
    },
    { caption: 'usual', value: rttText(usualP50 ?? baseline) },
    { caption: 'jitter', value: rttText(recent.jitter), isMinor: true },
    lossFigure(recent.loss, 'loss'),
    ...(late === 0 ? [] : [{ caption: 'late', value: lossText(late), kind: 'late' as const }]),
    ...(long === null
      ? []
      : [{ caption: `loss ${spanText(long.length)}`, value: lossText(long.loss), isMinor: true as const }]),
  ];
};

/** Of one column. @param column undefined while it hasn't come yet */
export const figuresOfColumn = (column: EpochStats | undefined): Figure[] => {
  if (column === undefined) return [{ caption: '', value: '…' }];
  const { slots, counts, gap, error, coarse } = column;
  if (slots === 0) return [{ caption: gap > 0 ? 'nobody looked' : 'no probes', value: '' }];
  const { answered, late, lost, unreachable, unsent, inFlight } = counts;
  const counted = (caption: string, value: number, kind?: Figure['kind']): Figure => ({
    caption,
    value: String(value),
    ...(value > 0 && kind !== undefined ? { kind } : {}),
  });
  return [
    counted('probes', slots),
    counted('answered', answered),
    counted('lost', lost + unreachable, 'lost'),
    ...(unsent > 0 ? [counted('unsent', unsent, 'lost')] : []),
    ...(late > 0 ? [counted('late', late, 'late')] : []),
    ...(inFlight > 0 ? [counted('in flight', inFlight)] : []),
    ...STATISTIC_VIEWS.map(({ statistic, caption }) => ({ caption, value: preciseRttText(column[statistic]) })),
    ...(error === null ? [] : [{ caption: '', value: errorText(error) }]),
    ...(coarse ? [{ caption: 'of a longer span', value: '' }] : []),
  ];
};
