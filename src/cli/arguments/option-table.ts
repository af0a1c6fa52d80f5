// Every option, once. An entry here is all that parser, --help, man page and completions need; what an option does is
// up to whoever takes its value from `parseArguments`.

import { alertOptions } from './options/alert-options.js';
import { groupOption } from './options/config-options.js';
import { screenOptions } from './options/screen-options.js';
import { epoch } from './options/shared-options.js';
import type { FlagSpec, OptionSpec } from './option-spec.js';
import { duration, INTERVAL, seconds, SIZE, wholeNumber, word } from './option-values.js';
import { webOptions } from './options/web-options.js';

const DAY_S = 86_400;

/** Of every command. yargs answers it before anything else is looked at. */
export const helpOption = {
  type: 'flag',
  name: 'help',
  short: ['h'],
  help: 'print this help',
  man: 'Print a summary of options and commands.',
} as const satisfies FlagSpec;

/** Of a run only. */
export const versionOption = {
  type: 'flag',
  name: 'version',
  short: ['V', 'v'],
  help: 'print the version',
} as const satisfies FlagSpec;

/** Of a run: pingem [options] [endpoint..]. */
export const runOptions = [
  {
    type: 'value',
    name: 'interval',
    short: ['i'],
    metavar: 'SECONDS',
    read: INTERVAL,
    default: '0.2',
    completion: null,
    help: 'seconds between two probes of one endpoint, from 0.001',
    man: 'Seconds between two probes of one endpoint, from 0.001, unless the endpoint says interval= itself.',
  },
  {
    type: 'value',
    name: 'timeout',
    short: ['W'],
    metavar: 'SECONDS',
    read: seconds({ from: 0.001, to: 3600 }),
    default: '2',
    completion: null,
    help: 'seconds until a probe counts as lost',
    man: 'Seconds until a probe counts as lost. A later reply still repairs it.',
  },
  {
    type: 'value',
    name: 'size',
    short: ['s'],
    metavar: 'BYTES',
    read: SIZE,
    default: '56',
    completion: null,
    help: 'bytes of ICMP payload, from 16',
    man: 'Bytes of ICMP payload, from 16, unless the endpoint says size= itself.',
  },
  {
    ...epoch,
    help: 'width of a history column, 1s to 1h (default 5s, narrower in the first minutes)',
    man:
      'Width of a history column, 1s to 1h. Otherwise it is 5s; on a screen it begins with 1s, and gets wider when the ' +
      'history no longer fits.',
  },
  {
    type: 'value',
    name: 'count',
    short: ['c'],
    metavar: 'N',
    read: wholeNumber({ from: 1, to: 2 ** 47 }),
    completion: null,
    help: 'stop after this many probes to each endpoint',
    man: 'Stop after this many probes to each endpoint, when the last one has settled.',
  },
  {
    type: 'value',
    name: 'deadline',
    short: ['w'],
    metavar: 'SECONDS',
    read: seconds({ from: 0.001, to: 366 * DAY_S }),
    completion: null,
    help: 'stop after this many seconds',
    man: 'Stop after this many seconds. What is in flight then stays so.',
  },
  { type: 'flag', name: '4', short: [], help: 'IPv4 only' },
  { type: 'flag', name: '6', short: [], help: 'IPv6 only' },
  {
    type: 'value',
    name: 'interface',
    short: ['I'],
    metavar: 'NAME',
    read: word,
    completion: 'interface',
    help: 'send by this interface only',
  },
  {
    type: 'value',
    name: 'ttl',
    short: [],
    metavar: 'N',
    read: wholeNumber({ from: 1, to: 255 }),
    completion: null,
    help: 'time to live (hop limit) of the probes, 1 to 255',
  },
  {
    type: 'value',
    name: 'tos',
    short: [],
    metavar: 'N',
    read: wholeNumber({ from: 0, to: 255 }),
    completion: null,
    help: 'type of service (traffic class) of the probes, 0 to 255',
  },
  {
    type: 'flag',
    name: 'no-traffic',
    short: [],
    help: "don't watch what this machine itself sends and receives",
    man:
      "Don't watch what this machine itself sends and receives by the interface of the default route (or of --interface), nor " +
      'the signal of its Wi-Fi. No verdict says then that it is your own traffic that fills the line.',
  },
  {
    type: 'value',
    name: 'resolve',
    short: [],
    metavar: 'DURATION',
    read: duration({ from: 1000, to: DAY_S * 1000 }),
    completion: null,
    help: 'resolve names anew this often, such as 5m, not only when they are down',
    man: 'Resolve names anew this often. Without it a name is resolved anew only while its endpoint is down for 30 s.',
  },
  {
    type: 'value',
    name: 'path',
    short: [],
    metavar: 'HOST',
    read: word,
    completion: 'endpoint',
    help: 'watch the routers on the way to HOST too, each as an endpoint',
    man:
      'Watch the routers on the way to HOST as well, each as an endpoint, once a second unless HOST says interval= ' +
      '(--interval is for the other endpoints). HOST may be one of the endpoints, or its label; otherwise it is watched too.',
  },
  {
    type: 'flag',
    name: 'numeric',
    short: ['n'],
    help: 'look up no names of routers',
    man: 'Look up no names of routers: show their addresses only.',
  },
  {
    type: 'value',
    name: 'record',
    short: [],
    metavar: 'FILE',
    read: word,
    completion: 'file',
    help: 'append every event to this file as JSON lines; .gz compresses',
    man: 'Append every event to FILE as JSON lines. A name that ends in .gz compresses.',
  },
  {
    type: 'flag',
    name: 'resume',
    short: [],
    help: 'load what the record holds and go on with it',
  },
  {
    type: 'flag',
    name: 'json',
    short: [],
    help: 'the record lines on stdout, no screen',
    man: 'The record lines on standard output, no screen.',
  },
  {
    type: 'flag',
    name: 'text',
    short: [],
    help: 'a line per endpoint per epoch, no screen',
  },
  {
    type: 'flag',
    name: 'line',
    short: [],
    help: 'one line painted over itself, for a pane of one row',
    man:
      'No screen but one line, painted over itself: whose fault it is, for how long, and RTT and loss of the endpoint that is ' +
      'worst off. For a pane of one row. q quits.',
  },
  ...screenOptions,
  {
    type: 'optional value',
    name: 'status',
    short: [],
    metavar: 'FILE',
    read: (_, text) => ({ file: text === '' ? null : text }),
    takes: (word) => word.includes('/'),
    completion: 'file',
    help: 'keep a file for pingem status, also with a screen',
    man:
      'Once a second, write what a status bar needs to a file, with or without a screen: the verdict (code, since when, in ' +
      'words), the state of each endpoint, p50, ' +
      'loss and late replies of the last 10 s and of the last hour, and outages that are going on. The file is replaced ' +
      'as a whole, and removed at the end. Without FILE it is status-PID.json in the folder pingem of $XDG_RUNTIME_DIR, ' +
      'else of /run/user/UID; under sudo that of the user who ran it. The next word is taken for FILE only if it has a ' +
      'slash in it, for it may be an endpoint.',
  },
  ...webOptions,
  ...alertOptions,
  groupOption,
  {
    type: 'value',
    name: 'user',
    short: [],
    metavar: 'NAME',
    read: word,
    completion: 'user',
    help: 'whom to become once the sockets are open, instead of who ran sudo',
    man:
      'Whom to become once the sockets are open, instead of the user who ran sudo. Under sudo only the command line can ' +
      'choose: a config file or the environment may name nobody else.',
  },
] as const satisfies readonly OptionSpec[];

/** What only a terminal or a pipe has a use for. */
const SHOWN: ReadonlySet<string> = new Set(['json', 'text', 'line', 'ascii', 'theme', 'no-mouse', 'bell']);

/** Of pingem serve. */
export const serveOptions: readonly OptionSpec[] = runOptions.filter(({ name }) => !SHOWN.has(name));
