// The one font of what is written on a canvas.

import type { Surface } from './surface.js';

const SIZE = 11;

/** As CSS writes it, in pixels of the device. */
export const captionFont = ({ height, context }: Surface): string => {
  const ratio = height / Math.max(1, context.canvas.clientHeight);
  return `${Math.round(SIZE * ratio)}px system-ui, sans-serif`;
};
