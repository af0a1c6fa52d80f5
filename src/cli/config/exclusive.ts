// Options of which one at most can hold: the command line's beats the environment's, and so on; two from one place are an
// error.

import { dashed } from '../arguments/option-spec.js';
import { UsageError } from '../arguments/usage-error.js';
import { SOURCES } from './layers.js';
import type { Layered } from './layers.js';

/**
 * @param of where an option's value comes from
 * @returns the flag that is on, null where none is
 * @throws UsageError
 */
export const oneOfOptions = <const Name extends string>(
  names: readonly Name[],
  of: (name: Name) => Layered,
): Name | null => {
  const on = names.filter((name) => of(name).typed === true);
  for (const source of SOURCES) {
    const [first, second] = on.filter((name) => of(name).source === source);
    if (first === undefined) continue;
    if (second === undefined) return first;
    const called = source === 'command line' ? [dashed(first), dashed(second)] : [of(first).called, of(second).called];
    throw new UsageError(`${called.join(' and ')} exclude each other: give one of them`);
  }
  return null;
};
