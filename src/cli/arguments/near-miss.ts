// A slip of the finger in a command's name would start a run that looks for a host of that name, for ever.

import { distance } from 'fastest-levenshtein';

/**
 * The name that `word` misses by one slip: a letter too many, missing or wrong, or two swapped. null if there is none.
 * Names of four letters are missed by a swap only: too many hosts are one letter away from "help".
 */
export const nearMissOf = (word: string, names: readonly string[]): string | null => {
  // web1 or replay2 is no slip: hosts are numbered.
  if (!/^[a-z]+$/i.test(word)) return null;
  const typed = word.toLowerCase();
  return (
    names.find((name) => {
      const edits = distance(typed, name);
      if (edits === 0) return word !== name;
      const isSwap = edits === 2 && sorted(typed) === sorted(name);
      return isSwap || (edits === 1 && name.length > 4);
    }) ?? null
  );
};

const sorted = (word: string): string => Array.from(word).sort().join('');
