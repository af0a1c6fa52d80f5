// Finds the routers on the way to an address: one probe for each time to live, five of them at a time, until the target
// itself answers or nobody does five times in a row.

import type { TargetAddress } from '../names/endpoint-address.js';
import type { Scout } from './scouts.js';

export const MOST_HOPS = 30;
export const SILENT_AT_END = 5;
/** Silent routers are asked again: one packet may be lost, or come too soon after another for a router's own limit. */
const ATTEMPTS = 2;

/** `from` is null for a router that keeps silent while one behind it answers. */
export type FoundHop = { hops: number; from: string | null; reached: boolean };

/** How a search ended: at the target, where `onHop` wanted it to, or where nobody answered any more. */
export type PathEnd = 'reached' | 'stopped' | 'silent';

const askAt = async (scout: Scout, target: TargetAddress, hops: number): Promise<FoundHop> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await scout({ ...target, hops });
    if (answer !== null) return { hops, ...answer };
  }
  return { hops, from: null, reached: false };
};

/**
 * The routers from `first` hops on, in order, each as soon as it and those before it are known. Silent ones at the end are
 * none. Ends after the one that `onHop` returns true for.
 */
export const findPath = async (
  scout: Scout,
  target: TargetAddress,
  first: number,
  onHop: (hop: FoundHop) => boolean | void,
): Promise<PathEnd> => {
  let silent: FoundHop[] = [];
  for (let next = first; next <= MOST_HOPS; next += SILENT_AT_END) {
    const count = Math.min(SILENT_AT_END, MOST_HOPS + 1 - next);
    const asked = Array.from({ length: count }, (_, i) => askAt(scout, target, next + i));
    for (const answer of asked) {
      const hop = await answer;
      if (hop.from === null) {
        silent.push(hop);
        if (silent.length >= SILENT_AT_END) return 'silent';
        continue;
      }
      for (const one of [...silent, hop]) if (onHop(one) === true) return 'stopped';
      silent = [];
      if (hop.reached) return 'reached';
    }
  }
  return 'silent';
};
