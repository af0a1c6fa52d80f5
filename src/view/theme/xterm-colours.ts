// The fixed part of xterm's 256 colours: the 6x6x6 cube and the greys. What the first 16 look like is up to each terminal.

/** 16 to 255. */
export type XtermIndex = number;

/** Red, green, blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

const CUBE = 16;
const GREYS = 232;

const cubeLevel = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);

/** xterm, 256colres.pl */
export const rgbOf = (index: XtermIndex): Rgb => {
  if (index >= GREYS) {
    const grey = 8 + 10 * (index - GREYS);
    return [grey, grey, grey];
  }
  const at = index - CUBE;
  return [cubeLevel(Math.floor(at / 36)), cubeLevel(Math.floor(at / 6) % 6), cubeLevel(at % 6)];
};

/** `#5fafd7` */
export const hexOf = (index: XtermIndex): string =>
  `#${rgbOf(index)
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;

const linear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export const luminanceOf = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** 1 to 21 (WCAG 2.2). */
export const contrastOf = (one: Rgb, other: Rgb): number => {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};
