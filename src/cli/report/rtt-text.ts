// RTTs in reports, where there is room for three significant digits; the screen has fewer.

import type { Millis } from '../../events/units.js';

/** `0.071`, `0.71`, `12.3`, `104`, `3021`; a dash where there is none. */
export const rttText = (rtt: Millis | null): string => {
  if (rtt === null) return '-';
  if (rtt < 0.9995) return rtt.toFixed(3);
  if (rtt < 9.995) return rtt.toFixed(2);
  return rtt < 99.95 ? rtt.toFixed(1) : rtt.toFixed(0);
};
