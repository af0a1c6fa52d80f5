// The colours that the page draws in: the terminal's palettes, dark or light as the system is set. The style sheet gets
// them as variables, and keeps background and text.

import { BANDS, COLOUR_NAMES, PALETTES } from '../../../view/theme/palette.js';
import type { Band, ColouredTheme, Palette } from '../../../view/theme/palette.js';
import { hexOf } from '../../../view/theme/xterm-colours.js';

export type { Band } from '../../../view/theme/palette.js';

/** As CSS writes them. */
export type Colours = Readonly<Record<Band, { readonly bar: string; readonly smoke: string }>> & {
  readonly loss: string;
  readonly caption: string;
  readonly faint: string;
  readonly text: string;
};

const light = window.matchMedia('(prefers-color-scheme: light)');

const currentTheme = (): ColouredTheme => (light.matches ? 'light' : 'dark');

const bandColours = (palette: Palette, band: Band): { bar: string; smoke: string } => ({
  bar: hexOf(palette[band]),
  smoke: hexOf(palette[`${band}-p95`]),
});

/** Those of now; hands the same to the style sheet. */
export const takeColours = (): Colours => {
  const root = document.documentElement;
  const palette = PALETTES[currentTheme()];
  for (const name of COLOUR_NAMES) root.style.setProperty(`--${name}`, hexOf(palette[name]));
  const bands = Object.fromEntries(BANDS.map((band) => [band, bandColours(palette, band)])) as Record<
    Band,
    { bar: string; smoke: string }
  >;
  return {
    ...bands,
    loss: hexOf(palette.loss),
    caption: hexOf(palette.caption),
    faint: hexOf(palette.faint),
    text: getComputedStyle(root).color,
  };
};

/** Calls back whenever the system is set from dark to light, or back. */
export const onThemeChange = (changed: () => void): void => light.addEventListener('change', changed);
