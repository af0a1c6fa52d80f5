// Eight endpoints, each with a vice of its own, for one run against all of them at once (made for a timeout of 1 s).
// Nothing is left to chance: the same `count` gives the same scripts. The last `tail` steps of the ones with late replies
// are plain, so that every late reply is heard before a run of `count` probes ends.

import { reply, steps } from './responder-script.js';
import type { Emission, Step } from './responder-script.js';

export type Vices = {
  /** Addresses that are somebody else: a router, and another endpoint of the same run. */
  router: string;
  neighbour: string;
  family: 4 | 6;
  /** Probes an endpoint. */
  count: number;
  /** Probes a second, which says how many plain ones are needed at the end. */
  rate: number;
};

/** A repeatable coin: the high bits of a multiplicative hash (Knuth, The Art of Computer Programming, 6.4). */
const coin = (n: number, percent: number): boolean => (Math.imul(n + 1, 0x9e3779b1) >>> 0) / 2 ** 32 < percent / 100;

/** Of 12 probes 6 have a genuine reply; what else comes is wrong in one way each. Genuine replies take 20 ms. */
export const hostileSteps = ({ router, neighbour }: Vices): Step[] => {
  const genuine = reply(20);
  return [
    [genuine],
    [{ kind: 'bad-checksum', after: 5 }],
    [{ kind: 'forged', after: 1 }, genuine],
    [{ kind: 'altered', after: 5 }],
    [{ kind: 'bad-checksum', after: 2 }, genuine],
    [{ kind: 'wrong-source', source: router, after: 5 }],
    [{ kind: 'wrong-source', source: neighbour, after: 3 }, genuine],
    [{ kind: 'forged', after: 1 }],
    [{ kind: 'altered', after: 2, range: [-1] }, genuine],
    [{ kind: 'wrong-source', source: neighbour, after: 5 }],
    [{ kind: 'wrong-id', after: 1 }, genuine],
    // The endpoint, the upper and the lower part of the sequence.
    [
      { kind: 'altered', after: 1, range: [8, 10] },
      { kind: 'altered', after: 2, range: [10, 14] },
      { kind: 'altered', after: 3, range: [14, 16] },
    ],
  ];
};

const error = (icmp: readonly [number, number], after: number, source?: string): Emission => ({
  kind: 'error',
  icmp,
  after,
  ...(source && { source }),
});

const errorSteps = ({ router, family }: Vices): Step[] => {
  const [host, prohibited, exceeded] =
    family === 4
      ? ([
          [3, 1],
          [3, 13],
          [11, 0],
        ] as const)
      : ([
          [1, 3],
          [1, 1],
          [3, 0],
        ] as const);
  return [
    [reply(5)],
    [error(host, 5, router)],
    [error(prohibited, 20, router)],
    [error(exceeded, 1, router)],
    [error(host, 5)],
    // A genuine reply always has the last word, whichever comes first.
    [error(host, 2, router), reply(60)],
    [reply(2), error(host, 60, router)],
    [],
  ];
};

const cycle = (list: readonly Step[], count: number): Step[] => steps(count, (n) => list[n % list.length] ?? []);

/** Scripts for endpoints 0 to 7, `count` steps each. */
export const eightScripts = (vices: Vices): Step[][] => {
  const { count, rate } = vices;
  const early = (n: number, seconds: number): boolean => n < count - seconds * rate;
  return [
    steps(count, (n) => [reply(n % 4 === 3 ? 8 : 2)]),
    // Every fifth lost, a burst of two seconds in the middle, and a random tenth.
    steps(count, (n) => (n % 5 === 4 || Math.abs(n - count / 2) < rate || coin(n, 10) ? [] : [reply(10)])),
    steps(count, (n) => {
      if (n % 10 === 9 && early(n, 4.5)) return [reply(3000)];
      if (n % 7 === 3 && early(n, 3)) return [reply(1500)];
      return coin(n, 8) ? [] : [reply(10)];
    }),
    // Odd replies overtaken by the next one's.
    steps(count, (n) => [reply(n % 2 === 1 ? 150 : 10)]),
    cycle(hostileSteps(vices), count),
    cycle(errorSteps(vices), count),
    steps(count, (n) => [n % 3 === 0 ? { kind: 'truncated', after: 15 } : reply(15)]),
    // Duplicates: at once, much later, of a late one, and beside a forged one.
    steps(count, (n) => {
      if (n % 6 === 1) return [reply(5), reply(6), reply(7)];
      if (n % 6 === 2 && early(n, 4)) return [reply(5), reply(2500)];
      if (n % 6 === 4 && early(n, 4)) return [reply(1400), reply(1600)];
      return n % 6 === 5 ? [{ kind: 'forged' }, reply(30), reply(40)] : [reply(5)];
    }),
  ];
};
