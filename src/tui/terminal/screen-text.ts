// The screen as text for a terminal that scrolls: what Q leaves behind. Colours and bold are those of the cells, as far as
// the terminal has them (ECMA-48, SGR).

import type { Line } from 'blessed/lib/widgets/screen.js';
import { characterWidth } from '../../view/text.js';
import { BOLD, foregroundOf, INVERSE, plain, TERMINAL_DEFAULT } from './cells.js';
import type { Style } from './cells.js';
import type { ColourDepth } from './terminal-kind.js';

const ESCAPE = '\u001b';

const backgroundOf = (style: Style): number => style & 0x1ff;

const colourCode = (colour: number, base: 30 | 40): string => {
  if (colour < 8) return String(base + colour);
  return colour < 16 ? String(base + 52 + colour) : `${base + 8};5;${colour}`;
};

const sgrOf = (style: Style, colours: ColourDepth): string => {
  const [foreground, background, flags] = [foregroundOf(style), backgroundOf(style), style >> 18];
  const hasColour = (colour: number): boolean => colour !== TERMINAL_DEFAULT && colour < colours;
  const codes = [
    '0',
    ...((flags & BOLD) !== 0 ? ['1'] : []),
    ...((flags & INVERSE) !== 0 ? ['7'] : []),
    ...(hasColour(foreground) ? [colourCode(foreground, 30)] : []),
    ...(hasColour(background) ? [colourCode(background, 40)] : []),
  ];
  return `${ESCAPE}[${codes.join(';')}m`;
};

const isBlank = ([style, char]: readonly [Style, string]): boolean => char === ' ' && style === plain;

const lineText = (line: Line, colours: ColourDepth): string => {
  const end = line.findLastIndex((cell) => !isBlank(cell)) + 1;
  let [text, style] = ['', plain];
  for (let x = 0; x < end; x++) {
    const [next, char] = line[x] as [Style, string];
    if (next !== style) text += sgrOf(next, colours);
    style = next;
    text += char;
    // The cell after it is its second half.
    if (characterWidth(char) === 2) x++;
  }
  return style === plain ? text : `${text}${ESCAPE}[0m`;
};

/** On lower panes the last row says more than what keys do. */
const LEAST_ROWS_WITH_KEYS = 16;

/** Blank lines at the end are left out; each line ends with a line feed. */
export const screenText = (lines: readonly Line[], colours: ColourDepth): string => {
  // Without what keys do, the first row is still to be seen when the shell's prompt has come.
  const rows = lines.length < LEAST_ROWS_WITH_KEYS ? lines : lines.slice(0, -1);
  const texts = rows.map((line) => lineText(line, colours));
  return texts
    .slice(0, texts.findLastIndex((text) => text !== '') + 1)
    .map((text) => `${text}\n`)
    .join('');
};
