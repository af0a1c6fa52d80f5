// What a bench returns and how it looks: on the terminal and in docs/benchmarks.md, where each section is replaced by its
// newest run and the others stay.

export type Table = {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** What was asked for and whether it was met, and whatever else a reader must know. */
  notes: readonly string[];
};

export type BenchOptions = {
  /** Shorter runs, for trying the bench itself; the page says so. */
  quick: boolean;
  /** A line of progress for whoever waits. */
  progress: (text: string) => void;
};

/** One question, one section of the page. */
export type Bench = { name: string; question: string; run(options: BenchOptions): Promise<Table[]> };

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A Markdown table with aligned columns, readable as plain text too. */
export const formatTable = (table: Table): string => {
  const all = [table.columns, ...table.rows].map((row) => row.map(cell));
  const widths = table.columns.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...rows] = all;
  return [
    `### ${table.title}`,
    '',
    line(head),
    rule,
    ...rows.map(line),
    '',
    ...table.notes.map((note) => `- ${note}`),
    ...(table.notes.length > 0 ? [''] : []),
  ].join('\n');
};

export type Section = { name: string; text: string };

const HEADING = /^## (\S+):/m;

/** The sections of an existing page, by the name at their heading. */
export const parseSections = (page: string): Section[] => {
  return page
    .split(/^(?=## )/m)
    .filter((part) => HEADING.test(part))
    .map((part) => ({ name: HEADING.exec(part)?.[1] ?? '', text: part.trimEnd() }));
};

/** Puts fresh sections in the place of old ones, in the order given; a section that was not run again stays. */
export const mergeSections = (
  old: readonly Section[],
  fresh: readonly Section[],
  order: readonly string[],
): Section[] => {
  return order.flatMap((name) => {
    const section = fresh.find((one) => one.name === name) ?? old.find((one) => one.name === name);
    return section ? [section] : [];
  });
};
