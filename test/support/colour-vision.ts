// How far two colours are apart for somebody: the difference CIE 1976 of what is left of them in his eyes.

import { rgbOf } from '../../src/view/theme/xterm-colours.js';
import type { XtermIndex } from '../../src/view/theme/xterm-colours.js';

export type Sight = 'normal' | 'deuteranope' | 'protanope';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Machado, Oliveira, Fernandes 2009, severity 1: of linear red, green and blue. */
const SIGHTS: Readonly<Record<Sight, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

/** sRGB to CIE XYZ with white D65 at 1. */
const TO_XYZ: Matrix = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];

const times = (matrix: Matrix, [x, y, z]: Triple): Triple => {
  const row = ([a, b, c]: Triple): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

const linear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const bounded = (value: number): number => Math.max(0, Math.min(1, value));

const seen = (index: XtermIndex, sight: Sight): Triple => {
  const [red, green, blue] = rgbOf(index);
  const [r, g, b] = times(SIGHTS[sight], [linear(red), linear(green), linear(blue)]);
  return [bounded(r), bounded(g), bounded(b)];
};

const lab = (colour: Triple): Triple => {
  const root = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116);
  const [x, y, z] = times(TO_XYZ, colour);
  return [116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))];
};

export const colourDistance = (one: XtermIndex, other: XtermIndex, sight: Sight): number => {
  const [a, b] = [lab(seen(one, sight)), lab(seen(other, sight))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};
