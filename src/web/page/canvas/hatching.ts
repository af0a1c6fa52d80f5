// The hatching that says: nobody looked.

const SPACING = 6;

const made = new Map<string, CanvasPattern>();

/** Slanted lines on nothing. @param unit pixels of the device in one of the style sheet */
export const hatching = (context: CanvasRenderingContext2D, colour: string, unit: number): CanvasPattern | string => {
  const key = `${colour} ${unit}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const size = SPACING * unit;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d');
  if (pen === null) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = unit;
  pen.beginPath();
  // Three lines, so that the tile joins its neighbours without a seam.
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return colour;
  made.set(key, pattern);
  return pattern;
};
