// How the text of an option becomes its value. Each takes the option's name for the error that it throws.

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
