// Colours and shapes for one kind of terminal. The 256-colour numbers were chosen by looking; the
// darker twin of the late colour (97) and the light red of numbers (203) are of the same hues. Where there is no
// colour, or no block element, shape alone says it: another fill for every band, another sign for every mark.

import { BOLD, plain, styleOf, TERMINAL_DEFAULT } from './cells.js';
import type { Colour, Style } from './cells.js';
import type { Repertoire, TerminalKind } from './terminal-kind.js';

/** What a column's colour tells: its p95 against the endpoint's baseline, or that most of its replies were late. */
export type Band = 'good' | 'warning' | 'bad' | 'late';

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
  more: { up: string; down: string };
  ellipsis: string;
  separator: string;
  arrows: string;
  /** Whether text may hold more than ASCII. */
  unicode: boolean;
  /** Whether the font has all blocks, crosses and braille. */
  rich: boolean;
};

export type Look = {
  glyphs: Glyphs;
  bar: Readonly<Record<Band, Colour>>;
  smoke: Readonly<Record<Band, Colour>>;
  loss: Colour;
  styles: {
    text: Style;
    name: Style;
    number: Style;
    caption: Style;
    /** No data, not collecting, pending. */
    faint: Style;
    /** Loss above zero, outages. */
    alarm: Style;
    /** A warning to the user, a state of the view that is easily forgotten (frozen, looking back). */
    notice: Style;
    late: Style;
    cursor: Style;
  };
};

const sameFill = (char: string): Record<Band, string> => ({ good: char, warning: char, bad: char, late: char });

const fullGlyphs: Glyphs = {
  eighths: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  bar: sameFill('█'),
  smoke: null,
  loss: '█',
  lossHalf: '▀',
  noData: '·',
  gap: '╱',
  pending: '┊',
  capped: '▲',
  late: '◆',
  noFault: '·',
  fault: { some: '▒', bad: '█' },
  cursor: '│',
  axisCursor: '▲',
  mark: '▼',
  address: '@',
  selected: '▸',
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
  selected: '►',
  ellipsis: '~',
};

const asciiGlyphs: Glyphs = {
  eighths: [' ', '_', '_', '_', '-', '-', '=', '#', '#'],
  bar: { good: '#', warning: '+', bad: '%', late: 'L' },
  smoke: ':',
  loss: 'X',
  lossHalf: null,
  noData: '.',
  gap: '/',
  pending: "'",
  capped: '^',
  late: 'l',
  noFault: '.',
  fault: { some: '+', bad: '#' },
  cursor: '|',
  axisCursor: '^',
  mark: 'v',
  address: '@',
  selected: '>',
  more: { up: '^', down: 'v' },
  ellipsis: '~',
  separator: '|',
  arrows: '<- ->',
  unicode: false,
  rich: false,
};

const repertoires: Readonly<Record<Repertoire, Glyphs>> = {
  full: fullGlyphs,
  halves: halvesGlyphs,
  ascii: asciiGlyphs,
};

/** The same shapes where colour can't tell bar from smoke from loss. */
const withoutColour = (glyphs: Glyphs): Glyphs =>
  glyphs.unicode
    ? {
        ...glyphs,
        bar: { good: '█', warning: '▓', bad: '▒', late: glyphs.rich ? '▚' : '■' },
        smoke: '░',
        loss: glyphs.rich ? '╳' : 'X',
        lossHalf: null,
      }
    : glyphs;

const cubeLook = (glyphs: Glyphs): Look => ({
  glyphs,
  bar: { good: 72, warning: 179, bad: 173, late: 140 },
  smoke: { good: 29, warning: 94, bad: 95, late: 97 },
  loss: 160,
  styles: {
    text: styleOf(252),
    name: styleOf(15),
    number: styleOf(252),
    caption: styleOf(242),
    faint: styleOf(237),
    alarm: styleOf(203),
    notice: styleOf(179),
    late: styleOf(140),
    cursor: styleOf(15),
  },
});

/**
 * The basic colours. Grey (8) is not used: some themes map it to the background. Smoke can't be a darker shade here,
 * so it is a lighter fill.
 */
const basicLook = (glyphs: Glyphs): Look => {
  const bar = { good: 2, warning: 3, bad: 5, late: 6 };
  return {
    glyphs: glyphs.unicode ? { ...glyphs, smoke: '░' } : glyphs,
    bar,
    smoke: bar,
    loss: 1,
    styles: {
      text: plain,
      name: styleOf(TERMINAL_DEFAULT, TERMINAL_DEFAULT, BOLD),
      number: plain,
      caption: plain,
      faint: plain,
      alarm: styleOf(1, TERMINAL_DEFAULT, BOLD),
      notice: styleOf(3),
      late: styleOf(6),
      cursor: styleOf(TERMINAL_DEFAULT, TERMINAL_DEFAULT, BOLD),
    },
  };
};

const plainLook = (glyphs: Glyphs): Look => {
  const none = { good: TERMINAL_DEFAULT, warning: TERMINAL_DEFAULT, bad: TERMINAL_DEFAULT, late: TERMINAL_DEFAULT };
  const strong = styleOf(TERMINAL_DEFAULT, TERMINAL_DEFAULT, BOLD);
  return {
    glyphs: withoutColour(glyphs),
    bar: none,
    smoke: none,
    loss: TERMINAL_DEFAULT,
    styles: {
      text: plain,
      name: strong,
      number: plain,
      caption: plain,
      faint: plain,
      alarm: strong,
      notice: strong,
      late: plain,
      cursor: strong,
    },
  };
};

export const lookFor = (kind: TerminalKind): Look => {
  const glyphs = repertoires[kind.repertoire];
  if (kind.colours === 256) return cubeLook(glyphs);
  return kind.colours === 8 ? basicLook(glyphs) : plainLook(glyphs);
};

/** The same shapes in grey, or without colour where there is no grey, for an endpoint that is not watched any more. */
export const fadedLook = (look: Look): Look => {
  const { caption, faint, cursor } = look.styles;
  const all = { text: caption, name: caption, number: caption, caption, faint };
  const styles = { ...all, alarm: caption, notice: caption, late: caption, cursor };
  if (caption === plain) return { ...plainLook(look.glyphs), styles };
  const [dark, grey, light] = [237, 242, 248];
  return {
    glyphs: look.glyphs,
    bar: { good: grey, warning: grey, bad: grey, late: grey },
    smoke: { good: dark, warning: dark, bad: dark, late: dark },
    loss: light,
    styles,
  };
};
