// What a call would be like, in words: an estimate, and said to be one.

import type { CallQuality } from '../../events/verdict.js';

/** "call: poor, R 64, MOS 3.3 (est., to far1)". */
export const callWords = ({ word, r, mos }: CallQuality, label: string): string =>
  `call: ${word}, R ${r.toFixed(0)}, MOS ${mos.toFixed(1)} (est., to ${label})`;
