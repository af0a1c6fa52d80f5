// The columns of the table of hops: which of them there is room for, and how wide each is.

import { lossText, rttText } from '../../../view/format.js';
import { textWidth } from '../../../view/text.js';
import type { PathRow } from './path-rows.js';

export type Column = {
  caption: string;
  width: number;
  /** Text stands on the left, numbers on the right. */
  side: 'left' | 'right';
  textOf: (row: PathRow) => string;
};

const shareText = (row: PathRow, count: number): string => {
  const { slots, counts } = row.stats;
  const settled = slots - counts.inFlight - counts.void;
  return settled === 0 ? '-' : lossText(count / settled);
};

const hopText = ({ hop }: PathRow): string => (hop === null ? '' : String(hop));
const addressText = ({ address, isSilent }: PathRow): string => address ?? (isSilent ? '(silent)' : '');
const lastText = ({ lastRtt, lastState }: PathRow): string =>
  lastRtt === null && lastState !== null ? 'lost' : rttText(lastRtt);

const NUMBER = 7;

const number = (caption: string, textOf: Column['textOf']): Column => ({
  caption,
  width: NUMBER,
  side: 'right',
  textOf,
});

const LOST = number('lost', (row) =>
  shareText(row, row.stats.counts.lost + row.stats.counts.unreachable + row.stats.counts.unsent),
);
const LATE = number('late', (row) => shareText(row, row.stats.counts.late));
const LAST = number('last', lastText);
const P50 = number('p50', ({ stats }) => rttText(stats.p50));
const P95 = number('p95', ({ stats }) => rttText(stats.p95));
const JITTER = number('jitter', ({ stats }) => rttText(stats.jitter));

/** From the poorest to the richest, where there is room for a strip beside them. */
const NUMBERS: readonly (readonly Column[])[] = [
  [LOST, P50],
  [LOST, LAST, P50],
  [LOST, LAST, P50, P95],
  [LOST, LATE, LAST, P50, P95, JITTER],
];

/** A strip that is narrower says nothing. */
const LEAST_STRIP = 8;
/** Narrower tables have loss alone. */
const ONE_NUMBER = 27;
/** Narrower tables have none. */
const NO_STRIP = 36;
/** From here on, names take what is left. */
const ENOUGH_STRIP = 12;
const LONGEST_NAME = 40;

const widthOf = (columns: readonly Column[]): number => columns.reduce((sum, { width }) => sum + width + 1, 0);

/** What stands in front of the strip in a table that is `columns` wide. */
export const tableColumns = (columns: number, rows: readonly PathRow[]): readonly Column[] => {
  const widest = (textOf: Column['textOf'], most: number): number =>
    Math.min(
      most,
      rows.reduce((width, row) => Math.max(width, textWidth(textOf(row))), 0),
    );
  const hop: Column = { caption: '', width: 2, side: 'right', textOf: hopText };
  const widestAddress = Math.max(7, widest(addressText, 39));
  const address: Column = { caption: 'address', width: widestAddress, side: 'left', textOf: addressText };
  const name: Column = {
    caption: 'name',
    width: widest(({ name: text }) => text, LONGEST_NAME),
    side: 'left',
    textOf: (row) => row.name,
  };
  const named = name.width === 0 ? [] : [name];
  for (const numbers of NUMBERS.toReversed()) {
    const without = [hop, address, ...numbers];
    const withName = [hop, address, ...named, ...numbers];
    if (widthOf(withName) + ENOUGH_STRIP <= columns) return withName;
    if (widthOf(without) + ENOUGH_STRIP <= columns) return without;
  }
  const least = columns < ONE_NUMBER ? [LOST] : [LOST, P50];
  const room = columns - widthOf([hop, ...least]) - 1 - (columns < NO_STRIP ? 0 : LEAST_STRIP);
  return [hop, { ...address, width: Math.max(4, Math.min(widestAddress, room)) }, ...least];
};
