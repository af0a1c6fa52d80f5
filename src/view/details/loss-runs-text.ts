// Runs of losses in a few words: `1 alone, 2 of 3, longest 12 at 22:17:24`.

import type { LossRuns } from '../../history/probe-log/loss-runs.js';
import type { UnixMillis } from '../../events/units.js';

/** Longer ones are counted together. */
const NAMED_LENGTHS = 4;

export const lossRunsText = ({ lengths, longest }: LossRuns, timeText: (at: UnixMillis) => string): string => {
  if (longest === null) return 'none';
  const named = lengths.filter(({ length }) => length <= NAMED_LENGTHS);
  const longer = lengths.filter(({ length }) => length > NAMED_LENGTHS);
  const rest = longer.reduce((sum, { count }) => sum + count, 0);
  const parts = named.map(({ length, count }) => (length === 1 ? `${count} single` : `${count} of ${length}`));
  if (rest > 0) parts.push(`${rest} of ${NAMED_LENGTHS + 1} or more`);
  const at = timeText(longest.at);
  return longest.length === 1
    ? `${parts.join(', ')}, last at ${at}`
    : `${parts.join(', ')}; longest ${longest.length} at ${at}`;
};
