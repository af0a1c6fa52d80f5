// The command line: which command it names, and for a run what its options say against each other. What each option is
// stands in the option table.

import { join } from 'shlex';
import type { VerdictCode } from '../../events/verdict.js';
import type { Millis } from '../../events/units.js';
import { MOST_ENDPOINTS } from '../../record/lines/line-format.js';
import { completionScript } from '../completions/completions.js';
import type { Shell } from '../completions/completions.js';
import { parseEndpoint } from '../endpoints/endpoint-argument.js';
import type { EndpointArgument } from '../endpoints/endpoint-argument.js';
import { helpText } from './help-text.js';
import { KnownEndpoints } from '../endpoints/known-endpoints.js';
import { nearMissOf } from './near-miss.js';
import { commandNamed, commands, optionsOf } from './command-table.js';
import { runOptions, statusOptions } from './option-table.js';
import type { CommandSpec } from './option-spec.js';
import { parseWith, readOptions } from './parsing.js';
import type { Given } from './parsing.js';
import { recordCommand } from './record-arguments.js';
import type { RecordCommand } from './record-arguments.js';
import type { StatusFormat } from '../status/status-line.js';
import { WELL_KNOWN_NAMES } from '../../probe/route/well-known.js';
import { UsageError } from './usage-error.js';

/** Of pingem status. */
export type StatusOptions = {
  command: 'status';
  /** null: that of the run that was started last. */
  file: string | null;
  format: StatusFormat;
};

export type LiveOptions = {
  command: 'live';
  endpoints: readonly EndpointArgument[];
  interval: Millis;
  timeout: Millis;
  /** ICMP payload. */
  sizeBytes: number;
  /** null: the ordinary one, reached in steps on a screen. */
  epoch: Millis | null;
  count: number | null;
  deadline: Millis | null;
  family: 4 | 6 | null;
  interface: string | null;
  ttl: number | null;
  tos: number | null;
  /** Watch what this machine itself sends and receives. */
  traffic: boolean;
  /** How often names are resolved anew, null for only when an endpoint is down. */
  resolveEvery: Millis | null;
  record: string | null;
  /** Load what the record holds before going on with it. */
  resume: boolean;
  /** null: a screen where stdout is a terminal, text elsewhere. */
  output: 'json' | 'text' | null;
  ascii: boolean;
  /** Whether a status file is written, and where: null for the default place. */
  status: { file: string | null } | null;
  /** Ring the bell at an episode's begin and end. */
  bell: boolean;
  /** A command and its arguments to run then. */
  onEpisode: readonly string[] | null;
  /** Of which episodes to tell, null for all. */
  alertOn: ReadonlySet<VerdictCode> | null;
  user: string | null;
};

/** What was asked for: a command, or a text to print on stdout (help, version, completions). */
export type Invocation = LiveOptions | RecordCommand | StatusOptions | { command: 'print'; text: string };

export type Surroundings = {
  version: string;
  /** Of the terminal on stdout, null where there is none. */
  columns: number | null;
};

/**
 * @param argv the arguments after the script's name
 * @throws UsageError on anything that can't be what the user wants
 */
export const parseArguments = async (
  argv: readonly string[],
  { version, columns }: Surroundings,
): Promise<Invocation> => {
  const [first = ''] = argv;
  const command = commandNamed(first);
  if (command === null) refuseNearMiss(first, argv);
  const given = await parseWith(optionsOf(command), command === null ? argv : argv.slice(1));
  if (given['help'] === true) return printed(helpText(command, columns));
  if (command === null) return given['version'] === true ? printed(`${version}\n`) : liveOptions(given);
  const operand = operandOf(command, given._);
  switch (command.name) {
    case 'help':
      return printed(helpText(operand === null ? null : commandNamed(operand), columns));
    case 'status':
      return { command: 'status', file: operand, ...readOptions(statusOptions, given) };
    case 'completions':
      return printed(completionScript(operand as Shell));
    default:
      return recordCommand(command.name, operand ?? '-', given);
  }
};

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

const liveOptions = (given: Given): LiveOptions => {
  const options = readOptions(runOptions, given);
  const { interval, timeout, size, epoch, count, deadline, ttl, tos, resolve, record, resume, ascii, user } = options;
  const family = forcedFamily(options);
  if (options.json && options.text) throw new UsageError('--json and --text exclude each other: give one of them');
  const known = new KnownEndpoints(timeout);
  const defaults = { interval, sizeBytes: size, family };
  const endpoints = (given._.length === 0 ? WELL_KNOWN_NAMES : given._).map((text) =>
    known.admit(parseEndpoint(text, defaults)),
  );
  if (endpoints.length > MOST_ENDPOINTS) {
    throw new UsageError(`${endpoints.length} endpoints are too many: give at most ${MOST_ENDPOINTS}`);
  }
  if (resume && record === null) throw new UsageError('--resume goes on with a record: say which with --record FILE');
  const [onEpisode, alertOn] = [options['on-episode'], options['alert-on']];
  if (alertOn !== null && onEpisode === null && !options.bell) {
    throw new UsageError('--alert-on chooses what --bell and --on-episode tell of: give one of them');
  }
  return {
    command: 'live',
    endpoints,
    interval,
    timeout,
    sizeBytes: size,
    epoch,
    count,
    deadline,
    family,
    interface: options.interface,
    ttl,
    tos,
    traffic: !options['no-traffic'],
    resolveEvery: resolve,
    record,
    resume,
    status: options.status,
    output: options.json ? 'json' : options.text ? 'text' : null,
    ascii,
    bell: options.bell,
    onEpisode,
    alertOn,
    user,
  };
};

const forcedFamily = (given: { 4: boolean; 6: boolean }): 4 | 6 | null => {
  if (given[4] && given[6]) throw new UsageError('-4 and -6 exclude each other: give one of them, or neither for both');
  if (given[4]) return 4;
  return given[6] ? 6 : null;
};
