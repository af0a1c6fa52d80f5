// How yargs is used here: strictly, in English, with every value left as the text that was typed, because "0.1" is ours
// to check and 10.1 may be a slip for an address.

import type { Argv } from 'yargs';
import yargs from 'yargs';
import { UsageError } from './usage-error.js';

export const strictParser = (): Argv =>
  yargs()
    .scriptName('pingem')
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .help()
    .alias('help', 'h')
    .wrap(100)
    .strictOptions()
    .exitProcess(false)
    .showHelpOnFail(false);

/** An option that takes a value. */
export const option = (alias: string | null, describe: string, defaultText?: string) => ({
  ...(alias === null ? {} : { alias }),
  ...(defaultText === undefined ? {} : { default: defaultText, defaultDescription: defaultText }),
  describe,
  nargs: 1,
  requiresArg: true,
});

export const flag = (describe: string) =>
  ({ type: 'boolean', default: false, defaultDescription: 'no', describe }) as const;

/**
 * The options as yargs leaves them, or what --help or --version print.
 * @throws UsageError
 */
export const parseWith = async (
  parser: Argv,
  argv: readonly string[],
): Promise<{ given: unknown; printed: string | null }> => {
  let printed = '';
  const given: unknown = await parser.parseAsync([...argv], {}, (error, _given, output) => {
    if (error) throw new UsageError(explain(error.message));
    printed = output;
  });
  refuseFlagValues(given, argv);
  return { given, printed: printed === '' ? null : `${printed}\n` };
};

/** yargs takes `--json=3` for --json=false without a word. */
const refuseFlagValues = (given: unknown, argv: readonly string[]): void => {
  const ours = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  for (const word of ours) {
    const name = /^--?([^-=][^=]*)=/.exec(word)?.[1];
    const isFlag = name !== undefined && typeof (given as Record<string, unknown>)[name] === 'boolean';
    if (isFlag) throw new UsageError(`${word.slice(0, word.indexOf('='))} takes no value: give it alone`);
  }
};

/** yargs' own words, completed by what would be right. */
const explain = (message: string): string => {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1];
  if (unknown !== undefined) {
    const names = unknown.split(', ').map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
    return `unknown option ${names.join(', ')}: see pingem --help`;
  }
  const missing = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (missing !== undefined) return `${missing.length === 1 ? '-' : '--'}${missing} needs a value: see pingem --help`;
  return `${message.replace(/\s+/g, ' ')}: see pingem --help`;
};
