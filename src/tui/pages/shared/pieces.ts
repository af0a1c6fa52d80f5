// A line made of pieces, some of which are given up where there is no room: what is shown is never cut.

import type { CellGrid, Style } from '../../terminal/cells.js';
import { textWidth } from '../../../view/text.js';

export type Piece = {
  text: string;
  style: Style;
  /** Given up first where it is highest. */ rank: number;
  gap?: number;
};

export const piecesWidth = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, { text, gap }, i) => sum + textWidth(text) + (i === 0 ? 0 : (gap ?? 2)), 0);

/** As many pieces as fit whole, by their ranks; none where not even the most important ones do. */
export const fittingPieces = (pieces: readonly Piece[], width: number): Piece[] => {
  let kept = pieces.filter(({ text }) => text !== '');
  while (kept.length > 0 && piecesWidth(kept) > width) {
    const worst = Math.max(...kept.map(({ rank }) => rank));
    kept = kept.filter(({ rank }) => rank !== worst);
  }
  return kept;
};

/** Draws as many pieces as fit whole, and returns the column after the last. */
export const drawPieces = (grid: CellGrid, x: number, y: number, end: number, pieces: readonly Piece[]): number => {
  let kept = pieces.filter(({ text }) => text !== '');
  while (kept.length > 1 && piecesWidth(kept) > end - x) {
    const worst = Math.max(...kept.map(({ rank }) => rank));
    kept = kept.filter(({ rank }) => rank !== worst);
  }
  let column = x;
  for (const [i, { text, style, gap }] of kept.entries()) {
    if (i > 0) column += gap ?? 2;
    column = grid.text(column, y, text, style, end);
  }
  return column;
};
