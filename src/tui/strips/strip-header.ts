// The line above a strip: who, and the numbers. Narrow panes get shorter captions and fewer numbers, never a number
// that is cut. All strips of a frame use the same variant, so that the numbers stand below each other.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { ProbeState } from '../../events/probe-state.js';
import type { Millis } from '../../events/units.js';
import type { CellGrid, Style } from '../terminal/cells.js';
import { lossText, rttText } from '../../view/format.js';
import { STATISTIC_VIEWS } from '../../view/statistics.js';
import type { Look } from '../terminal/look.js';
import type { EndpointSummary } from '../../view/summaries.js';
import { printable, textWidth } from '../../view/text.js';

type FieldName = 'now' | 'p50' | 'p95' | 'jitter' | 'loss' | '10m' | '1h';

type Field = { name: FieldName; caption: string; unit?: string; width: number };

const rtt = (name: FieldName, caption: string, width: number, unit?: string): Field =>
  unit === undefined ? { name, caption, width } : { name, caption, width, unit };

const now = rtt('now', 'now', 9);
const p50 = rtt('p50', 'p50', 9);
const p95 = rtt('p95', 'p95', 9);

/** Widest first. A field's width holds its longest value and the space to the next one. */
const variants: readonly (readonly Field[])[] = [
  [
    now,
    p50,
    p95,
    rtt('jitter', 'jitter', 17, 'ms'),
    { name: 'loss', caption: 'loss', width: 13 },
    { name: '10m', caption: '10m', width: 12 },
    { name: '1h', caption: '1h', width: 9 },
  ],
  [
    now,
    p50,
    p95,
    rtt('jitter', 'jit', 13, 'ms'),
    { name: 'loss', caption: 'loss', width: 13 },
    { name: '10m', caption: '10m', width: 12 },
    { name: '1h', caption: '1h', width: 9 },
  ],
  [
    now,
    p95,
    rtt('jitter', 'jit', 9),
    { name: 'loss', caption: 'loss', width: 12 },
    { name: '10m', caption: '10m', width: 11 },
    { name: '1h', caption: '1h', width: 9 },
  ],
  [now, p95, { name: 'loss', caption: 'loss', width: 12 }, { name: '10m', caption: '10m', width: 10 }],
  [now, p95, { name: 'loss', caption: 'loss', width: 11 }],
  [now, { name: 'loss', caption: 'loss', width: 11 }],
  [rtt('now', '', 5), { name: 'loss', caption: '', width: 6 }],
];

/** For one-line strips: numbers between the name and the sparkline. */
const compactFields: readonly Field[] = [rtt('now', '', 5), { name: 'loss', caption: '', width: 7 }];

export const fieldsWidth = (fields: readonly Field[]): number => fields.reduce((sum, { width }) => sum + width, 0);

/** A name needn't be whole to be known: this much of it is enough before fields are given up. */
const enoughOfAName = 22;

export type HeaderFields = {
  fields: readonly Field[];
  /** Columns for the name. */
  nameWidth: number;
  /** The same while a column is inspected: its numbers are more. */
  inspectedNameWidth: number;
};

/** From here on there is room for whole names beside the numbers of a column. */
const wideColumns = 108;

/** The richest variant that leaves room for the names: at most `longestShort` columns in short, `longestName` in full. */
export const headerFields = (columns: number, longestShort: number, longestName: number): HeaderFields => {
  const wanted = Math.min(longestShort, enoughOfAName) + 1;
  const fields = variants.find((variant) => columns - fieldsWidth(variant) >= wanted) ?? compactFields;
  const room = columns - fieldsWidth(fields);
  // Not wider than the names need, but on wide panes at the place where it is in the design.
  const nameWidth = Math.min(room, Math.max(longestName + 2, Math.min(29, room)));
  const shortWidth = Math.min(nameWidth, longestShort + 2, Math.max(9, Math.floor(columns / 3)));
  return { fields, nameWidth, inspectedNameWidth: columns >= wideColumns ? nameWidth : shortWidth };
};

export const compactHeader = (columns: number, longestName: number): HeaderFields => {
  const room = Math.max(6, Math.floor(columns * 0.55) - fieldsWidth(compactFields));
  const nameWidth = Math.min(longestName + 1, enoughOfAName, room);
  return { fields: compactFields, nameWidth, inspectedNameWidth: nameWidth };
};

const lossStyle = (loss: number | null, look: Look): Style =>
  loss !== null && loss > 0 ? look.styles.alarm : look.styles.number;

/** The newest probe that has settled. */
export type Newest = { rtt: Millis | null; state: ProbeState | null };

const newestValue = ({ rtt, state }: Newest, look: Look): [string, Style] =>
  rtt === null && state !== null ? ['lost', look.styles.alarm] : [rttText(rtt), look.styles.number];

const valueOf = (name: FieldName, summary: EndpointSummary, newest: Newest, look: Look): [string, Style] => {
  const { number } = look.styles;
  switch (name) {
    case 'now':
      return newestValue(newest, look);
    case 'p50':
      return [rttText(summary.onScreen.p50), number];
    case 'p95':
      return [rttText(summary.onScreen.p95), number];
    case 'jitter':
      return [rttText(summary.onScreen.jitter), number];
    case 'loss':
      return [lossText(summary.onScreen.loss), lossStyle(summary.onScreen.loss, look)];
    case '10m':
      return [lossText(summary.tenMinutes.loss), lossStyle(summary.tenMinutes.loss, look)];
    case '1h':
      return [lossText(summary.hour.loss), lossStyle(summary.hour.loss, look)];
  }
};

/** The longest wording that there is room for. */
const removedWithin = (removed: string, width: number): string =>
  [removed, 'removed'].find((text) => textWidth(text) <= width) ?? '';

/** Draws the fields from column `x` on. Where the endpoint was removed, that stands in the place of the first ones. */
export const drawFields = (
  grid: CellGrid,
  x: number,
  y: number,
  fields: readonly Field[],
  summary: EndpointSummary,
  newest: Newest,
  look: Look,
  removed: string | null = null,
): void => {
  let column = x;
  let free = x;
  if (removed !== null) {
    const text = removedWithin(removed, fieldsWidth(fields) - 1);
    free = grid.text(x, y, text, look.styles.caption) + 1;
  }
  for (const field of fields) {
    if (column < free) {
      column += field.width;
      continue;
    }
    const [value, style] = valueOf(field.name, summary, newest, look);
    let at = column;
    if (field.caption !== '') at = grid.text(at, y, field.caption, look.styles.caption) + 1;
    at = grid.text(at, y, value, style);
    if (field.unit !== undefined) grid.text(at + 1, y, field.unit, look.styles.caption);
    column += field.width;
  }
};

type InspectionField = {
  caption: string;
  value: string;
  style: Style;
  /** Given up in this order, highest first. */ rank: number;
};

const inspectionFields = (stats: EpochStats, look: Look): InspectionField[] => {
  const { number, alarm, late, caption } = look.styles;
  const { counts } = stats;
  const lost = counts.lost + counts.unreachable;
  const fields: InspectionField[] = [
    { caption: 'slots', value: String(stats.slots), style: number, rank: 6 },
    { caption: 'lost', value: String(lost), style: lost > 0 ? alarm : number, rank: 0 },
    { caption: 'late', value: String(counts.late), style: counts.late > 0 ? late : number, rank: 5 },
  ];
  if (counts.unsent > 0) fields.push({ caption: 'unsent', value: String(counts.unsent), style: alarm, rank: 1 });
  if (stats.error !== null) {
    fields.push({ caption: '', value: printable(stats.error, look.glyphs.unicode), style: alarm, rank: 7 });
  }
  if (stats.p50 !== null) {
    for (const { statistic, caption: name, rank } of STATISTIC_VIEWS) {
      if (rank !== null) fields.push({ caption: name, value: rttText(stats[statistic]), style: number, rank });
    }
  }
  if (stats.coarse) fields.push({ caption: '', value: 'coarse', style: caption, rank: 9 });
  return fields;
};

const inspectionWidth = (fields: readonly InspectionField[]): number =>
  fields.reduce((sum, { caption, value }) => sum + (caption === '' ? 0 : caption.length + 1) + textWidth(value) + 2, 0);

/** The column under the cursor in words: as many fields as fit between `x` and `end`. */
export const drawInspection = (
  grid: CellGrid,
  x: number,
  y: number,
  end: number,
  stats: EpochStats,
  look: Look,
): void => {
  if (stats.slots === 0) {
    const text = stats.gap > 0 ? 'not collecting' : 'no data';
    if (text.length <= end - x) grid.text(x, y, text, look.styles.caption, end);
    return;
  }
  let fields = inspectionFields(stats, look);
  while (fields.length > 1 && inspectionWidth(fields) - 2 > end - x) {
    const worst = Math.max(...fields.map(({ rank }) => rank));
    fields = fields.filter(({ rank }) => rank !== worst);
  }
  let column = x;
  for (const { caption, value, style } of fields) {
    if (caption !== '') column = grid.text(column, y, caption, look.styles.caption, end) + 1;
    column = grid.text(column, y, value, style, end) + 2;
  }
};
