// The options that have to do with the config file.

import type { OptionSpec } from '../option-spec.js';
import { names, word } from '../option-values.js';

/** Of every command that has options of its own, and of a run. */
export const configOption = {
  type: 'value',
  name: 'config',
  short: [],
  metavar: 'FILE',
  read: word,
  completion: 'file',
  help: 'defaults, groups and labels from this file, not from ~/.config/pingem/config.toml',
  man:
    'Take defaults, groups and labels from FILE instead of ~/.config/pingem/config.toml (see CONFIGURATION). ' +
    '/dev/null stands for no file.',
} as const satisfies OptionSpec;

/** Of a run. */
export const groupOption = {
  type: 'value',
  name: 'group',
  short: [],
  metavar: 'NAMES',
  read: names,
  list: 'commas',
  completion: 'group',
  help: 'the endpoints of these groups of the config file, like @NAME; commas between',
  man:
    'Watch the endpoints of these groups of the config file, with commas between. @NAME among the endpoints does the ' +
    'same. Given in the config file or the environment, it holds where the command line names no endpoint.',
} as const satisfies OptionSpec;
