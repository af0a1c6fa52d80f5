// A picture of a terminal's screen as SVG: for the README, and for the eyes of whoever changes the screen.

import type { TerminalCell, TestTerminal } from './terminal.js';

const CELL_WIDTH = 10;
const CELL_HEIGHT = 20;
const MARGIN = 12;

export type Paper = 'dark' | 'light';

const PAPERS: Readonly<Record<Paper, { background: string; foreground: string }>> = {
  dark: { background: '#101114', foreground: '#d0d0d0' },
  light: { background: '#ffffff', foreground: '#1c1c1c' },
};

/** xterm's defaults for the first 16. */
const basic = (
  '#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 ' +
  '#7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff'
).split(' ');

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** A colour of the 256-colour palette: 16 basic ones, the 6x6x6 cube, 24 greys. */
const rgb = (index: number | null, fallback: string): string => {
  if (index === null) return fallback;
  if (index < 16) return basic[index] ?? fallback;
  if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `#${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((step) => hex(level(step))).join('')}`;
};

type Area = { top: number; height: number };

/** Block elements as areas, from 0 (top of the cell) to 1: fonts leave seams between them. */
const blockArea = (char: string): Area | null => {
  const code = char.codePointAt(0) ?? 0;
  if (code === 0x2580) return { top: 0, height: 0.5 };
  if (code < 0x2581 || code > 0x2588) return null;
  const height = (code - 0x2580) / 8;
  return { top: 1 - height, height };
};

const rectangle = (x: number, y: number, height: number, colour: string): string =>
  `<rect x="${x}" y="${y}" width="${CELL_WIDTH}" height="${height}" fill="${colour}"/>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const cellPicture = (cell: TerminalCell, x: number, y: number, paper: Paper): string => {
  const { background, foreground } = PAPERS[paper];
  const ground = cell.background === null ? '' : rectangle(x, y, CELL_HEIGHT, rgb(cell.background, background));
  const colour = rgb(cell.foreground, foreground);
  const area = blockArea(cell.char);
  if (area !== null) return ground + rectangle(x, y + area.top * CELL_HEIGHT, area.height * CELL_HEIGHT, colour);
  if (cell.char === ' ') return ground;
  const weight = cell.bold ? ' font-weight="bold"' : '';
  return `${ground}<text x="${x}" y="${y + CELL_HEIGHT * 0.75}" fill="${colour}"${weight}>${escaped(cell.char)}</text>`;
};

export const svgOf = (terminal: TestTerminal, paper: Paper = 'dark'): string => {
  const width = terminal.columns * CELL_WIDTH + 2 * MARGIN;
  const height = terminal.rows * CELL_HEIGHT + 2 * MARGIN;
  const cells: string[] = [];
  for (let y = 0; y < terminal.rows; y++) {
    for (let x = 0; x < terminal.columns; x++) {
      cells.push(cellPicture(terminal.cell(x, y), MARGIN + x * CELL_WIDTH, MARGIN + y * CELL_HEIGHT, paper));
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" shape-rendering="crispEdges"`,
    ` font-family="DejaVu Sans Mono, Menlo, monospace" font-size="16">`,
    `<rect width="${width}" height="${height}" fill="${PAPERS[paper].background}"/>`,
    ...cells,
    '</svg>',
  ].join('\n');
};
