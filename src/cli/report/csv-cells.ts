// What goes into a cell of a CSV table.

import { plainText } from '../../events/plain-text.js';

/**
 * Text as a cell, whose beginning csv-stringify guards. Where a semicolon separates cells (Excel, in half of Europe), one
 * inside a text begins another: an apostrophe keeps what follows from being a formula there.
 */
export const csvCell = (text: string): string => plainText(text).replace(/;(?=\s*[=+@\-＝＋＠－])/gu, ";'");

export const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));
