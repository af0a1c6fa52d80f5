// The options of the commands that look at a record.

import type { OptionSpec } from '../option-spec.js';
import { word } from '../option-values.js';
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

/** Of pingem report. */
export const reportOptions = [
  {
    type: 'flag',
    name: 'json',
    short: [],
    help: 'as JSON, for programs',
    man: 'As JSON, for programs (docs/report-format.md).',
  },
  {
    type: 'value',
    name: 'html',
    short: [],
    metavar: 'OUT',
    read: word,
    completion: 'file',
    help: 'as one page for a browser, with everything in it; - for standard output',
    man:
      'Write one page for a browser to OUT, or to standard output for -, with its data and drawings in it: it loads nothing, and may be sent as ' +
      'it is. A page that is there is replaced as a whole, anything else stays.',
  },
  {
    type: 'flag',
    name: 'mask',
    short: [],
    help: 'names and addresses replaced, the same one always by the same word',
    man:
      'Replace names and addresses of endpoints, and what looks like one in marks and errors, by words such as host-1 and address-2, the same one ' +
      'always by the same. Other words of marks stay: read them before you send it.',
  },
] as const satisfies readonly OptionSpec[];
