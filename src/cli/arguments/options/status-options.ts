// The options of pingem status.

import type { OptionSpec } from '../option-spec.js';
import { oneOf } from '../option-values.js';
import { ascii } from './screen-options.js';

const STATUS_FORMATS = ['plain', 'tmux', 'json'] as const;

/** Of pingem status. */
export const statusOptions = [
  {
    type: 'value',
    name: 'format',
    short: [],
    metavar: 'FORMAT',
    read: oneOf(STATUS_FORMATS),
    default: 'plain',
    completion: STATUS_FORMATS,
    help: 'plain, tmux or json',
    man:
      'How the line is written: plain text of 79 columns; for a status line of tmux, 38 columns in which nothing is a ' +
      'format or a style of its own; or as JSON.',
  },
  {
    type: 'flag',
    name: 'colour',
    short: [],
    help: 'the tmux format with colours, #[fg=red]',
    man: 'With the format tmux: in colours (#[fg=red]).',
  },
  ascii,
] as const satisfies readonly OptionSpec[];
