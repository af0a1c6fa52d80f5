// Draws that a seed repeats. Each user forks a stream of his own, so that what one draws moves nobody else's.

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const FRACTIONS = 2 ** 30;

export type Random = {
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** Anything between the two. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
  fork(): Random;
};

export const seeded = (seed: number): Random => {
  const generator = xoroshiro128plus(seed);
  const int = (from: number, to: number): number => uniformInt(generator, from, to);
  const shuffled = <T>(list: readonly T[]): T[] => {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i--) {
      const j = int(0, i);
      [result[i], result[j]] = [result[j] as T, result[i] as T];
    }
    return result;
  };
  return {
    int,
    between: (from, to) => from + ((to - from) * int(0, FRACTIONS)) / FRACTIONS,
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number],
    shuffled,
    fork: () => seeded(int(0, FRACTIONS)),
  };
};
