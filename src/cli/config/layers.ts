// What an option's value is and who says so: the command line, else the environment, else the config file, else the
// option table.

import { dashed } from '../arguments/option-spec.js';
import type { OptionSpec, OptionValues } from '../arguments/option-spec.js';
import type { Given } from '../arguments/parsing.js';
import type { Config } from './config.js';
import { isSettable, settableOptions, variableOf } from './option-names.js';
import { typedInVariable } from './settings.js';
import type { Typed } from './settings.js';

/** From the strongest to the weakest. */
export const SOURCES = ['command line', 'environment', 'file', 'default'] as const;

export type Source = (typeof SOURCES)[number];

export type Layered = {
  /** null: not given. */
  typed: Typed | null;
  source: Source;
  /** Where exactly: environment, PINGEM_INTERVAL; /home/u/.config/pingem/config.toml:3; command line; default. */
  where: string;
  /** What errors call it. */
  called: string;
};

/** Which file to read, and what bin/pingem says of itself. */
const OTHER_VARIABLES = new Set(['PINGEM_CONFIG', 'PINGEM_COMMAND']);

export class Layers {
  readonly given: Given;
  readonly config: Config;
  readonly #env: NodeJS.ProcessEnv;
  readonly #command: string | null;

  /** @param command whose options are asked for, null for a run */
  constructor(given: Given, env: NodeJS.ProcessEnv, config: Config, command: string | null) {
    this.given = given;
    this.config = config;
    this.#env = env;
    this.#command = command;
  }

  /** What holds for a command that is given no option. */
  ofCommand(command: string): Layers {
    return new Layers({ _: [] }, this.#env, this.config, command);
  }

  /** Variables that look as if they set an option and don't. */
  get ignoredVariables(): string[] {
    const isOurs = (name: string): boolean => name.startsWith('PINGEM_') && !OTHER_VARIABLES.has(name);
    const known = new Set(Array.from(settableOptions.keys(), variableOf));
    return Object.keys(this.#env).filter((name) => isOurs(name) && !known.has(name));
  }

  /** @throws UsageError where the environment says what can't be */
  of(spec: OptionSpec): Layered {
    return this.#onCommandLine(spec) ?? this.#inEnvironment(spec) ?? this.#inFile(spec) ?? byDefault(spec);
  }

  #onCommandLine({ name }: OptionSpec): Layered | null {
    const typed = this.given[name];
    if (typeof typed !== 'string' && typeof typed !== 'boolean') return null;
    return { typed, source: 'command line', where: 'command line', called: dashed(name) };
  }

  #inEnvironment(spec: OptionSpec): Layered | null {
    const name = variableOf(spec.name);
    const text = this.#env[name] ?? '';
    if (text === '' || !isSettable(spec)) return null;
    return {
      typed: typedInVariable(spec, text, name),
      source: 'environment',
      where: `environment, ${name}`,
      called: name,
    };
  }

  #inFile({ name }: OptionSpec): Layered | null {
    const { file, options, ofCommand } = this.config;
    const found = ofCommand.get(this.#command ?? '')?.get(name) ?? options.get(name);
    if (found === undefined) return null;
    const where = `${file}:${found.line}`;
    return { typed: found.value, source: 'file', where, called: `${where}: ${name}` };
  }
}

const byDefault = (spec: OptionSpec): Layered => {
  const typed = spec.type === 'value' ? (spec.default ?? null) : null;
  return { typed, source: 'default', where: 'default', called: dashed(spec.name) };
};

/**
 * The values of the options, each checked.
 * @throws UsageError for the first that is wrong
 */
export const readOptions = <const Specs extends readonly OptionSpec[]>(
  options: Specs,
  layers: Layers,
): OptionValues<Specs> => {
  const values = options.map((spec) => {
    const { typed, called } = layers.of(spec);
    if (spec.type === 'flag') return [spec.name, typed === true];
    return [spec.name, typeof typed === 'string' ? spec.read(called, typed) : null];
  });
  return Object.fromEntries(values) as OptionValues<Specs>;
};
