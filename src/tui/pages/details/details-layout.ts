// Which row of the page of one endpoint belongs to what, from top to bottom.

import { detailRows } from '../../../view/details/detail-rows.js';
import type { DetailBlock } from '../../../view/details/detail-rows.js';

export type DetailsLayout = {
  titleRow: number;
  factsRow: number | null;
  /** Captions of the spans; the statistics follow. Null where there is no room for them. */
  numbersRow: number | null;
  /** Whether there is room for all statistics. */
  allNumbers: boolean;
  runsRow: number | null;
  stripTop: number;
  stripRows: number;
  lossesRow: number | null;
  faultRow: number | null;
  axisRow: number | null;
  probesRow: number | null;
  /** First row of days; the hours are below the last. Null where there are none. */
  daysRow: number | null;
  days: number;
  keysRow: number | null;
};

/** `most`: how many days there are to be shown. */
export const layoutDetails = (rows: number, most: number): DetailsLayout => {
  const { blocks, stripRows } = detailRows(rows, most);
  let next = 0;
  const take = (block: DetailBlock, count = 1): number | null => {
    if (!blocks.has(block)) return null;
    next += count;
    return next - count;
  };
  const allNumbers = blocks.has('more numbers');
  const titleRow = take('title') ?? 0;
  const factsRow = take('facts');
  const numbersRow = take('numbers', allNumbers ? 6 : 3);
  const runsRow = take('runs');
  const stripTop = next;
  next += stripRows;
  const lossesRow = take('losses');
  const faultRow = take('faults');
  const axisRow = take('axis');
  const probesRow = take('probes');
  const days = blocks.has('days') ? most : Math.min(1, most);
  const daysRow = take('today', days + 1);
  const keysRow = take('keys');
  return {
    titleRow,
    factsRow,
    numbersRow,
    allNumbers,
    runsRow,
    stripTop,
    stripRows,
    lossesRow,
    faultRow,
    axisRow,
    probesRow,
    daysRow,
    days,
    keysRow,
  };
};
