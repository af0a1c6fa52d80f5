// The signs that the screen is drawn with, for each kind of terminal. Where there is no colour, or no block element, shape
// alone says it: another fill for every band, another sign for every mark.

import type { Band } from '../../view/theme/palette.js';
import type { Repertoire } from './terminal-kind.js';

export type Glyphs = {
  /** From empty (0) to full (8): the upper end of a bar. */
  eighths: readonly string[];
  /** A whole cell of bar. */
  bar: Readonly<Record<Band, string>>;
  /** A whole cell of smoke, or null where smoke is drawn with `eighths` in a colour of its own. */
  smoke: string | null;
  /** A whole cell of loss. */
  loss: string;
  /** Half a cell of loss, hanging from the top, or null where loss takes whole cells only. */
  lossHalf: string | null;
  /** At the top of a column: a trace of loss, and a little of it. */
  lossTick: string;
  lossMark: string;
  noData: string;
  /** "Not collecting": nobody looked. */
  gap: string;
  /** Above the bar of a column that is not finished. */
  pending: string;
  /** The value goes on above the top of the scale. */
  capped: string;
  /** Some replies of this column were late. */
  late: string;
  /** In the row of faults: nobody's, somewhat bad, bad. */
  noFault: string;
  fault: { some: string; bad: string };
  cursor: string;
  axisCursor: string;
  mark: string;
  /** The endpoint's name had another address from here on. */
  address: string;
  selected: string;
  /** Before the word for a bad state, and before the verdict. */
  state: string;
  verdict: string;
  /** Behind the cell of the present. */
  now: string;
  more: { up: string; down: string };
  ellipsis: string;
  separator: string;
  arrows: string;
  /** Whether text may hold more than ASCII. */
  unicode: boolean;
  /** Whether the font has all blocks, crosses and braille. */
  rich: boolean;
};

const sameFill = (char: string): Record<Band, string> => ({ good: char, warn: char, bad: char, late: char });

const fullGlyphs: Glyphs = {
  eighths: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  bar: sameFill('█'),
  smoke: null,
  loss: '█',
  lossHalf: '▀',
  lossTick: '╵',
  lossMark: '▔',
  noData: '·',
  gap: '╱',
  pending: '┊',
  capped: '▲',
  late: '◆',
  noFault: '·',
  fault: { some: '▒', bad: '█' },
  cursor: '│',
  axisCursor: '│',
  mark: '▼',
  address: '@',
  selected: '▸',
  state: '■',
  verdict: '▌',
  now: '◂',
  more: { up: '↑', down: '↓' },
  ellipsis: '…',
  separator: '·',
  arrows: '← →',
  unicode: true,
  rich: true,
};

/** Only what the Linux console's built-in font has (code page 437). */
const halvesGlyphs: Glyphs = {
  ...fullGlyphs,
  rich: false,
  eighths: [' ', '▄', '▄', '▄', '▄', '▄', '█', '█', '█'],
  gap: '/',
  pending: ':',
  late: '♦',
  lossTick: "'",
  lossMark: '"',
  selected: '►',
  now: '◄',
  ellipsis: '~',
};

const asciiGlyphs: Glyphs = {
  eighths: [' ', '_', '_', '_', '-', '-', '=', '#', '#'],
  bar: { good: '#', warn: '+', bad: '%', late: 'L' },
  smoke: ':',
  loss: 'X',
  lossHalf: null,
  lossTick: '`',
  lossMark: '"',
  noData: '.',
  gap: '/',
  pending: "'",
  capped: '^',
  late: 'l',
  noFault: '.',
  fault: { some: '+', bad: '#' },
  cursor: '|',
  axisCursor: '|',
  mark: 'v',
  address: '@',
  selected: '>',
  state: '*',
  verdict: '|',
  now: '<',
  more: { up: '^', down: 'v' },
  ellipsis: '~',
  separator: '|',
  arrows: '<- ->',
  unicode: false,
  rich: false,
};

export const GLYPHS: Readonly<Record<Repertoire, Glyphs>> = {
  full: fullGlyphs,
  halves: halvesGlyphs,
  ascii: asciiGlyphs,
};

/** The same shapes where colour can't tell bar from smoke from loss. */
export const withoutColour = (glyphs: Glyphs): Glyphs =>
  glyphs.unicode
    ? {
        ...glyphs,
        bar: { good: '█', warn: '▓', bad: '▒', late: glyphs.rich ? '▚' : '■' },
        smoke: '░',
        loss: glyphs.rich ? '╳' : 'X',
        lossHalf: null,
      }
    : glyphs;
