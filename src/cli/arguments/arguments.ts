// The command line: yargs parses it, this page says what there is and checks each value. Everything that --help shows
// stands here, once.

import type { Argv } from 'yargs';
import type { Millis } from '../../events/units.js';
import { MAX_PAYLOAD_BYTES, PAYLOAD_HEAD_BYTES } from '../../probe/packet/echo-payload.js';
import { parseDuration, parseNumber } from './durations.js';
import type { Range } from './durations.js';
import { checkDistinct, parseEndpoint } from './endpoint-argument.js';
import type { EndpointArgument } from './endpoint-argument.js';
import { flag, option, parseWith, strictParser } from './parsing.js';
import { isRecordCommand, parseRecordCommand } from './record-arguments.js';
import type { RecordCommand } from './record-arguments.js';
import { UsageError } from './usage-error.js';

export type LiveOptions = {
  command: 'live';
  endpoints: readonly EndpointArgument[];
  interval: Millis;
  timeout: Millis;
  /** ICMP payload. */
  sizeBytes: number;
  epoch: Millis;
  count: number | null;
  deadline: Millis | null;
  family: 4 | 6 | null;
  interface: string | null;
  ttl: number | null;
  tos: number | null;
  /** How often names are resolved anew, null for only when an endpoint is down. */
  resolveEvery: Millis | null;
  record: string | null;
  /** Load what the record holds before going on with it. */
  resume: boolean;
  /** null: a screen where stdout is a terminal, text elsewhere. */
  output: 'json' | 'text' | null;
  ascii: boolean;
  user: string | null;
};

/** What was asked for: a command, or a text to print on stdout (help, version). */
export type Invocation = LiveOptions | RecordCommand | { command: 'print'; text: string };

const DAY: Millis = 86_400_000;

/** The payload's endpoint field has 16 bits. */
const MAX_ENDPOINTS = 65_536;

/** Probes in flight at once that can still be told apart by the 16 bits that an ICMP error quotes. */
const MAX_IN_FLIGHT = 60_000;

/** What yargs leaves: every value is still the text that was typed. */
type Given = {
  _: string[];
  interval: string;
  timeout: string;
  size: string;
  epoch: string;
  count?: string;
  deadline?: string;
  4: boolean;
  6: boolean;
  interface?: string;
  ttl?: string;
  tos?: string;
  resolve?: string;
  record?: string;
  resume: boolean;
  json: boolean;
  text: boolean;
  ascii: boolean;
  user?: string;
};

/**
 * @param argv the arguments after the script's name
 * @throws UsageError on anything that can't be what the user wants
 */
export const parseArguments = async (argv: readonly string[], version: string): Promise<Invocation> => {
  const [first = ''] = argv;
  if (isRecordCommand(first)) return parseRecordCommand(first, argv.slice(1));
  const { given, printed } = await parseWith(parser(version), argv);
  return printed === null ? liveOptions(given as Given) : { command: 'print', text: printed };
};

/** The text of --help. */
export const helpText = async (): Promise<string> => `${await parser('').getHelp()}\n`;

const liveOptions = (given: Given): LiveOptions => {
  const family = forcedFamily(given);
  if (given.json && given.text) throw new UsageError('--json and --text exclude each other: give one of them');
  if (given._.length === 0) {
    throw new UsageError('no endpoint given: name at least one host or address, such as pingem 192.168.1.1 8.8.8.8');
  }
  const endpoints = given._.map((text) => parseEndpoint(text, family));
  checkDistinct(endpoints);
  if (endpoints.length > MAX_ENDPOINTS) {
    throw new UsageError(`${endpoints.length} endpoints are too many: give at most ${MAX_ENDPOINTS}`);
  }
  if (given.resume && given.record === undefined) {
    throw new UsageError('--resume goes on with a record: say which with --record FILE');
  }
  const interval = seconds('--interval', given.interval, { from: 0.001, to: 3600 });
  const timeout = seconds('--timeout', given.timeout, { from: 0.001, to: 3600 });
  if (timeout / interval > MAX_IN_FLIGHT) {
    throw new UsageError(
      `--timeout ${given.timeout} at --interval ${given.interval} would keep over ${MAX_IN_FLIGHT} probes in flight: shorten the timeout`,
    );
  }
  return {
    command: 'live',
    endpoints,
    interval,
    timeout,
    sizeBytes: parseNumber('--size', given.size, { from: PAYLOAD_HEAD_BYTES, to: MAX_PAYLOAD_BYTES }, true),
    epoch: parseDuration('--epoch', given.epoch, { from: 1000, to: 3_600_000 }),
    count: optional(given.count, (text) => parseNumber('--count', text, { from: 1, to: 2 ** 47 }, true)),
    deadline: optional(given.deadline, (text) => seconds('--deadline', text, { from: 0.001, to: 366 * 86_400 })),
    family,
    interface: optional(given.interface, (text) => word('--interface', text)),
    ttl: optional(given.ttl, (text) => parseNumber('--ttl', text, { from: 1, to: 255 }, true)),
    tos: optional(given.tos, (text) => parseNumber('--tos', text, { from: 0, to: 255 }, true)),
    resolveEvery: optional(given.resolve, (text) => parseDuration('--resolve', text, { from: 1000, to: DAY })),
    record: optional(given.record, (text) => word('--record', text)),
    resume: given.resume,
    output: given.json ? 'json' : given.text ? 'text' : null,
    ascii: given.ascii,
    user: optional(given.user, (text) => word('--user', text)),
  };
};

const forcedFamily = (given: Given): 4 | 6 | null => {
  if (given[4] && given[6]) throw new UsageError('-4 and -6 exclude each other: give one of them, or neither for both');
  if (given[4]) return 4;
  return given[6] ? 6 : null;
};

const seconds = (option: string, text: string, range: Range): Millis => parseNumber(option, text, range, false) * 1000;

const word = (option: string, text: string): string => {
  if (text === '') throw new UsageError(`${option} needs a value: see pingem --help`);
  return text;
};

const optional = <T>(text: string | undefined, parse: (text: string) => T): T | null =>
  text === undefined ? null : parse(text);

const parser = (version: string): Argv =>
  strictParser()
    .usage(
      '$0 [options] <endpoint..>\n\nShows whether it is your network, which part of it, and since when.\n' +
        'An endpoint is a host name, an IPv4 or IPv6 address, or label=host.\n\n' +
        '$0 replay FILE          shows a record on the same screen\n' +
        '$0 summary FILE         prints what a record adds up to\n' +
        '$0 export FILE --csv    prints its epochs as a table',
    )
    .option('interval', option('i', 'seconds between two probes of one endpoint, from 0.001', '0.2'))
    .option('timeout', option('W', 'seconds until a probe counts as lost', '2'))
    .option('size', option('s', 'bytes of ICMP payload, from 16', '56'))
    .option('epoch', option('e', 'width of a history column, 1s to 1h', '5s'))
    .option('count', option('c', 'stop after this many probes to each endpoint'))
    .option('deadline', option('w', 'stop after this many seconds'))
    .option('4', flag('IPv4 only'))
    .option('6', flag('IPv6 only'))
    .option('interface', option('I', 'send and receive on this interface only'))
    .option('ttl', option(null, 'time to live (hop limit) of the probes, 1 to 255'))
    .option('tos', option(null, 'type of service (traffic class) of the probes, 0 to 255'))
    .option('resolve', option(null, 'resolve names anew this often, such as 5m, not only when they are down'))
    .option('record', option(null, 'append every event to this file as JSON lines; .gz compresses'))
    .option('resume', flag('load what the record holds and go on with it'))
    .option('json', flag('the record lines on stdout, no screen'))
    .option('text', flag('a line per endpoint per epoch, no screen'))
    .option('ascii', flag('draw with ASCII characters only'))
    .option('user', option(null, 'whom to become once the sockets are open, instead of who ran sudo'))
    .version(version)
    .alias('version', 'V')
    .epilogue(
      'Exit status: 0 every endpoint answered at least once, 1 one never did, 2 bad usage or no permission.\n' +
        'On the screen, ? lists the keys. Root is needed to open the sockets only, and dropped at once under sudo.\n\n' +
        'Examples:\n  sudo pingem 192.168.1.1 8.8.8.8\n  sudo pingem gateway=192.168.1.1 9.9.9.9 -i 0.1 --record pingem.log',
    );
