// The line above a strip: who, how it is, and the numbers. Narrow panes get shorter captions and fewer numbers, never a number
// that is cut. All strips of a frame use the same variant, so that the numbers stand below each other.

import type { ProbeState } from '../../events/probe-state.js';
import type { Millis } from '../../events/units.js';
import { rttText, shareText } from '../../view/format.js';
import { failedShare } from '../../view/wall/spans.js';
import { lateShare } from '../../view/details/late-share.js';
import type { EndpointSummary } from '../../view/summaries.js';
import { WORD_COLUMNS } from '../../view/wall/endpoint-words.js';
import type { StateWord } from '../../view/wall/endpoint-words.js';
import { textWidth } from '../../view/text.js';
import { nameWidth as nameWidthOf } from './endpoint-name.js';
import type { NameColumns } from './endpoint-name.js';
import { styleOf } from '../terminal/cells.js';
import type { CellGrid, Style } from '../terminal/cells.js';
import type { Look } from '../terminal/look.js';

type FieldName = 'state' | 'recent' | 'usual' | 'jitter' | 'loss' | 'late' | 'long';

export type Field = {
  name: FieldName;
  /** Before the value; that of `recent` and of `long` is how long it is. */
  caption: 'none' | 'short' | 'whole';
  /** Columns, with the space to the next one. */
  width: number;
  /** Only a part of it: the worst time is left out. */
  isBrief?: true;
  /** Of loss: late ones are counted in, as there is no room for a number of their own. */
  withLate?: true;
};

const state: Field = { name: 'state', caption: 'none', width: WORD_COLUMNS + 2 };
const recent: Field = { name: 'recent', caption: 'whole', width: 20 };
const shortRecent: Field = { name: 'recent', caption: 'short', width: 14 };
const usual: Field = { name: 'usual', caption: 'whole', width: 12 };
const jitter: Field = { name: 'jitter', caption: 'whole', width: 13 };
const loss: Field = { name: 'loss', caption: 'whole', width: 12 };
const late: Field = { name: 'late', caption: 'whole', width: 12 };
const long: Field = { name: 'long', caption: 'whole', width: 24 };
const briefLong: Field = { name: 'long', caption: 'whole', width: 11, isBrief: true };

/** Widest first. */
const VARIANTS: readonly (readonly Field[])[] = [
  [state, recent, usual, jitter, loss, late, long],
  [state, shortRecent, usual, jitter, loss, late, long],
  [state, shortRecent, usual, jitter, loss, late, briefLong],
  [state, shortRecent, usual, loss, late, briefLong],
  [state, shortRecent, usual, loss, late],
  [shortRecent, usual, loss],
  [shortRecent, loss],
  [
    { ...recent, caption: 'none', width: 8 },
    { ...loss, caption: 'none', width: 6 },
  ],
];

const value = (name: FieldName, width: number): Field => ({ name, caption: 'none', width });

/** One-line strips: numbers in columns, with their captions in a row above all of them. */
const LINE_VARIANTS: readonly (readonly Field[])[] = [
  [
    state,
    value('recent', 7),
    value('usual', 7),
    value('jitter', 7),
    value('loss', 7),
    value('late', 7),
    value('long', 7),
  ],
  [state, value('recent', 7), value('usual', 7), value('loss', 7), value('late', 7)],
  [value('recent', 6), value('usual', 6), { ...value('loss', 6), withLate: true }],
  [value('recent', 6), { ...value('loss', 6), withLate: true }],
  [value('recent', 6)],
];

export const fieldsWidth = (fields: readonly Field[]): number => fields.reduce((sum, { width }) => sum + width, 0);

/** A name needn't be whole to be known: this much of it is enough before fields are given up. */
const ENOUGH_OF_ANAME = 22;

export type HeaderFields = {
  fields: readonly Field[];
  names: NameColumns;
  /** Columns for the name. */
  nameWidth: number;
  /** The same while a column is inspected: its numbers are more. */
  inspectedNameWidth: number;
};

/** What there is to be shown at any of the endpoints; a field of nothing takes no room. */
export type HeaderWishes = {
  longestShort: number;
  names: NameColumns;
  hasStates: boolean;
  hasLate: boolean;
  hasLong: boolean;
};

const wantedOf = (fields: readonly Field[], { hasStates, hasLate, hasLong }: HeaderWishes): Field[] =>
  fields.filter(
    ({ name }) => (name !== 'state' || hasStates) && (name !== 'late' || hasLate) && (name !== 'long' || hasLong),
  );

/** From here on there is room for whole names beside the numbers of a column. */
const WIDE_COLUMNS = 108;

/** The richest variant that leaves room for the names. */
export const headerFields = (columns: number, wishes: HeaderWishes): HeaderFields => {
  const { longestShort, names } = wishes;
  const least = Math.min(longestShort, ENOUGH_OF_ANAME) + 1;
  const variants = VARIANTS.map((variant) => wantedOf(variant, wishes));
  const fields = variants.find((variant) => columns - fieldsWidth(variant) >= least) ?? variants.at(-1) ?? [];
  const nameWidth = Math.max(1, Math.min(columns - fieldsWidth(fields), nameWidthOf(names) + 2));
  const shortWidth = Math.min(nameWidth, longestShort + 2, Math.max(9, Math.floor(columns / 3)));
  return { fields, names, nameWidth, inspectedNameWidth: columns >= WIDE_COLUMNS ? nameWidth : shortWidth };
};

/** Columns that the chart of a one-line strip is to have at least, as a share of the pane. */
const LEAST_CHART = 0.3;

export const lineFields = (columns: number, wishes: HeaderWishes): HeaderFields => {
  const least = Math.min(wishes.longestShort, 10) + 1;
  const variants = LINE_VARIANTS.map((variant) => wantedOf(variant, wishes));
  const room = (fields: readonly Field[]): number => Math.floor(columns * (1 - LEAST_CHART)) - 1 - fieldsWidth(fields);
  const fields = variants.find((variant) => room(variant) >= least) ?? variants.at(-1) ?? [];
  const nameWidth = Math.max(4, Math.min(wishes.longestShort + 1, ENOUGH_OF_ANAME, room(fields)));
  return { fields, names: wishes.names, nameWidth, inspectedNameWidth: nameWidth };
};

/** The newest probe that has settled. */
export type Newest = { rtt: Millis | null; state: ProbeState | null };

/** What the fields are made of. */
export type HeaderValues = {
  /** Null where nothing was said of it. */
  state: StateWord | null;
  summary: EndpointSummary;
  recentLength: Millis;
  usualP50: Millis | null;
  /** How long the long window is; null: it is left out. */
  longLength: Millis | null;
  /** `22:17`, when it was worst in the long window; empty where it wasn't bad. */
  worst: string;
};

/** `10 s`, `100 s`, `20 m`, `20 h`: at most five characters. */
export const spanCaption = (span: Millis): string => {
  const seconds = Math.round(span / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} m` : `${Math.round(seconds / 3600)} h`;
};

type Shown = { caption: string; text: string; style: Style; unit?: string; after?: string };

/** Null where the field is left out. */
const shownOf = ({ name, caption, isBrief, withLate }: Field, values: HeaderValues, look: Look): Shown | null => {
  const { number, alarm } = look.styles;
  const { summary, usualP50, longLength, worst } = values;
  const named = (text: string): string => (caption === 'none' ? '' : text);
  const share = (text: string, of: number | null): Shown => ({
    caption: named(text),
    text: shareText(of),
    style: of !== null && of > 0 ? alarm : number,
  });
  switch (name) {
    case 'state':
      return null;
    case 'recent': {
      const span = spanCaption(values.recentLength);
      const text = named(caption === 'whole' ? `last ${span}` : span);
      return {
        caption: text,
        text: rttText(summary.recent.p50),
        style: number,
        ...(text === '' ? {} : { unit: 'ms' }),
      };
    }
    case 'usual':
      return { caption: named('usual'), text: rttText(usualP50), style: number };
    case 'jitter':
      return { caption: named('jitter'), text: rttText(summary.recent.jitter), style: number };
    case 'loss':
      return share('loss', withLate === true ? failedShare(summary.recent) : summary.recent.loss);
    case 'late': {
      const of = lateShare(summary.recent);
      return of === null || of === 0 ? null : share('late', of);
    }
    case 'long': {
      if (longLength === null) return null;
      const shown = share(spanCaption(longLength), summary.hour.loss);
      return worst === '' || isBrief === true || caption === 'none' ? shown : { ...shown, after: `worst ${worst}` };
    }
  }
};

const drawState = (grid: CellGrid, x: number, y: number, { word, band, isAlarm }: StateWord, look: Look): void => {
  const { bar, styles, glyphs, loss: lossColour } = look;
  if (isAlarm && band !== null) {
    grid.put(x, y, glyphs.state, styleOf(band === 'loss' ? lossColour : bar[band]));
  }
  const style = isAlarm ? styles.alarm : band === null ? styles.caption : styles.name;
  grid.text(x + 2, y, word, style);
};

/** The longest wording that there is room for. */
const within = (remark: readonly string[], width: number): string =>
  remark.find((text) => textWidth(text) <= width) ?? '';

/** Columns that the unit takes behind the number. */
const UNIT_COLUMNS = 3;

const drawField = (grid: CellGrid, x: number, y: number, field: Field, shown: Shown, look: Look): void => {
  const { caption: style } = look.styles;
  const { caption, text, unit, after } = shown;
  if (caption === '') {
    grid.text(x + field.width - 1 - textWidth(text), y, text, shown.style);
    return;
  }
  const start = grid.text(x, y, caption, style) + 1;
  // Numbers end below each other, whatever the caption.
  const room = field.width - 2 - caption.length - (unit === undefined ? 0 : UNIT_COLUMNS);
  const at = after === undefined && field.name !== 'long' ? start + Math.max(0, room - 1 - text.length) : start;
  const end = grid.text(at, y, text, shown.style);
  if (unit !== undefined) grid.text(end + 1, y, unit, style);
  if (after !== undefined) grid.text(end, y, `, ${after}`, style);
};

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
    const at = column;
    column += field.width;
    if (at < free) continue;
    if (field.name === 'state') {
      if (values.state !== null) drawState(grid, at, y, values.state, look);
      continue;
    }
    const shown = shownOf(field, values, look);
    if (shown !== null) drawField(grid, at, y, field, shown, look);
  }
};

const CAPTIONS: Readonly<Record<FieldName, string>> = {
  state: '',
  recent: 'ms',
  usual: 'usual',
  jitter: 'jitter',
  loss: 'lost',
  late: 'late',
  long: '',
};

/** The captions above one-line strips. */
export const drawCaptions = (
  grid: CellGrid,
  x: number,
  y: number,
  fields: readonly Field[],
  longest: Millis | null,
  look: Look,
): void => {
  let column = x;
  for (const { name, width } of fields) {
    const text = name === 'long' && longest !== null ? spanCaption(longest) : CAPTIONS[name];
    grid.text(column + width - 1 - text.length, y, text, look.styles.caption);
    column += width;
  }
};
