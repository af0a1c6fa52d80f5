// The only place that knows blessed. It gets a grid of cells and writes those that differ into blessed's lines; blessed
// compares them with what the terminal shows and emits the difference. It also decodes the keys.
//
// blessed is kept from its global habits: no handlers on process (exit, signals, uncaughtException), no terminal of its
// own (input and output are plain emitters), no substitution of VT100 line drawing for characters of ours.

import { EventEmitter } from 'node:events';
import Program from 'blessed/lib/program.js';
import type { Key } from 'blessed/lib/program.js';
import Box from 'blessed/lib/widgets/box.js';
import Screen from 'blessed/lib/widgets/screen.js';
import { CellGrid } from './cells.js';
import type { Size } from '../pages/wall/layout.js';
import type { TerminalKind } from './terminal-kind.js';

Program._bound = true;
Screen._bound = true;

/** What blessed takes for a tty. */
class OutputStream extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  columns: number;
  rows: number;
  readonly #sink: (text: string) => void;

  constructor(size: Size, sink: (text: string) => void) {
    super();
    this.columns = size.columns;
    this.rows = size.rows;
    this.#sink = sink;
  }

  write(text: string): boolean {
    this.#sink(text);
    return true;
  }
}

/** Copies the grid into the screen's lines; a line with no changed cell isn't looked at by blessed. */
class CellBox extends Box {
  grid = new CellGrid(0, 0);

  override render(): void {
    const { columns, rows, chars, styles } = this.grid;
    for (let y = 0; y < rows; y++) {
      const line = this.screen.lines[y];
      if (line === undefined) return;
      const start = y * columns;
      for (let x = 0; x < columns; x++) {
        const cell = line[x];
        if (cell === undefined) break;
        const style = styles[start + x] as number;
        const char = chars[start + x] as string;
        if (cell[0] === style && cell[1] === char) continue;
        cell[0] = style;
        cell[1] = char;
        line.dirty = true;
      }
    }
  }
}

export type KeyListener = (key: string, char: string | null) => void;

const isTyped = (char: string | undefined): char is string => char !== undefined && char >= ' ' && char !== '\u007f';

export class BlessedSurface {
  readonly screen: Screen;
  readonly #program: Program;
  readonly #input = new EventEmitter();
  readonly #output: OutputStream;
  readonly #cells: CellBox;

  /** `write` gets what is to go to the terminal; `onKey` each key by its name and the character that it types. */
  constructor(kind: TerminalKind, size: Size, write: (text: string) => void, onKey: KeyListener) {
    this.#output = new OutputStream(size, write);
    this.#program = new Program({
      input: this.#input,
      output: this.#output,
      terminal: kind.description,
      tput: true,
      buffer: true,
      zero: true,
      forceUnicode: kind.repertoire !== 'ascii',
    });
    this.#program.tput.brokenACS = true;
    // A warning is emitted where a terminal description can't be parsed; blessed then uses the one that it brings.
    this.screen = new Screen({ program: this.#program, fullUnicode: kind.repertoire !== 'ascii' });
    this.#cells = new CellBox({ parent: this.screen, top: 0, left: 0, width: '100%', height: '100%' });
    this.#program.on('keypress', (char: string | undefined, key: Key | undefined) => {
      // blessed reports Return twice, as "return" and as "enter".
      if (key?.name === 'return') return;
      const typed = isTyped(char) ? char : null;
      const name = key?.full ?? typed;
      if (name !== null && name !== undefined) onKey(name, typed);
    });
  }

  /** Bytes from the keyboard. */
  feed(bytes: Uint8Array): void {
    this.#input.emit('data', Buffer.from(bytes));
  }

  paint(grid: CellGrid): void {
    this.#cells.grid = grid;
    this.screen.render();
    this.#program.flush();
  }

  /** Clears the terminal; the next `paint` draws everything. */
  forget(): void {
    this.screen.alloc();
  }

  /** A new size; it clears the terminal as well. */
  resize(size: Size): void {
    this.#output.columns = size.columns;
    this.#output.rows = size.rows;
    // blessed renders at once: not the old grid in the new lines.
    this.#cells.grid = new CellGrid(0, 0);
    this.#output.emit('resize');
  }
}
