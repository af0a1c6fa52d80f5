// The terminal's bell: three times for an episode that begins, once for one that is over. Rung at once they would be one.

import type { Millis } from '../../events/units.js';

const STROKES = { begin: 3, end: 1 } as const;
const BETWEEN: Millis = 300;

/** @param strike rings once */
export const ring = (event: 'begin' | 'end', strike: () => void): void => {
  strike();
  for (let stroke = 1; stroke < STROKES[event]; stroke++) setTimeout(strike, stroke * BETWEEN).unref();
};
