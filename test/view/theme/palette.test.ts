// Whether the colours can be read, and told apart by those who see fewer of them.

import { describe, expect, it } from 'vitest';
import { BANDS, BASIC_PALETTES, COLOURED_THEMES, PALETTES } from '../../../src/view/theme/palette.js';
import type { ColourName } from '../../../src/view/theme/palette.js';
import { contrastOf, hexOf, rgbOf } from '../../../src/view/theme/xterm-colours.js';
import type { Rgb } from '../../../src/view/theme/xterm-colours.js';
import { colourDistance } from '../../support/colour-vision.js';

/** Black and white, and what many terminals have instead. */
const grounds = {
  dark: [
    [0, 0, 0],
    [24, 24, 24],
  ],
  light: [
    [255, 255, 255],
    [250, 250, 250],
  ],
} as const satisfies Record<string, readonly Rgb[]>;

/** Text and signs that are small as text. */
const texts = ['caption', 'late'] as const satisfies readonly ColourName[];
const bars = ['good', 'warn', 'bad', 'late', 'loss', 'grey', 'grey-loss'] as const satisfies readonly ColourName[];

/** Those that stand beside each other where an endpoint gets worse or better. */
const neighbours = [
  ['good', 'warn'],
  ['warn', 'bad'],
  ['good', 'bad'],
  ['bad', 'loss'],
  ['warn', 'loss'],
  ['good', 'loss'],
  ['good', 'late'],
  ['warn', 'late'],
  ['bad', 'late'],
  ['loss', 'late'],
] as const satisfies readonly (readonly [ColourName, ColourName])[];

describe.each(COLOURED_THEMES)('%s', (theme) => {
  const palette = PALETTES[theme];
  const contrast = (name: ColourName): number =>
    Math.min(...grounds[theme].map((ground) => contrastOf(rgbOf(palette[name]), ground)));

  it.each(texts)('text in the colour of %s has a contrast of 4.5', (name) => {
    expect(contrast(name)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(bars)('bars of %s have a contrast of 3', (name) => {
    expect(contrast(name)).toBeGreaterThanOrEqual(3);
  });

  it.each(BANDS)('the p95 of %s is told from its p50', (band) => {
    for (const sight of ['deuteranope', 'protanope', 'normal'] as const) {
      expect(colourDistance(palette[band], palette[`${band}-p95`], sight)).toBeGreaterThanOrEqual(15);
    }
  });

  it.each(neighbours)('%s is told from %s by who sees no red or no green', (one, other) => {
    for (const sight of ['deuteranope', 'protanope', 'normal'] as const) {
      expect(colourDistance(palette[one], palette[other], sight)).toBeGreaterThanOrEqual(15);
    }
  });
});

describe('the basic colours', () => {
  it.each(COLOURED_THEMES)('on %s differ for every state', (theme) => {
    expect(new Set(Object.values(BASIC_PALETTES[theme])).size).toBe(5);
  });
});

describe('xterm', () => {
  it('has these colours', () => {
    expect([16, 74, 208, 231, 232, 247, 255].map(hexOf)).toEqual([
      '#000000',
      '#5fafd7',
      '#ff8700',
      '#ffffff',
      '#080808',
      '#9e9e9e',
      '#eeeeee',
    ]);
  });

  it('black on white has a contrast of 21', () => {
    expect(contrastOf([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  });
});
