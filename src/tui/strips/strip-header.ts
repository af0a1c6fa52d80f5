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

type FieldName = 'now' | 'recent' | 'usual' | 'jitter' | 'loss' | 'late' | '1h';

type Field = { name: FieldName; caption: string; unit?: string; width: number };

/** The caption is how long "recent" is: `10 s`. */
const recent: Field = { name: 'recent', caption: '', width: 12 };
const usual: Field = { name: 'usual', caption: 'usual', width: 12 };
const loss: Field = { name: 'loss', caption: 'loss', width: 13 };
const hour: Field = { name: '1h', caption: '1h', width: 9 };
/** Drawn only where some replies were late. */
const late: Field = { name: 'late', caption: 'late', width: 12 };
const now: Field = { name: 'now', caption: 'now', width: 9 };

/** Widest first. A field's width holds its longest value and the space to the next one. */
const variants: readonly (readonly Field[])[] = [
  [now, recent, usual, { name: 'jitter', caption: 'jitter', width: 17, unit: 'ms' }, loss, late, hour],
  [recent, usual, { name: 'jitter', caption: 'jit', width: 13, unit: 'ms' }, loss, late, hour],
  [recent, usual, { name: 'jitter', caption: 'jit', width: 9 }, loss, hour],
  [recent, usual, loss, hour],
  [recent, usual, { ...loss, width: 11 }],
  [recent, { ...loss, width: 11 }],
  [
    { ...now, caption: '', width: 5 },
    { name: 'loss', caption: '', width: 6 },
  ],
];

/** For one-line strips: numbers between the name and the sparkline. */
const compactFields: readonly Field[] = [
  { ...now, caption: '', width: 5 },
  { name: 'loss', caption: '', width: 7 },
];

export const fieldsWidth = (fields: readonly Field[]): number => fields.reduce((sum, { width }) => sum + width, 0);

/** A name needn't be whole to be known: this much of it is enough before fields are given up. */
const ENOUGH_OF_ANAME = 22;

export type HeaderFields = {
  fields: readonly Field[];
  /** Columns for the name. */
  nameWidth: number;
  /** The same while a column is inspected: its numbers are more. */
  inspectedNameWidth: number;
};

/** From here on there is room for whole names beside the numbers of a column. */
const WIDE_COLUMNS = 108;

/** The richest variant that leaves room for the names: at most `longestShort` columns in short, `longestName` in full. */
export const headerFields = (columns: number, longestShort: number, longestName: number): HeaderFields => {
  const wanted = Math.min(longestShort, ENOUGH_OF_ANAME) + 1;
  const fields = variants.find((variant) => columns - fieldsWidth(variant) >= wanted) ?? compactFields;
  const room = columns - fieldsWidth(fields);
  // Not wider than the names need, but on wide panes at the place where it is in the design.
  const nameWidth = Math.min(room, Math.max(longestName + 2, Math.min(29, room)));
  const shortWidth = Math.min(nameWidth, longestShort + 2, Math.max(9, Math.floor(columns / 3)));
  return { fields, nameWidth, inspectedNameWidth: columns >= WIDE_COLUMNS ? nameWidth : shortWidth };
};

export const compactHeader = (columns: number, longestName: number): HeaderFields => {
  const room = Math.max(6, Math.floor(columns * 0.55) - fieldsWidth(compactFields));
  const nameWidth = Math.min(longestName + 1, ENOUGH_OF_ANAME, room);
  return { fields: compactFields, nameWidth, inspectedNameWidth: nameWidth };
};

const lossStyle = (loss: number | null, look: Look): Style =>
  loss !== null && loss > 0 ? look.styles.alarm : look.styles.number;

/** The newest probe that has settled. */
export type Newest = { rtt: Millis | null; state: ProbeState | null };

const newestValue = ({ rtt, state }: Newest, look: Look): [string, Style] =>
  rtt === null && state !== null ? ['lost', look.styles.alarm] : [rttText(rtt), look.styles.number];

/** What the fields are made of. */
export type HeaderValues = {
  summary: EndpointSummary;
  newest: Newest;
  recentLength: Millis;
  usualP50: Millis | null;
};

const lateShare = ({ slots, counts }: EpochStats): number => {
  const settled = slots - counts.inFlight - counts.void;
  return settled === 0 ? 0 : counts.late / settled;
};

/** Null where the field is left out. */
const valueOf = (name: FieldName, values: HeaderValues, look: Look): [string, Style] | null => {
  const { number } = look.styles;
  const { summary, newest, usualP50 } = values;
  switch (name) {
    case 'now':
      return newestValue(newest, look);
    case 'recent':
      return [rttText(summary.recent.p50), number];
    case 'usual':
      return [rttText(usualP50), number];
    case 'jitter':
      return [rttText(summary.recent.jitter), number];
    case 'loss':
      return [lossText(summary.recent.loss), lossStyle(summary.recent.loss, look)];
    case 'late': {
      const share = lateShare(summary.recent);
      return share === 0 ? null : [lossText(share), look.styles.late];
    }
    case '1h':
      return [lossText(summary.hour.loss), lossStyle(summary.hour.loss, look)];
  }
};

/** `10 s`, `100 s`, `20 m`, `20 h`: at most five characters. */
const spanCaption = (span: Millis): string => {
  const seconds = Math.round(span / 1000);
  if (seconds < 1000) return `${seconds} s`;
  return seconds < 60_000 ? `${Math.round(seconds / 60)} m` : `${Math.round(seconds / 3600)} h`;
};

/** The longest wording that there is room for. */
const within = (remark: readonly string[], width: number): string =>
  remark.find((text) => textWidth(text) <= width) ?? '';

/** Draws the fields from column `x` on. A remark, from its longest form to its shortest, stands in the place of the first ones. */
export const drawFields = (
  grid: CellGrid,
  x: number,
  y: number,
  fields: readonly Field[],
  values: HeaderValues,
  look: Look,
  remark: readonly string[] = [],
): void => {
  let column = x;
  let free = x;
  if (remark.length > 0) {
    free = grid.text(x, y, within(remark, fieldsWidth(fields) - 1), look.styles.caption) + 1;
  }
  for (const field of fields) {
    if (column < free) {
      column += field.width;
      continue;
    }
    const shown = valueOf(field.name, values, look);
    let at = column;
    column += field.width;
    if (shown === null) continue;
    const caption = field.name === 'recent' ? spanCaption(values.recentLength) : field.caption;
    if (caption !== '') at = grid.text(at, y, caption, look.styles.caption) + 1;
    at = grid.text(at, y, ...shown);
    if (field.unit !== undefined) grid.text(at + 1, y, field.unit, look.styles.caption);
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
