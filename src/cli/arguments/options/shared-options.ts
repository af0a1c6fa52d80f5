// Options that commands have in common.

import { EPOCH_WIDTHS } from '../../../history/epoch-widths.js';
import { showDuration } from '../durations.js';
import type { OptionSpec } from '../option-spec.js';
import { duration } from '../option-values.js';

/** Of whatever shows epochs. */
export const epoch = {
  type: 'value',
  name: 'epoch',
  short: ['e'],
  metavar: 'WIDTH',
  read: duration({ from: 1000, to: 3_600_000 }),
  completion: EPOCH_WIDTHS.map(showDuration),
  help: 'width of a history column, 1s to 1h',
} as const satisfies OptionSpec;
