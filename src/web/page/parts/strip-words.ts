// What a strip shows, for whoever can't see it: one or two sentences about the columns on the screen.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { UnixMillis } from '../../../events/units.js';
import { counted, lossText, rttText, widthText } from '../../../view/format.js';
import type { Window } from '../../../view/time-axis.js';

export const stripWords = (
  name: string,
  window: Window,
  columns: readonly (EpochStats | undefined)[],
  timeText: (at: UnixMillis) => string,
): string => {
  const known = columns.filter((column) => column !== undefined && column.slots > 0) as EpochStats[];
  const head = `${name}, ${counted(window.columns, 'column')} of ${widthText(window.width)}`;
  if (known.length === 0) return `${head}: no probes`;
  const medians = known.flatMap(({ p50 }) => p50 ?? []);
  const rtt =
    medians.length === 0
      ? 'no answers'
      : `p50 from ${rttText(Math.min(...medians))} to ${rttText(Math.max(...medians))} ms`;
  const lossy = known.filter(({ loss }) => (loss ?? 0) > 0);
  const worst = lossy.reduce<EpochStats | null>((a, b) => (a === null || (b.loss ?? 0) > (a.loss ?? 0) ? b : a), null);
  const loss =
    worst === null
      ? 'no loss'
      : `${counted(lossy.length, 'column')} with loss, the worst ${lossText(worst.loss)} at ${timeText(worst.from)}`;
  const late = known.reduce((sum, { counts }) => sum + counts.late, 0);
  const gaps = columns.filter((column) => column !== undefined && column.gap > 0).length;
  return [
    `${head}: ${rtt}`,
    loss,
    ...(late > 0 ? [`${late} late`] : []),
    ...(gaps > 0 ? [`${counted(gaps, 'column')} in which nobody looked`] : []),
  ].join('; ');
};
