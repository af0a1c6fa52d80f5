// The entry: parses, dispatches, and turns what can't be done into one line on stderr and exit status 2.

import { readFileSync } from 'node:fs';
import { prepareObserver } from '../observer/prepared-observer.js';
import type { WatcherName } from '../observer/watchers.js';
import { placesText } from '../tui/terminal/terminal-kind.js';
import { ignoreDebuggerSignal } from './process/debugger.js';
import { exitWithoutTerminal } from './process/lost-terminal.js';
import { leave } from './process/leave.js';
import { say } from './output/say.js';
import { isUserError } from './process/user-error.js';

const HELP = new Set(['--help', '-h', 'help']);
const VERSION = new Set(['--version', '-V', '-v']);
const SCREENLESS = new Set([
  ...HELP,
  ...VERSION,
  '--json',
  '--text',
  'serve',
  'summary',
  'report',
  'export',
  'status',
  'config',
  'completions',
]);

/** As for what else keeps a run from starting. */
const OUT_OF_DESCRIPTORS = 2;

const packageFile = new URL('../../package.json', import.meta.url);

const readVersion = (): string => (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;

export const main = async (argv: readonly string[]): Promise<never> => {
  ignoreDebuggerSignal();
  exitWithoutTerminal();
  try {
    return await leave(await run(argv));
  } catch (error) {
    if (isOutOfDescriptors(error)) {
      say('too few file descriptors: raise the limit, such as with  ulimit -n 256');
      return leave(OUT_OF_DESCRIPTORS);
    }
    if (!isUserError(error)) throw error;
    const { explain } = await import('./process/explain.js');
    say(explain(error, argv));
    return leave(error.exitStatus);
  }
};

/** Whatever Node was about to open or load: each of its modules takes a descriptor for a moment. */
const isOutOfDescriptors = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');

const run = async (argv: readonly string[]): Promise<number> => {
  const version = readVersion();
  // yargs takes longer to load than Node itself; for these two it isn't needed.
  const only = argv.length === 1 ? argv[0] : undefined;
  if (only !== undefined && VERSION.has(only)) return print(`${version}\n`);
  if (only !== undefined && HELP.has(only)) {
    return print((await import('./arguments/help-text.js')).helpText(null, terminalColumns()));
  }
  const watchers = likelyWatchers(argv);
  const prepared = watchers.length === 0 ? null : prepareObserver(watchers);
  const { parseArguments } = await import('./arguments/arguments.js');
  const { loadConfigOf } = await import('./config/load-config.js');
  const { env } = process;
  const invocation = await parseArguments(argv, {
    version,
    columns: terminalColumns(),
    env,
    loadConfig: loadConfigOf(env),
  });
  switch (invocation.command) {
    case 'print':
      return print(invocation.text);
    case 'live':
      // For errors after root is given up: that user may not be able to read the program.
      await import('./process/explain.js');
      return (await import('./live.js')).runLive(invocation, version, prepared);
    case 'replay':
      return (await import('./replay.js')).runReplay(invocation, prepared);
    case 'status':
      return (await import('./status/status-command.js')).runStatus(invocation);
    case 'summary':
      return (await import('./record-commands.js')).runSummary(invocation);
    case 'report':
      return (await import('./record-report/report-command.js')).runReport(invocation, version);
    case 'export':
      return (await import('./record-commands.js')).runExport(invocation);
  }
};

/** As good a guess as can be had before the arguments are parsed; a wrong one costs a thread that is never used. */
const likelyWatchers = (argv: readonly string[]): WatcherName[] => {
  const screen = process.stdout.isTTY && placesText(process.env) && !argv.some((word) => SCREENLESS.has(word));
  const status = argv.some((word) => word === '--status' || word.startsWith('--status='));
  const web = argv[0] === 'serve' || argv.some((word) => /^--(web|metrics)(=|$)/.test(word));
  const line = process.stdout.isTTY && argv.includes('--line');
  return [
    ...(line ? (['line'] as const) : []),
    ...(screen ? (['screen'] as const) : []),
    ...(status ? (['status'] as const) : []),
    ...(web ? (['web'] as const) : []),
  ];
};

/** null where stdout is no terminal, or one that doesn't know its size. */
const terminalColumns = (): number | null =>
  process.stdout.isTTY && process.stdout.columns > 0 ? process.stdout.columns : null;

const print = async (text: string): Promise<number> => {
  const { openStdout, writeAll } = await import('./output/stdout.js');
  return writeAll(openStdout(), text);
};
