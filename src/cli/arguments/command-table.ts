// Every command, once: parser, --help, man page and completions read it here.

import type { CommandSpec, OptionSpec } from './option-spec.js';
import { configOption } from './options/config-options.js';
import { exportOptions, replayOptions, reportOptions, summaryOptions } from './options/record-options.js';
import { statusOptions } from './options/status-options.js';
import { helpOption, runOptions, serveOptions, versionOption } from './option-table.js';

const recordFile = { least: 1, metavar: 'FILE', completion: 'file' } as const;

const replayCommand = {
  name: 'replay',
  operands: recordFile,
  help: 'shows a record on the same screen',
  man: 'Shows a record on the screen, as if it were live, without privileges.',
  options: replayOptions,
} as const satisfies CommandSpec;

const summaryCommand = {
  name: 'summary',
  operands: recordFile,
  help: 'prints what a record adds up to',
  man: 'Prints what a record adds up to, and its outages.',
  options: summaryOptions,
} as const satisfies CommandSpec;

const reportCommand = {
  name: 'report',
  operands: recordFile,
  help: 'tells a record to somebody else, such as the provider',
  man:
    'Tells a record to somebody who was not there, such as the provider: whose fault it was and when, availability and loss by the day and by the ' +
    'hour, the worst episodes, call quality, how it was measured and what it does not prove. As text, unless told otherwise.',
  options: reportOptions,
} as const satisfies CommandSpec;

const exportCommand = {
  name: 'export',
  operands: recordFile,
  help: 'prints its epochs as a table',
  man: 'Prints a record as a row per endpoint per epoch.',
  options: exportOptions,
} as const satisfies CommandSpec;

const statusCommand = {
  name: 'status',
  operands: { least: 0, metavar: 'FILE', completion: 'file' },
  help: 'one line about the run that is going on',
  man:
    'Prints one line of fixed width about the run that writes FILE, or about the newest run of this user that was ' +
    'started with --status: whose fault it is, for how long, and p50 and loss of the last 10 s of the endpoint that is ' +
    'worst off. Exit status: 0 all is fine or nothing is known yet, 1 something is wrong, or an endpoint does not answer, 2 nothing runs, nobody looks ' +
    '(the machine slept or was busy), or nothing has been written for 5 s.',
  options: statusOptions,
} as const satisfies CommandSpec;

const pathCommand = {
  name: 'path',
  operands: { least: 1, metavar: 'HOST', completion: 'endpoint' },
  help: 'watches HOST and every router on the way to it',
  man:
    'Watches HOST and every router on the way to it, once a second each unless --interval or interval= says otherwise: who ' +
    'answers where, who loses probes, and who only answers ping badly. HOST is written as any endpoint is. Other routers, a ' +
    'longer or a shorter path are followed. It takes all options of a run but --path.',
  options: [],
  likeRun: true,
} as const satisfies CommandSpec;

const configCommand = {
  name: 'config',
  operands: { least: 0, metavar: 'ENDPOINT', completion: 'endpoint', many: true },
  help: 'prints what holds for a run, and where each value comes from',
  man:
    'Prints, as a config file, what would hold for a run that is started with the same options and endpoints: each ' +
    'value with where it comes from (the command line, a variable, file and line, or the default). It takes all options of a run and starts none.',
  options: [],
  likeRun: true,
} as const satisfies CommandSpec;

const serveCommand = {
  name: 'serve',
  operands: { least: 0, metavar: 'ENDPOINT', completion: 'endpoint', many: true },
  help: 'serves the page without a terminal',
  man:
    'Watches the endpoints and serves the page that --web serves, without a terminal: as a service, or on a machine that ' +
    'nobody sits at. Without endpoints none is watched until a page asks for some, by its parameters such as ' +
    'endpoints=192.168.1.1,8.8.8.8&interval=0.1&packet_size=64, put behind its URL with an & before them. ' +
    'It takes the options of a run but for those of screen and standard output.',
  options: serveOptions,
} as const satisfies CommandSpec;

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

const completionsCommand = {
  name: 'completions',
  operands: { least: 1, metavar: 'SHELL', completion: SHELLS },
  help: 'prints the completions for bash, zsh or fish',
  man: 'Prints what SHELL (bash, zsh or fish) needs in order to complete the options and commands of pingem.',
  options: [],
} as const satisfies CommandSpec;

const named = [
  pathCommand,
  serveCommand,
  replayCommand,
  summaryCommand,
  reportCommand,
  exportCommand,
  statusCommand,
  configCommand,
  completionsCommand,
] as const;

const helpCommand = {
  name: 'help',
  operands: { least: 0, metavar: 'COMMAND', completion: named.map(({ name }) => name) },
  help: 'prints this help, or that of a command',
  man: 'Prints a summary of options and commands, or what COMMAND takes.',
  options: [],
} as const satisfies CommandSpec;

export const commands = [...named, helpCommand] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof commands)[number]['name'];

/** The command that the first word of a command line names, or null: then it is an endpoint or an option. */
export const commandNamed = (word: string): (typeof commands)[number] | null =>
  commands.find(({ name }) => name === word) ?? null;

/** All options that a command takes, in the order of the documents; null: of a run. */
export const optionsOf = (command: CommandSpec | null): readonly OptionSpec[] => {
  if (command === null) return [...runOptions, configOption, helpOption, versionOption];
  if (command.likeRun === true) return [...runOptions, configOption, helpOption];
  return command.options.length === 0 ? [helpOption] : [...command.options, configOption, helpOption];
};
