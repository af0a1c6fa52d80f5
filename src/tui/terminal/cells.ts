// The picture that the view model draws and the writer puts on the terminal: a grid of cells, each one character and
// one style. A style is packed the way blessed packs it (flags << 18 | foreground << 9 | background), so that writing
// a cell is a comparison and an assignment. Text that gets here has been through text.ts: no control characters.

import { characterWidth } from '../../view/text.js';

/** Foreground, background and flags in one number, as blessed's screen.lines hold them. */
export type Style = number;

/** An index into the 256-colour cube, or `terminalDefault`. */
export type Colour = number;

export const TERMINAL_DEFAULT: Colour = 0x1ff;

export const BOLD = 1;
export const INVERSE = 8;

export const styleOf = (foreground: Colour, background: Colour = TERMINAL_DEFAULT, flags = 0): Style =>
  (flags << 18) | (foreground << 9) | background;

/** The style with one more flag. */
export const styled = (style: Style, flag: number): Style => style | (flag << 18);

export const foregroundOf = (style: Style): Colour => (style >> 9) & 0x1ff;

export const plain: Style = styleOf(TERMINAL_DEFAULT);

export class CellGrid {
  readonly columns: number;
  readonly rows: number;
  readonly chars: string[];
  readonly styles: Int32Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.chars = Array.from({ length: columns * rows }, () => ' ');
    this.styles = new Int32Array(columns * rows).fill(plain);
  }

  clear(): void {
    this.chars.fill(' ');
    this.styles.fill(plain);
  }

  /** Outside the grid nothing happens, so that callers needn't clip. `char` is one column wide. */
  put(x: number, y: number, char: string, style: Style): void {
    if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) return;
    const at = y * this.columns + x;
    this.chars[at] = char;
    this.styles[at] = style;
  }

  charAt(x: number, y: number): string {
    return this.chars[y * this.columns + x] ?? ' ';
  }

  styleAt(x: number, y: number): Style {
    return this.styles[y * this.columns + x] ?? plain;
  }

  /** Writes `text` up to column `end`, and returns the column after it. A wide character takes two cells or none. */
  text(x: number, y: number, text: string, style: Style, end: number = this.columns): number {
    const stop = Math.min(end, this.columns);
    let column = x;
    for (const char of text) {
      const width = characterWidth(char);
      if (column + width > stop) break;
      this.put(column, y, char, style);
      // blessed eats the cell after a wide character, whatever stands in it.
      if (width === 2) this.put(column + 1, y, ' ', style);
      column += width;
    }
    return column;
  }
}
