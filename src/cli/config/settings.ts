// A value given to an option elsewhere than on the command line, as if it had been typed there.

import { join } from 'shlex';
import { dashed } from '../arguments/option-spec.js';
import type { OptionSpec } from '../arguments/option-spec.js';
import { UsageError } from '../arguments/usage-error.js';
import type { TomlValue } from './toml-entries.js';

/** What was typed for a value; for a flag, and for a value that may be left out, also whether it is given at all. */
export type Typed = string | boolean;

const TRUE = new Set(['1', 'true', 'yes', 'on']);
const FALSE = new Set(['0', 'false', 'no', 'off']);

/**
 * @param called what errors call it: a variable, or file, line and key
 * @throws UsageError where the option can't be given that
 */
export const typedInToml = (spec: OptionSpec, value: TomlValue, called: string): Typed =>
  checked(spec, typedOf(spec, value, called), called);

/** The same from a variable of the environment, where everything is text. */
export const typedInVariable = (spec: OptionSpec, text: string, called: string): Typed => {
  if (spec.type === 'value') return checked(spec, text, called);
  const word = text.toLowerCase();
  if (TRUE.has(word)) return spec.type === 'flag' ? true : '';
  if (FALSE.has(word)) return false;
  if (spec.type === 'optional value') return checked(spec, text, called);
  throw new UsageError(`${called} is on or off: give it 1 or 0, not "${text}"`);
};

const typedOf = (spec: OptionSpec, value: TomlValue, called: string): Typed => {
  if (spec.type === 'flag') {
    if (value.kind === 'flag') return value.on;
    throw new UsageError(`${called} is on or off: give it true or false`);
  }
  switch (value.kind) {
    case 'text':
    case 'number':
      return value.text;
    case 'flag':
      if (spec.type === 'optional value') return value.on ? '' : false;
      break;
    case 'list':
      if (spec.type === 'value' && spec.list !== undefined) {
        const words = value.items.map(({ value: one }) => (one.kind === 'text' ? one.text : null));
        if (words.every((word) => word !== null)) return spec.list === 'commas' ? words.join(',') : join(words);
      }
      break;
    default:
  }
  throw new UsageError(`${called} takes what ${dashed(spec.name)} does: give it a text or a number`);
};

const checked = (spec: OptionSpec, typed: Typed, called: string): Typed => {
  if (spec.type !== 'flag' && typeof typed === 'string') spec.read(called, typed);
  return typed;
};
