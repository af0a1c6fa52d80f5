// Which rows the wall has besides the strips, and which of them give way first where there are too few for all. The one
// place that decides it; docs/decisions/0036 has the reasons.

/** What may stand in a row of its own. The verdict always does. */
export type RowName =
  /** The hours below the days. */
  | 'hours'
  | 'yesterday'
  | 'today'
  /** What this machine itself sends. */
  | 'traffic'
  /** Whose fault it was, column by column. */
  | 'fault'
  /** The episode that ended last. */
  | 'before'
  /** The captions of one-line strips. */
  | 'captions'
  /** What proves the verdict; on narrow panes since when. */
  | 'evidence'
  | 'axis'
  /** Legend and keys. */
  | 'keys';

type RowRule = {
  readonly name: RowName;
  /** Beside tall strips it is there only if each still has so many rows, its header among them; null: always. */
  readonly stripRows: number | null;
  /** Where strips are one line each: only if so many of them are still to be seen, or all. */
  readonly lines: number;
};

/** The first gives way first. */
export const ROW_RULES: readonly RowRule[] = [
  { name: 'hours', stripRows: 4, lines: Infinity },
  { name: 'yesterday', stripRows: 4, lines: Infinity },
  { name: 'today', stripRows: 4, lines: Infinity },
  { name: 'traffic', stripRows: 4, lines: Infinity },
  { name: 'fault', stripRows: 3, lines: Infinity },
  { name: 'before', stripRows: 3, lines: Infinity },
  { name: 'captions', stripRows: null, lines: Infinity },
  { name: 'axis', stripRows: null, lines: 6 },
  { name: 'evidence', stripRows: null, lines: 4 },
  { name: 'keys', stripRows: null, lines: 3 },
];

/** A header, and two rows of chart: a lower strip says less than a line. */
export const LEAST_STRIP = 3;

export type RowWishes = {
  /** Rows of the pane that the table is about: without what must be there. */
  rows: number;
  /** How many strips there are, apart from the folded ones. */
  strips: number;
  /** One row each, whatever happens: hosts that never answer. */
  folded: number;
  /** What there is something to say in. */
  wanted: ReadonlySet<RowName>;
};

export type RowPlan = {
  rows: ReadonlySet<RowName>;
  /** Whether strips are one line each. */
  areLines: boolean;
};

/** What is left for the strips once the rows of `kept` are taken. */
const leftFor = ({ rows, folded }: RowWishes, kept: ReadonlySet<RowName>): number => rows - kept.size - folded;

export const planRows = (wishes: RowWishes): RowPlan => {
  const { strips, folded, wanted, rows } = wishes;
  const kept = new Set(ROW_RULES.map(({ name }) => name).filter((name) => wanted.has(name)));
  // The captions belong to one-line strips only.
  const tall = new Set(kept);
  tall.delete('captions');
  for (const { name, stripRows } of ROW_RULES) {
    if (stripRows === null || leftFor(wishes, tall) >= strips * stripRows) continue;
    tall.delete(name);
  }
  if (leftFor(wishes, tall) >= strips * LEAST_STRIP) return { rows: tall, areLines: false };
  const all = strips + folded;
  for (const { name, lines } of ROW_RULES) {
    if (rows - kept.size >= Math.min(all, lines)) continue;
    kept.delete(name);
  }
  return { rows: kept, areLines: true };
};
