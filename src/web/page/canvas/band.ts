// What a column's colour tells. (To be replaced by the terminal's rule.)

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { Millis } from '../../../events/units.js';
import type { Band } from '../../../view/theme/palette.js';

export const bandOf = ({ counts, p50, p95 }: EpochStats, usual: Millis | null): Band => {
  if (counts.late > 0 && counts.late >= counts.answered) return 'late';
  if (p50 === null || p95 === null || usual === null) return 'good';
  if (p50 - usual >= 100) return 'bad';
  return p95 - usual >= 30 ? 'warn' : 'good';
};
