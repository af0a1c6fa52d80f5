// Which row and column of the pane belongs to what. Pure arithmetic on the size of the pane; what stands in a row of its own, and
// what gives way, is decided in view/wall/rows.ts. Where one-line strips are too many as well, they are a list that scrolls with
// the selection.

import { planRows } from '../../../view/wall/rows.js';
import type { RowName } from '../../../view/wall/rows.js';

export type Size = { columns: number; rows: number };

/** Smaller than this there is the verdict and nothing else. */
export const smallestSize: Size = { columns: 20, rows: 5 };

export type StripPlace = {
  endpoint: number;
  /** Row of the strip's header line, or of its only line. */
  top: number;
  /** Rows of chart below the header; 0 where the strip is one line. */
  chartRows: number;
  /** One row that says that there is nothing to draw. */
  isFolded: boolean;
};

export type Layout = {
  columns: number;
  rows: number;
  /** First column of text, and the column after its last. */
  textLeft: number;
  textRight: number;
  /** What proves the verdict; the verdict itself is in row 0. */
  evidenceRow: number | null;
  noticeRow: number | null;
  faultRow: number | null;
  /** The captions of one-line strips. */
  captionsRow: number | null;
  strips: readonly StripPlace[];
  /** One line each: name, numbers, sparkline. */
  compact: boolean;
  /** Endpoints above and below those on screen. */
  hiddenAbove: readonly number[];
  hiddenBelow: readonly number[];
  chartLeft: number;
  chartColumns: number;
  axisRow: number | null;
  trafficRow: number | null;
  yesterdayRow: number | null;
  todayRow: number | null;
  hoursRow: number | null;
  /** The last episode, inspection, prompts; the row of the keys where there is none for it alone. */
  statusRow: number;
  diagnosticsRow: number | null;
  /** Legend and keys; the last row. */
  keysRow: number;
  /** Whether legend and keys have it, and not a strip. */
  areKeysShown: boolean;
};

/** Y-axis labels and the captions of the other rows take this many columns on the left. */
export const AXIS_COLUMNS = 8;

export type LayoutWishes = {
  /** Who is to be shown, in this order. */
  endpoints: readonly number[];
  /** Those of them that are to take one row and no more. */
  folded: ReadonlySet<number>;
  selected: number;
  notice: boolean;
  diagnostics: boolean;
  /** Columns that a one-line strip wants for name and numbers. */
  compactLeft: number;
  /** What there is something to say in. */
  wanted: ReadonlySet<RowName>;
};

export const fits = (size: Size): boolean => size.columns >= smallestSize.columns && size.rows >= smallestSize.rows;

const tallStrips = ({ endpoints, folded }: LayoutWishes, top: number, available: number): StripPlace[] => {
  const tall = endpoints.filter((endpoint) => !folded.has(endpoint)).length;
  const room = available - (endpoints.length - tall);
  const height = Math.floor(room / Math.max(1, tall));
  let extra = room - height * tall;
  let row = top;
  return endpoints.map((endpoint) => {
    const isFolded = folded.has(endpoint);
    const rows = isFolded ? 1 : height + (extra-- > 0 ? 1 : 0);
    const place = { endpoint, top: row, chartRows: rows - 1, isFolded };
    row += rows;
    return place;
  });
};

const lineStrips = (wishes: LayoutWishes, top: number, available: number): StripPlace[] => {
  const { endpoints, selected, folded } = wishes;
  const visible = Math.min(endpoints.length, Math.max(0, available));
  const centred = endpoints.indexOf(selected) - Math.floor(visible / 2);
  const first = Math.max(0, Math.min(endpoints.length - visible, centred));
  return endpoints
    .slice(first, first + visible)
    .map((endpoint, i) => ({ endpoint, top: top + i, chartRows: 0, isFolded: folded.has(endpoint) }));
};

/** `size` is at least `smallestSize`. */
export const layoutWall = (size: Size, wishes: LayoutWishes): Layout => {
  const { columns, rows } = size;
  const { endpoints } = wishes;
  const must = 1 + Number(wishes.notice) + Number(wishes.diagnostics);
  const folded = endpoints.filter((endpoint) => wishes.folded.has(endpoint)).length;
  const plan = planRows({ rows: rows - must, strips: endpoints.length - folded, folded, wanted: wishes.wanted });
  const take = (name: RowName, row: () => number): number | null => (plan.rows.has(name) ? row() : null);
  let y = 1;
  const next = (): number => y++;
  const noticeRow = wishes.notice ? next() : null;
  const evidenceRow = take('evidence', next);
  const faultRow = take('fault', next);
  const captionsRow = take('captions', next);
  const below = (['axis', 'traffic', 'yesterday', 'today', 'hours', 'before'] as const).filter((name) =>
    plan.rows.has(name),
  ).length;
  const last = Number(plan.rows.has('keys')) + Number(wishes.diagnostics);
  const available = rows - y - below - last;
  const strips = plan.areLines ? lineStrips(wishes, y, available) : tallStrips(wishes, y, available);
  const hiddenAbove = endpoints.slice(0, Math.max(0, endpoints.indexOf(strips[0]?.endpoint ?? -1)));
  y += plan.areLines ? strips.length : available;
  const axisRow = take('axis', next);
  const trafficRow = take('traffic', next);
  const yesterdayRow = take('yesterday', next);
  const todayRow = take('today', next);
  const hoursRow = take('hours', next);
  const keysRow = rows - 1;
  const statusRow = take('before', next) ?? keysRow;
  const chartLeft = plan.areLines ? Math.min(wishes.compactLeft, Math.floor(columns * 0.7)) : AXIS_COLUMNS;
  return {
    columns,
    rows,
    textLeft: 1,
    textRight: columns - 1,
    evidenceRow,
    noticeRow,
    faultRow,
    captionsRow,
    strips,
    compact: plan.areLines,
    hiddenAbove,
    hiddenBelow: endpoints.slice(hiddenAbove.length + strips.length),
    chartLeft,
    chartColumns: columns - chartLeft,
    axisRow,
    trafficRow,
    yesterdayRow,
    todayRow,
    hoursRow,
    statusRow,
    diagnosticsRow: wishes.diagnostics ? keysRow - Number(plan.rows.has('keys')) : null,
    keysRow,
    areKeysShown: plan.rows.has('keys'),
  };
};
