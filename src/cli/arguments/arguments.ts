// The command line: which command it names, and what is asked of it. What each option is stands in the option table.

import { join } from 'shlex';
import { configReport } from '../config/config-report.js';
import { Layers, readOptions } from '../config/layers.js';
import type { LoadConfig } from '../config/load-config.js';
import { completionScript } from '../completions/completions.js';
import type { Shell } from '../completions/completions.js';
import { helpText } from './help-text.js';
import { endpointTexts, liveOptions, serveArguments } from './live-arguments.js';
import type { LiveOptions } from './live-arguments.js';
import { nearMissOf } from './near-miss.js';
import { commandNamed, commands, optionsOf } from './command-table.js';
import { statusOptions } from './options/status-options.js';
import type { CommandSpec } from './option-spec.js';
import { parseWith } from './parsing.js';
import { recordCommand } from './record-arguments.js';
import type { RecordCommand } from './record-arguments.js';
import type { StatusFormat } from '../status/status-line.js';
import { UsageError } from './usage-error.js';

/** Of pingem status. */
export type StatusOptions = {
  command: 'status';
  /** null: that of the run that was started last. */
  file: string | null;
  format: StatusFormat;
  colour: boolean;
  ascii: boolean;
};

/** What was asked for: a command, or a text to print on stdout (help, version, completions). */
export type Invocation = LiveOptions | RecordCommand | StatusOptions | { command: 'print'; text: string };

export type Surroundings = {
  version: string;
  /** Of the terminal on stdout, null where there is none. */
  columns: number | null;
  env: NodeJS.ProcessEnv;
  loadConfig: LoadConfig;
};

/**
 * @param argv the arguments after the script's name
 * @throws UsageError on anything that can't be what the user wants
 */
export const parseArguments = async (
  argv: readonly string[],
  { version, columns, env, loadConfig }: Surroundings,
): Promise<Invocation> => {
  const [first = ''] = argv;
  const command = commandNamed(first);
  if (command === null) refuseNearMiss(first, argv);
  const given = await parseWith(optionsOf(command), command === null ? argv : argv.slice(1));
  if (given['help'] === true) return printed(helpText(command, columns));
  if (command === null && given['version'] === true) return printed(`${version}\n`);
  if (command === null || command.name === 'config' || command.name === 'path') {
    const pathHost = command?.name === 'path' ? (operandOf(command, given._) ?? '') : null;
    const loaded = await loadConfig(textOf(given['config']), textOf(given['user']));
    const layers = new Layers(given, env, loaded.config, null);
    const options = liveOptions(layers, loaded, pathHost);
    return command?.name !== 'config' ? options : printed(configReport(layers, loaded, endpointTexts(layers)));
  }
  if (command.name === 'serve') {
    const loaded = await loadConfig(textOf(given['config']), textOf(given['user']));
    return serveArguments(new Layers(given, env, loaded.config, command.name), loaded);
  }
  const operand = operandOf(command, given._);
  switch (command.name) {
    case 'help':
      return printed(helpText(operand === null ? null : commandNamed(operand), columns));
    case 'completions':
      return printed(completionScript(operand as Shell));
    default:
  }
  const { config } = await loadConfig(textOf(given['config']), null);
  const layers = new Layers(given, env, config, command.name);
  if (command.name !== 'status') return recordCommand(command.name, operand ?? '-', layers);
  return { command: 'status', file: operand, ...readOptions(statusOptions, layers) };
};

const textOf = (typed: unknown): string | null => (typeof typed === 'string' ? typed : null);

const printed = (text: string): Invocation => ({ command: 'print', text });

const refuseNearMiss = (first: string, argv: readonly string[]): void => {
  const meant = nearMissOf(
    first,
    commands.map(({ name }) => name),
  );
  if (meant === null) return;
  const line = join(['pingem', meant, ...argv.slice(1)]);
  throw new UsageError(`did you mean  ${line} ? For a host called ${first}, give it a label: ${first}=${first}`);
};

/** What follows the command's name, null where there may be nothing and is nothing. */
const operandOf = ({ name, operands }: CommandSpec, words: readonly string[]): string | null => {
  const [word = null] = words;
  const { completion, least } = operands;
  const fits = words.length <= 1 && words.length >= least;
  if (!Array.isArray(completion)) {
    if (fits) return word;
    if (completion === 'endpoint') {
      throw new UsageError(
        `pingem ${name} takes one host: pingem ${name} 9.9.9.9; beside endpoints it is --path 9.9.9.9`,
      );
    }
    throw new UsageError(
      least === 0
        ? `pingem ${name} takes one file: pingem ${name} FILE, or none`
        : `pingem ${name} takes one record: pingem ${name} FILE, or - for stdin`,
    );
  }
  if (fits && (word === null || completion.includes(word))) return word;
  const choice = completion.join(', ');
  throw new UsageError(`pingem ${name} takes one of ${choice}; a host called ${name} is ${name}=${name}`);
};
