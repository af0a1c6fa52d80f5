// What the signs and colours of the strips mean, drawn with those signs and colours.

import { plain, styleOf } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';
import type { Piece } from '../shared/pieces.js';

/** The most important have the lowest ranks: colours explain themselves sooner than signs. */
export const legend = ({ glyphs, bar, smoke, loss, styles }: Look): Piece[] => {
  const entry = (sign: string, style: number, text: string, rank: number): Piece[] => [
    { text: sign, style, rank },
    { text, style: styles.caption, rank, gap: 1 },
  ];
  const p95 = glyphs.smoke ?? glyphs.bar.good;
  return [
    ...entry(glyphs.lossHalf ?? glyphs.loss, styleOf(loss), 'loss', 0),
    ...entry(glyphs.bar.good, styleOf(bar.good), 'p50', 4),
    ...entry(p95, styleOf(smoke.good), 'p95', 4),
    ...entry(glyphs.bar.warn, styleOf(bar.warn), 'partly slow', 5),
    ...entry(glyphs.bar.bad, styleOf(bar.bad), 'slow', 3),
    ...entry(glyphs.capped, plain, 'off scale', 1),
    ...entry(glyphs.late, styles.late, 'late', 2),
  ];
};
