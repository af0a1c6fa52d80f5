// What the process and its lookup child say to each other. The child runs as the user that we became, who can get hold of
// its end of the channel: an answer is checked like anything else that comes from outside.

import { isIP } from 'node:net';
import type { Family } from '../ports.js';

export type LookupRequest = { id: number; host: string; family: Family | null };
export type LookupAnswer = { id: number; addresses: readonly string[] } | { id: number; code: string };

const MOST_ADDRESSES = 1_000;

/** The answer that `message` is, null if it is none. */
export const lookupAnswer = (message: unknown): LookupAnswer | null => {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null;
  const { id } = message;
  if (typeof id !== 'number') return null;
  if ('code' in message) {
    const { code } = message;
    return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,31}$/.test(code) ? { id, code } : null;
  }
  const addresses: unknown = 'addresses' in message ? message.addresses : null;
  if (!Array.isArray(addresses) || addresses.length > MOST_ADDRESSES) return null;
  const given = addresses.filter((address): address is string => typeof address === 'string' && isIP(address) !== 0);
  return given.length === addresses.length ? { id, addresses: given } : null;
};
