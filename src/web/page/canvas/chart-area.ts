// Where the columns are: the same for every strip, the axis and the row of faults, so that one time stands above the other.

export type ChartArea = {
  /** In pixels of the device: left edge of the first column, and the width of each. */
  readonly left: number;
  readonly columnWidth: number;
  readonly columns: number;
};

/** In pixels of the style sheet. */
const GUTTER = 56;
const COLUMN = 6;
const NARROW_COLUMN = 4;
const NARROW = 600;

/** @param width what there is, in pixels of the style sheet; `ratio`: pixels of the device in one of them */
export const chartArea = (width: number, ratio: number): ChartArea => {
  const device = Math.round(width * ratio);
  const columnWidth = Math.max(2, Math.round((width < NARROW ? NARROW_COLUMN : COLUMN) * ratio));
  const columns = Math.max(1, Math.floor((device - Math.round(GUTTER * ratio)) / columnWidth));
  // Whatever doesn't make a column goes to the left, so that now is at the edge.
  return { left: device - columns * columnWidth, columnWidth, columns };
};

/** The column at `x`, in pixels of the style sheet from the left edge; null beside them. */
export const columnAt = ({ left, columnWidth, columns }: ChartArea, x: number, ratio: number): number | null => {
  const column = Math.floor((x * ratio - left) / columnWidth);
  return column < 0 || column >= columns ? null : column;
};
