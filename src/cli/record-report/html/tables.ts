// Tables as HTML, and sentences below them.

import { htmlEscape } from 'escape-goat';
import type { Table } from '../wording/tables.js';

/** Empty where there are no rows. A row whose first cell is told begins a group. */
export const tableHtml = ({ columns, rows }: Table, id: string): string => {
  if (rows.length === 0) return '';
  const shown = columns.map((_, i) => rows.some((row) => row[i] !== ''));
  const classOf = (i: number): string => (columns[i]?.align === 'right' ? ' class="r"' : '');
  const head = columns.map(({ title }, i) => (shown[i] === true ? `<th${classOf(i)}>${htmlEscape(title)}</th>` : ''));
  const isGrouped = rows.some((row) => row[0] === '');
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => (shown[i] === true ? `<td${classOf(i)}>${htmlEscape(cell)}</td>` : ''));
    return `<tr${isGrouped && row[0] !== '' ? ' class="first"' : ''}>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table id="${id}"><thead><tr>${head.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
};

export const notesHtml = (texts: readonly string[]): string =>
  `<div class="notes">${texts.map((text) => `<p>${htmlEscape(text)}</p>`).join('')}</div>`;
