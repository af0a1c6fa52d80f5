// What the process and its lookup child say to each other. The child runs as the user that we became, who can get hold of
// its end of the channel: an answer is checked like anything else that comes from outside.

import { isIP } from 'node:net';
import { plainText } from '../../events/plain-text.js';
import type { Family } from '../ports.js';

/** The addresses of a name, or the name of an address. */
export type LookupQuestion = { host: string; family: Family | null } | { address: string };
export type LookupRequest = { id: number } & LookupQuestion;
export type LookupAnswer = { id: number } & ({ addresses: readonly string[] } | { name: string } | { code: string });

const MOST_ADDRESSES = 1_000;
/** What a domain name has at most (RFC 1035, section 2.3.4), as text. */
const LONGEST_NAME = 255;

/** The answer that `message` is, null if it is none. */
export const lookupAnswer = (message: unknown): LookupAnswer | null => {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null;
  const { id } = message;
  if (typeof id !== 'number') return null;
  if ('code' in message) {
    const { code } = message;
    return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,31}$/.test(code) ? { id, code } : null;
  }
  if ('name' in message) return typeof message.name === 'string' ? named(id, message.name) : null;
  const addresses: unknown = 'addresses' in message ? message.addresses : null;
  if (!Array.isArray(addresses) || addresses.length > MOST_ADDRESSES) return null;
  const given = addresses.filter((address): address is string => typeof address === 'string' && isIP(address) !== 0);
  return given.length === addresses.length ? { id, addresses: given } : null;
};

/** Whoever has an address says what it is called, so that may be any text. */
const named = (id: number, text: string): LookupAnswer | null => {
  const name = plainText(text).trim();
  return name === '' || name.length > LONGEST_NAME ? { id, code: 'ENOTFOUND' } : { id, name };
};
