// How yargs is used here: strictly, in English, with every value left as the text that was typed, because "0.1" is ours
// to check and 10.1 may be a slip for an address. Which options there are, the option table says.

import { closest, distance } from 'fastest-levenshtein';
import type { Argv } from 'yargs';
import yargs from 'yargs';
import { dashed } from './option-spec.js';
import type { OptionSpec } from './option-spec.js';
import { UsageError } from './usage-error.js';

/** What yargs leaves of a command line: text for a value, a boolean for a flag, what is no option in `_`. */
export type Given = { readonly [name: string]: unknown; readonly _: readonly string[] };

/**
 * @param options all that may be given
 * @throws UsageError for an option that isn't one of them, or that lacks its value or has one too many
 */
export const parseWith = async (options: readonly OptionSpec[], argv: readonly string[]): Promise<Given> => {
  const given = (await parserOf(options).parseAsync(withOptionalValues(options, argv), {}, (error) => {
    if (error) throw new UsageError(explain(error.message, options));
  })) as unknown as Given;
  refuseFlagValues(given, argv);
  return given;
};

/** Gives each value that may be left out its =, so that yargs takes no endpoint for it. Empty is what it is without one. */
const withOptionalValues = (options: readonly OptionSpec[], argv: readonly string[]): string[] => {
  const optional = new Map(
    options.flatMap((spec) => (spec.type === 'optional value' ? [[dashed(spec.name), spec.takes] as const] : [])),
  );
  const words: string[] = [];
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  for (let i = 0; i < argv.length; i++) {
    const [word = '', next = ''] = argv.slice(i, i + 2);
    const takes = i < end ? optional.get(word) : undefined;
    const alone = takes !== undefined;
    const named = alone && i + 1 < end && takes(next) && !next.startsWith('-');
    words.push(alone ? `${word}=${named ? next : ''}` : word);
    if (named) i++;
  }
  return words;
};

const parserOf = (options: readonly OptionSpec[]): Argv => {
  const parser = yargs()
    .scriptName('pingem')
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .strictOptions()
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false);
  for (const spec of options) declare(parser, spec);
  return parser;
};

const declare = (parser: Argv, spec: OptionSpec): void => {
  const { name, short } = spec;
  // Named to yargs, so that it minds nothing else of the line where they stand. What they print is made in help-text.ts.
  if (name === 'help') parser.help(name).alias(name, short);
  else if (name === 'version') parser.version().alias(name, short);
  else if (spec.type === 'flag') parser.option(name, { type: 'boolean', alias: short });
  else if (spec.type === 'optional value') parser.option(name, { type: 'string', alias: short });
  else parser.option(name, { nargs: 1, requiresArg: true, alias: short });
};

/** A flag that a config file turns on is off again by --json=false; yargs takes --json=3 for that without a word. */
const refuseFlagValues = (given: Given, argv: readonly string[]): void => {
  const ours = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  for (const word of ours) {
    const [, name, value = ''] = /^--?([^-=][^=]*)=(.*)$/s.exec(word) ?? [];
    const isFlag = name !== undefined && typeof given[name] === 'boolean';
    if (!isFlag || value === 'true' || value === 'false') continue;
    throw new UsageError(`${word.slice(0, word.indexOf('='))} takes no value but =false: give it alone`);
  }
};

/** yargs' own words, completed by what would be right. */
const explain = (message: string, options: readonly OptionSpec[]): string => {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1];
  if (unknown !== undefined) {
    const names = unknown.split(', ');
    return `unknown option ${names.map(dashed).join(', ')}: ${meant(names, options)}`;
  }
  const missing = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (missing !== undefined) return `${dashed(missing)} needs a value: see pingem --help`;
  return `${message.replace(/\s+/g, ' ')}: see pingem --help`;
};

const meant = (unknown: readonly string[], options: readonly OptionSpec[]): string => {
  const [only = ''] = unknown;
  const near = closest(
    only,
    options.map(({ name }) => name),
  );
  const isNear = unknown.length === 1 && only.length > 3 && distance(only, near) <= 2;
  return isNear ? `did you mean ${dashed(near)}?` : 'see pingem --help';
};
