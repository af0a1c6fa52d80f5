// Where to listen, as it is typed: ADDRESS:PORT, an IPv6 address in brackets. Only an address that is written out is
// listened at: a name could lead anywhere, and whoever opens this machine to a network is to have meant it.

import { isIPv4, isIPv6 } from 'node:net';
import { UsageError } from '../arguments/usage-error.js';

export type WebPlace = {
  /** A literal one. */
  address: string;
  /** 0: any that is free. */
  port: number;
};

const ORDINARY_PORT = 7464;
export const ORDINARY_PLACE: WebPlace = { address: '127.0.0.1', port: ORDINARY_PORT };

const HIGHEST_PORT = 65_535;

/** Whether the word behind an option is meant for it: one with a single colon, or in brackets, can't be an endpoint. */
export const looksLikePlace = (word: string): boolean => /^(\[[^\]]*\](:.*)?|[^:=,/]*:[^:=,/]*)$/.test(word);

/**
 * @param text empty for the ordinary place
 * @throws UsageError if it is none
 */
export const parsePlace = (option: string, text: string): WebPlace => {
  if (text === '') return ORDINARY_PLACE;
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  const isAddress = bracketed === undefined ? isIPv4(address) : isIPv6(address) && !address.includes('%');
  if (!isAddress) {
    const example = isIPv6(text) ? `[${text}]:${ORDINARY_PORT}` : `127.0.0.1:${port ?? ORDINARY_PORT}`;
    throw new UsageError(`${option} takes an address and a port, not "${text}": give such as ${example}`);
  }
  const number = port === undefined ? ORDINARY_PORT : /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN;
  if (!(number <= HIGHEST_PORT)) {
    throw new UsageError(`${option} takes a port from 0 to ${HIGHEST_PORT}, not "${port}": 0 is any that is free`);
  }
  return { address, port: number };
};
