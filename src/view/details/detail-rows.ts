// Which rows the page of one endpoint has, and what gives way first where the pane is low: one list, read from its end.

export type DetailBlock =
  | 'title'
  | 'keys'
  | 'strip'
  | 'axis'
  | 'numbers'
  | 'faults'
  | 'more numbers'
  | 'runs'
  | 'probes'
  | 'today'
  | 'facts'
  | 'losses'
  | 'days';

/** Most important first. `rows`: what it takes; the strip gets what is left. */
const BLOCKS: readonly { block: DetailBlock; rows: number }[] = [
  { block: 'title', rows: 1 },
  { block: 'strip', rows: 1 },
  { block: 'keys', rows: 1 },
  // Captions of the spans, p50 and loss.
  { block: 'numbers', rows: 3 },
  { block: 'axis', rows: 1 },
  { block: 'faults', rows: 1 },
  // p95, jitter, late.
  { block: 'more numbers', rows: 3 },
  { block: 'runs', rows: 1 },
  { block: 'probes', rows: 1 },
  // Today and the hours.
  { block: 'today', rows: 2 },
  { block: 'facts', rows: 1 },
  { block: 'losses', rows: 1 },
  // The days before, as many as there are.
  { block: 'days', rows: 0 },
];

/** The strip has at least so many rows before what comes after the numbers gets any. */
const STRIP_FIRST = 4;

export type DetailRows = { blocks: ReadonlySet<DetailBlock>; stripRows: number };

/** `rows`: of the pane, at least 3. `days`: how many there are to be shown. */
export const detailRows = (rows: number, days: number): DetailRows => {
  const blocks = new Set<DetailBlock>();
  let left = rows;
  for (const { block, rows: fixed } of BLOCKS) {
    const needed = block === 'days' ? Math.max(0, days - 1) : fixed;
    const kept = block === 'title' || block === 'strip' || block === 'keys' ? 0 : STRIP_FIRST - 1;
    if (left - needed < kept || (block === 'today' && days === 0)) break;
    left -= needed;
    blocks.add(block);
  }
  return { blocks, stripRows: left + 1 };
};
