// The colours of the screen and of the page in a browser, as xterm's numbers; `hexOf` has them for a browser. Names and
// numbers have none: they stand in the reader's own colour of text. docs/decisions/0035 has the reasons for each.

import type { XtermIndex } from './xterm-colours.js';

/** `mono`: shapes only. */
export type ThemeName = 'dark' | 'light' | 'mono';

export const COLOURED_THEMES = ['dark', 'light'] as const satisfies readonly ThemeName[];
export type ColouredTheme = (typeof COLOURED_THEMES)[number];

/** What `--theme` takes. `auto`: dark or light, as the terminal's background is. */
export const THEME_CHOICES = ['auto', ...COLOURED_THEMES, 'mono'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** What a column's colour tells of an endpoint at that time. */
export const BANDS = ['good', 'warn', 'bad', 'late'] as const;
export type Band = (typeof BANDS)[number];

/** Every colour by its name. `-p95`: of the paler part of a bar, from the median to the p95. */
export const COLOUR_NAMES = [
  'good',
  'good-p95',
  'warn',
  'warn-p95',
  'bad',
  'bad-p95',
  'late',
  'late-p95',
  'loss',
  // Of an endpoint that has no say: one that was removed, or only answers ping badly.
  'grey',
  'grey-p95',
  'grey-loss',
  'caption',
  // No data, nobody's fault: to be seen only by who looks for it.
  'faint',
] as const;
export type ColourName = (typeof COLOUR_NAMES)[number];

export type Palette = Readonly<Record<ColourName, XtermIndex>>;

export const PALETTES: Readonly<Record<ColouredTheme, Palette>> = {
  dark: {
    good: 74,
    'good-p95': 26,
    warn: 228,
    'warn-p95': 101,
    bad: 208,
    'bad-p95': 130,
    late: 135,
    'late-p95': 97,
    loss: 197,
    grey: 244,
    'grey-p95': 239,
    'grey-loss': 250,
    caption: 247,
    faint: 239,
  },
  light: {
    good: 32,
    'good-p95': 110,
    warn: 136,
    'warn-p95': 222,
    bad: 94,
    'bad-p95': 173,
    late: 93,
    'late-p95': 141,
    loss: 125,
    grey: 245,
    'grey-p95': 251,
    'grey-loss': 239,
    caption: 241,
    faint: 250,
  },
};

/** What a user wants otherwise, of each theme. */
export type OwnColours = Readonly<Record<ColouredTheme, Partial<Palette>>>;

export const NO_OWN_COLOURS: OwnColours = { dark: {}, light: {} };

/** Where a terminal has its 16 colours only; what they look like is up to it. Null: the colour of its text. */
export type BasicPalette = Readonly<Record<Band | 'loss', number | null>>;

export const BASIC_PALETTES: Readonly<Record<ColouredTheme, BasicPalette>> = {
  dark: { good: 6, warn: 3, bad: 1, late: null, loss: 5 },
  light: { good: 4, warn: 3, bad: 1, late: null, loss: 5 },
};
