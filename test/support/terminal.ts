// A terminal for tests: @xterm/headless takes the bytes, and is asked for the text and the colours of its screen.

import headless from '@xterm/headless';

export type TerminalCell = {
  char: string;
  /** Palette index, null: the terminal's own. */
  foreground: number | null;
  background: number | null;
  bold: boolean;
  /** Columns that the character takes; 0 for the second half of a wide one. */
  width: number;
};

export class TestTerminal {
  readonly #terminal: headless.Terminal;

  constructor(columns: number, rows: number) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true });
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Whether the alternate screen is shown. */
  get alternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  write(data: string | Uint8Array): void {
    this.#terminal.write(data);
  }

  /** Everything written so far has been taken in. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#terminal.write('', resolve);
    });
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  cell(x: number, y: number): TerminalCell {
    const cell = this.#terminal.buffer.active.getLine(this.#terminal.buffer.active.baseY + y)?.getCell(x);
    if (cell === undefined) throw new RangeError(`no cell ${x},${y} in ${this.columns}x${this.rows}`);
    return {
      char: cell.getChars() === '' ? ' ' : cell.getChars(),
      foreground: cell.isFgDefault() ? null : cell.getFgColor(),
      background: cell.isBgDefault() ? null : cell.getBgColor(),
      bold: cell.isBold() !== 0,
      width: cell.getWidth(),
    };
  }

  /** One row of the screen, blanks on the right cut off. */
  line(y: number): string {
    const { active } = this.#terminal.buffer;
    return (active.getLine(active.baseY + y)?.translateToString() ?? '').trimEnd();
  }

  lines(): string[] {
    return Array.from({ length: this.rows }, (_, y) => this.line(y));
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** First row that contains `text`, -1 if none does. */
  rowOf(text: string): number {
    return this.lines().findIndex((line) => line.includes(text));
  }
}
