// The options of the commands that look at a record.

import type { OptionSpec } from '../option-spec.js';
import { screenOptions } from './screen-options.js';
import { epoch } from './shared-options.js';

/** Of pingem replay. */
export const replayOptions = [{ ...epoch, default: '5s' }, ...screenOptions] as const satisfies readonly OptionSpec[];

/** Of pingem summary. */
export const summaryOptions = [
  {
    type: 'flag',
    name: 'json',
    short: [],
    help: "as the record's own episode, outage and summary lines",
  },
] as const satisfies readonly OptionSpec[];

/** Of pingem export. */
export const exportOptions = [
  {
    type: 'flag',
    name: 'csv',
    short: [],
    help: 'comma-separated values, the one format so far and the default',
    man: 'As comma-separated values, which is the one format so far and the default.',
  },
  { ...epoch, default: '1m', help: 'width of an epoch, 1s to 1h' },
  {
    type: 'flag',
    name: 'episodes',
    short: [],
    help: 'a row per episode (whose fault, when, how bad) instead of per epoch',
  },
] as const satisfies readonly OptionSpec[];
