// The options that a config file and the environment may give a value: every long one, of whichever command.

import { commands, optionsOf } from '../arguments/command-table.js';
import type { OptionSpec } from '../arguments/option-spec.js';

/** Those that only the command line can mean. */
const NOT_SET = new Set(['help', 'version', 'config']);

export const isSettable = ({ name }: OptionSpec): boolean => name.length > 1 && !NOT_SET.has(name);

/** By name; where commands differ in one, that of the run comes first. */
export const settableOptions: ReadonlyMap<string, OptionSpec> = new Map(
  [null, ...commands]
    .flatMap((command) => optionsOf(command).filter(isSettable))
    .toReversed()
    .map((spec) => [spec.name, spec]),
);

/** PINGEM_ON_EPISODE of on-episode. */
export const variableOf = (name: string): string => `PINGEM_${name.toUpperCase().replaceAll('-', '_')}`;
