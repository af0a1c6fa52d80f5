// A canvas as sharp as the display: its pixels are those of the device, whatever the zoom.

export type Surface = {
  readonly context: CanvasRenderingContext2D;
  /** Pixels of the device. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the device in one of the style sheet, at least 1 and whole: the thickness of a line. */
  readonly unit: number;
};

/** Fits the canvas to its place and wipes it; null where it has no place. */
export const surfaceOf = (canvas: HTMLCanvasElement): Surface | null => {
  const context = canvas.getContext('2d');
  const { clientWidth, clientHeight } = canvas;
  if (context === null || clientWidth === 0 || clientHeight === 0) return null;
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
  // To set the size wipes it and costs a new buffer.
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  else context.clearRect(0, 0, width, height);
  return { context, width, height, unit: Math.max(1, Math.round(ratio)) };
};
