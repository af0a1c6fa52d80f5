// The four endpoints of a chaos run and what the responder does with their probes. Nothing goes out at once (after: 0), so
// that in the responder's log each packet follows the request that it answers.

import type { NetPair } from '../support/netns.js';
import { reply, steps } from '../support/responder-script.js';
import type { Emission, ResponderScript, Step } from '../support/responder-script.js';

export const INTERVAL_MS = 100;
export const TIMEOUT_MS = 1000;
/** Enough for a reply cut to 64 bytes to be another packet. */
export const PAYLOAD_BYTES = 100;

/** The endpoint that is known by a name, and the name. */
export const NAMED = 3;
export const NAME = 'moving.test';

export const targets = (pair: NetPair): string[] => [pair.far4[0] ?? '', pair.far4[1] ?? '', pair.far6[0] ?? '', NAME];

/** Where the name may point to. */
export const nameAddresses = (pair: NetPair): string[] => pair.far4.slice(2, 4);

const error = (code: number, after: number, source: string): Emission => ({
  kind: 'error',
  icmp: [3, code],
  after,
  source,
});

const lossy: Step[] = steps(30, (n) => {
  if (n % 5 === 4) return [];
  return n % 10 === 7 ? [reply(1500)] : [reply(10)];
});

const hostile = (router: string): Step[] => [
  [reply(3)],
  [{ kind: 'forged', after: 1 }, reply(20)],
  [{ kind: 'altered', after: 2 }],
  [{ kind: 'bad-checksum', after: 2 }, reply(30)],
  [{ kind: 'wrong-source', source: router, after: 4 }],
  [reply(5), reply(6), reply(700)],
  [{ kind: 'truncated', after: 8 }],
];

const moving = (router: string): Step[] => [
  [reply(5)],
  [reply(150)],
  [error(1, 5, router)],
  [error(10, 2, router), reply(60)],
  [reply(5)],
];

export const script = (pair: NetPair): ResponderScript => {
  const [regular = '', losing = '', six = ''] = targets(pair);
  const named = moving(pair.router4);
  return {
    addresses: {
      [regular]: [[reply(2)], [reply(8)]],
      [losing]: lossy,
      [six]: hostile(pair.router6),
      ...Object.fromEntries(nameAddresses(pair).map((address) => [address, named])),
    },
  };
};
