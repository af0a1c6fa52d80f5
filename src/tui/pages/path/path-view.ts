// The path page: the hops to a host as a table with a strip each, who only answers ping badly, and what has become of the
// route. Rows give way before the notes do, and scroll with the selection.

import type { CellGrid, Style } from '../../terminal/cells.js';
import { fadedLook } from '../../terminal/look.js';
import type { Look } from '../../terminal/look.js';
import { columnShape, drawColumn } from '../../strips/column-shape.js';
import { counted, durationText, widthText } from '../../../view/format.js';
import { PATH_SPAN } from '../../../view/path/neglect.js';
import { hopsTo, placesOf } from '../../../view/path/path-of.js';
import { routeChanges } from '../../../view/path/route-changes.js';
import { scalesFor } from '../../../view/wall/scale.js';
import type { Scale } from '../../../view/wall/scale.js';
import { printable, textWidth, truncated } from '../../../view/text.js';
import { instantText } from '../../../view/wall-clock.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { headline, proof, shownVerdict, verdictStyle } from '../shared/verdict-view.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { viewNow } from '../../input/time-cursor.js';
import { tableColumns } from './path-columns.js';
import type { Column } from './path-columns.js';
import { pathRows, shownHost, stripsOf } from './path-rows.js';
import type { PathRow } from './path-rows.js';

/** Below, the proof of the verdict and the title are left out. */
const LEAST_FOR_PROOF = 12;
const LEAST_FOR_NOTES = 14;
const MOST_NOTES = 6;

/** `texts`: from the longest to the shortest. */
type Note = { texts: readonly string[]; style: Style };

const fitting = (texts: readonly string[], columns: number, { look }: ViewContext): string => {
  const clean = texts.map((text) => printable(text, look.glyphs.unicode));
  const whole = clean.find((text) => textWidth(text) <= columns);
  return whole ?? truncated(clean.at(-1) ?? '', columns, look.glyphs.ellipsis);
};

export const drawPath = (grid: CellGrid, context: ViewContext): void => {
  const { look, state } = context;
  const rows = pathRows(context);
  let top = drawVerdict(grid, context);
  grid.text(1, top++, fitting(titlesOf(rows, context), grid.columns - 2, context), look.styles.name);
  const notes = grid.rows < LEAST_FOR_NOTES ? [] : notesOf(rows, context);
  const bottom = grid.rows - 1;
  const available = bottom - top - 1;
  const shownNotes = notes.slice(
    0,
    Math.max(0, Math.min(MOST_NOTES, available - Math.min(rows.length, available - 2) - 1)),
  );
  const visible = Math.max(1, available - (shownNotes.length === 0 ? 0 : shownNotes.length + 1));
  const selected = Math.max(
    0,
    rows.findIndex(({ id }) => id === state.selected),
  );
  const first = Math.max(0, Math.min(rows.length - visible, selected - Math.floor(visible / 2)));
  drawTable(grid, top, rows, first, visible, context);
  for (const [i, { texts, style }] of shownNotes.entries()) {
    const y = bottom - shownNotes.length + i;
    grid.text(1, y, fitting(texts, grid.columns - 2, context), style);
  }
  drawFoot(grid, context);
};

/** Returns the row below it. */
const drawVerdict = (grid: CellGrid, context: ViewContext): number => {
  const verdict = shownVerdict(context);
  const { styles } = context.look;
  const now = viewNow(context.state, context.now);
  const clock = instantText(localTime(context, now), localTime(context, now));
  const room = grid.columns - 3 - clock.length;
  grid.text(grid.columns - 1 - clock.length, 0, clock, styles.number);
  if (verdict !== null)
    grid.text(1, 0, headline(verdict, room, context), verdictStyle(verdict, context.look), room + 1);
  const because = verdict === null || grid.rows < LEAST_FOR_PROOF ? '' : proof(verdict, grid.columns - 2, context);
  grid.text(1, 1, because, styles.caption);
  return because === '' ? 1 : 2;
};

/** From the longest to the shortest. */
const titlesOf = (rows: readonly PathRow[], context: ViewContext): readonly string[] => {
  const host = shownHost(context);
  const endpoint = host === null ? undefined : context.history.endpoints[host];
  const hops = rows.filter(({ kind }) => kind === 'hop');
  const label = printable(endpoint?.info.label ?? '', context.look.glyphs.unicode);
  if (hops.length === 0) {
    const unknown =
      endpoint?.address === null && context.mode === 'live'
        ? 'its address is not known yet'
        : 'no router on the way found';
    return [`path to ${label}: ${unknown}`];
  }
  const short = `path to ${label}: ${counted(hops.length, 'hop')}`;
  return [`${short}, numbers of the last ${durationText(PATH_SPAN)}`, short];
};

const drawTable = (
  grid: CellGrid,
  top: number,
  rows: readonly PathRow[],
  first: number,
  visible: number,
  context: ViewContext,
): void => {
  const { look, state } = context;
  const columns = tableColumns(grid.columns - 1, rows);
  const stripLeft = columns.reduce((x, { width }) => x + width + 1, 1);
  const strips = stripsOf(rows, grid.columns - stripLeft, context);
  // One scale for all: what a hop adds is the difference to the one in front of it.
  const scales = scalesFor('shared', strips);
  drawRow(
    grid,
    top,
    columns,
    (column) => column.caption,
    () => look.styles.caption,
  );
  const caption = `${widthText(state.width)} a column`;
  if (caption.length <= grid.columns - stripLeft) grid.text(stripLeft, top, caption, look.styles.caption);
  for (const [i, row] of rows.slice(first, first + visible).entries()) {
    const y = top + 1 + i;
    const own = row.neglectsPing || row.isSilent ? fadedLook(look) : look;
    drawRow(
      grid,
      y,
      columns,
      (column) => column.textOf(row),
      (column, text) => styleOf(column, text, own),
    );
    const strip = { stats: strips[first + i] ?? [], scale: scales[first + i], left: stripLeft, row: y };
    drawStripRow(grid, strip, context, own);
    if (row.id === state.selected) grid.put(0, y, look.glyphs.selected, look.styles.cursor);
  }
};

const styleOf = ({ caption }: Column, text: string, { styles }: Look): Style => {
  if (caption === 'lost') return /^0(\.0)? %$|^-$/.test(text) ? styles.number : styles.alarm;
  if (caption === 'late') return /^0(\.0)? %$|^-$/.test(text) ? styles.number : styles.late;
  if (text === 'lost') return styles.alarm;
  if (caption === 'address') return styles.name;
  return caption === 'name' ? styles.text : styles.number;
};

const drawRow = (
  grid: CellGrid,
  y: number,
  columns: readonly Column[],
  textOf: (column: Column) => string,
  style: (column: Column, text: string) => Style,
): void => {
  let x = 1;
  for (const column of columns) {
    const text = truncated(textOf(column), column.width, '~');
    const indent = column.side === 'right' ? column.width - textWidth(text) : 0;
    grid.text(x + indent, y, text, style(column, text), x + column.width);
    x += column.width + 1;
  }
};

type StripRow = { stats: readonly EpochStats[]; scale: Scale | undefined; left: number; row: number };

const drawStripRow = (
  grid: CellGrid,
  { stats, scale, left, row }: StripRow,
  context: ViewContext,
  look: Look,
): void => {
  if (scale === undefined) return;
  const now = viewNow(context.state, context.now);
  for (const [x, epoch] of stats.entries()) {
    drawColumn(grid, left + x, row, 1, columnShape(epoch, scale, null, 1, now, look), look, false);
  }
};

/** Newest changes first, below who is acquitted. */
const notesOf = (rows: readonly PathRow[], context: ViewContext): readonly Note[] => {
  const { history, state, look } = context;
  const { styles } = look;
  const host = shownHost(context);
  const today = localTime(context, viewNow(state, context.now));
  const neglecting = rows.filter((row) => row.neglectsPing);
  const words = neglecting.length === 1 ? 'only answers ping badly' : 'only answer ping badly';
  const short = `${neglecting.map(({ hop }) => `hop ${hop}`).join(', ')} ${words}`;
  const acquitted = { texts: [`${short}: behind it less than half as much is lost`, short], style: styles.caption };
  const ever = history.endpoints.filter(({ info }) => info.kind === 'hop' && isTo(info.target, host, context));
  const labelOf = (id: number): string => history.endpoints[id]?.info.label ?? '';
  const changes = routeChanges(
    history.outages.events,
    ever.map(({ info }) => info.id),
    labelOf,
  );
  const lines = changes.toReversed().map(({ at, text }) => ({
    texts: [`${instantText(localTime(context, at), today)}  route: ${text}`, text],
    style: styles.notice,
  }));
  return [...(neglecting.length === 0 ? [] : [acquitted]), ...lines];
};

const isTo = (target: string, host: number | null, context: ViewContext): boolean => {
  if (host === null) return false;
  const known = new Set(
    hopsTo(placesOf(context.history), host).map((id) => context.history.endpoints[id]?.info.target),
  );
  return known.has(target) || context.history.endpoints[host]?.address === target;
};

const FEET = [
  'Up, Down: choose   Enter: details   + -: wider, narrower   e: change   p, Esc: back',
  'Up, Down   Enter: details   + -   Esc: back',
  'Enter: details   Esc: back',
  'Esc: back',
];

const drawFoot = (grid: CellGrid, { state, look }: ViewContext): void => {
  const room = grid.columns - 2;
  const keys = FEET.find(({ length }) => length <= room) ?? '';
  const text =
    state.message === null
      ? keys
      : truncated(printable(state.message, look.glyphs.unicode), room, look.glyphs.ellipsis);
  grid.text(1, grid.rows - 1, text, state.message === null ? look.styles.caption : look.styles.notice, room + 1);
};
