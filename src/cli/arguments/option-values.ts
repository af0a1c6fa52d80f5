// How the text of an option becomes its value. Each takes the option's name for the error that it throws.

import { split } from 'shlex';
import type { Millis } from '../../events/units.js';
import { MAX_PAYLOAD_BYTES, PAYLOAD_HEAD_BYTES } from '../../probe/packet/echo-payload.js';
import { parseDuration, parseNumber } from './durations.js';
import type { Range } from './durations.js';
import { UsageError } from './usage-error.js';

type Reader<Value> = (option: string, text: string) => Value;

export const wholeNumber =
  (range: Range): Reader<number> =>
  (option, text) =>
    parseNumber(option, text, range, true);

/** Seconds as ping takes them, with decimals and without a unit. `range` in seconds. */
export const seconds =
  (range: Range): Reader<Millis> =>
  (option, text) =>
    parseNumber(option, text, range, false) * 1000;

/** Of --interval, and of interval= of an endpoint. */
export const INTERVAL = seconds({ from: 0.001, to: 3600 });

/** ICMP payload bytes, of --size, and of size= of an endpoint. */
export const SIZE = wholeNumber({ from: PAYLOAD_HEAD_BYTES, to: MAX_PAYLOAD_BYTES });

/** With a unit: 5s, 1m. `range` in milliseconds. */
export const duration =
  (range: Range): Reader<Millis> =>
  (option, text) =>
    parseDuration(option, text, range);

export const word: Reader<string> = (option, text) => {
  if (text === '') throw new UsageError(`${option} needs a value: see pingem --help`);
  return text;
};

export const oneOf =
  <const Choice extends string>(choices: readonly Choice[]): Reader<Choice> =>
  (option, text) => {
    const choice = choices.find((known) => known === text);
    if (choice === undefined) throw new UsageError(`${option} ${text}: give one of ${choices.join(', ')}`);
    return choice;
  };

/** Some of the choices, with commas between. */
export const listOf =
  <const Choice extends string>(choices: readonly Choice[]): Reader<ReadonlySet<Choice>> =>
  (option, text) =>
    new Set(text.split(',').map((one) => oneOf(choices)(option, one.trim())));

/** Names with commas between. */
export const names: Reader<readonly string[]> = (option, text) =>
  text.split(',').map((one) => word(option, one.trim().replace(/^@/, '')));

/** Of a machine, in lower case, with commas between. */
export const hostNames: Reader<readonly string[]> = (option, text) =>
  text.split(',').map((one) => {
    const name = one.trim().toLowerCase();
    if (/^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(name)) return name;
    throw new UsageError(`${option} takes names such as pi.lan, without a port, not "${one}"`);
  });

/** A command and its arguments, split as a POSIX shell does. */
export const commandWords: Reader<readonly string[]> = (option, text) => {
  let words: string[];
  try {
    words = split(text);
  } catch {
    throw new UsageError(`${option} ${text}: a quotation mark has no other: close it`);
  }
  if (words.length === 0 || words[0] === '') throw new UsageError(`${option} needs a command, such as notify-send`);
  if (text.includes('\0')) throw new UsageError(`${option} has a NUL in it: leave it out`);
  return words;
};
