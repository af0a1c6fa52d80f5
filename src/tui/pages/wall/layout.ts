// Which row and column of the pane belongs to what. Pure arithmetic on the size of the pane: heights share it, one
// line each where there are too many endpoints, and a list that scrolls with the selection where even that is too much.

export type Size = { columns: number; rows: number };

/** Smaller than this, the screen only says so. */
export const smallestSize: Size = { columns: 32, rows: 6 };

export type StripPlace = {
  endpoint: number;
  /** Row of the strip's header line, or of its only line. */
  top: number;
  /** Rows of chart below the header; 0 where the strip is one line. */
  chartRows: number;
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
  strips: readonly StripPlace[];
  /** One line each: name, numbers, sparkline. */
  compact: boolean;
  /** Endpoints above and below those on screen. */
  hiddenAbove: number;
  hiddenBelow: number;
  chartLeft: number;
  chartColumns: number;
  axisRow: number;
  /** Whose fault it was, below the axis. */
  faultRow: number | null;
  /** Outages, inspection, prompts. */
  statusRow: number;
  diagnosticsRow: number | null;
  /** Key hints; on low panes the same row as `statusRow`. */
  keysRow: number;
};

/** Y-axis labels take this many columns on the left. */
const AXIS_COLUMNS = 8;

/** Lower panes have their rows for the strips. */
const LEAST_FOR_EVIDENCE = 10;
const LEAST_FOR_FAULTS = 12;

/** A strip of more than one line: a header and at least one row of chart. */
const SMALLEST_STRIP = 2;

export type LayoutWishes = {
  /** Who is to be shown, in this order. */
  endpoints: readonly number[];
  selected: number;
  notice: boolean;
  /** Whether there is a verdict to be shown. */
  verdict: boolean;
  diagnostics: boolean;
  /** Columns that a one-line strip wants for name and numbers. */
  compactLeft: number;
};

export const fits = (size: Size): boolean => size.columns >= smallestSize.columns && size.rows >= smallestSize.rows;

const bigStrips = (endpoints: readonly number[], top: number, available: number): StripPlace[] => {
  const height = Math.floor(available / endpoints.length);
  const extra = available - height * endpoints.length;
  let row = top;
  return endpoints.map((endpoint, i) => {
    const rows = height + (i < extra ? 1 : 0);
    const place = { endpoint, top: row, chartRows: rows - 1 };
    row += rows;
    return place;
  });
};

const oneLineStrips = (wishes: LayoutWishes, top: number, available: number): StripPlace[] => {
  const { endpoints, selected } = wishes;
  const visible = Math.min(endpoints.length, available);
  const centred = endpoints.indexOf(selected) - Math.floor(visible / 2);
  const first = Math.max(0, Math.min(endpoints.length - visible, centred));
  return endpoints.slice(first, first + visible).map((endpoint, i) => ({ endpoint, top: top + i, chartRows: 0 }));
};

/** `size` is at least `smallestSize`. */
export const layoutWall = (size: Size, wishes: LayoutWishes): Layout => {
  const { columns, rows } = size;
  let top = 1;
  const evidenceRow = wishes.verdict && rows >= LEAST_FOR_EVIDENCE ? top++ : null;
  const noticeRow = wishes.notice ? top++ : null;
  if (rows >= 24 && evidenceRow === null) top++;
  let bottom = rows - 1;
  const keysRow = bottom--;
  const diagnosticsRow = wishes.diagnostics ? bottom-- : null;
  const statusRow = rows >= 16 ? bottom-- : keysRow;
  const faultRow = wishes.verdict && rows >= LEAST_FOR_FAULTS ? bottom-- : null;
  const axisRow = bottom--;
  const available = bottom - top + 1;
  const compact = available < wishes.endpoints.length * SMALLEST_STRIP;
  const strips = compact ? oneLineStrips(wishes, top, available) : bigStrips(wishes.endpoints, top, available);
  const hiddenAbove = Math.max(0, wishes.endpoints.indexOf(strips[0]?.endpoint ?? -1));
  const chartLeft = compact ? Math.min(wishes.compactLeft, Math.floor(columns * 0.6)) : AXIS_COLUMNS;
  return {
    columns,
    rows,
    textLeft: 1,
    textRight: columns - 1,
    evidenceRow,
    noticeRow,
    strips,
    compact,
    hiddenAbove,
    hiddenBelow: wishes.endpoints.length - hiddenAbove - strips.length,
    chartLeft,
    chartColumns: columns - chartLeft,
    axisRow,
    faultRow,
    statusRow,
    diagnosticsRow,
    keysRow,
  };
};
