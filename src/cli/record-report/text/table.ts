// Columns of text, as wide as what is in them: words to the left, numbers to the right.

import { printable, textWidth, truncated } from '../../../view/text.js';
import type { Table } from '../wording/tables.js';

const INDENT = '  ';
const BETWEEN = '  ';

/** The lines, titles first; none where there are no rows. */
export const tableLines = ({ columns, rows }: Table): string[] => {
  if (rows.length === 0) return [];
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    row.map((cell, i) => truncated(printable(cell, true), columns[i]?.most ?? Infinity, '…')),
  );
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => textWidth(row[i] ?? ''))));
  // A column without anything in it only pushes the others out.
  const isShown = columns.map((_, i) => cells.slice(1).some((row) => row[i] !== ''));
  return cells.map((row) => {
    const padded = row.map((cell, i) => {
      const space = ' '.repeat((widths[i] ?? 0) - textWidth(cell));
      return columns[i]?.align === 'right' ? space + cell : cell + space;
    });
    return (INDENT + padded.filter((_, i) => isShown[i]).join(BETWEEN)).trimEnd();
  });
};
