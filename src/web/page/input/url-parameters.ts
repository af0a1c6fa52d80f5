// The parameters of the page's address, as people know them: ?endpoints=192.168.1.1,8.8.8.8&interval=0.1&packet_size=64,
// and &epoch=5. What is to be watched is for the server to judge; the width of a column is the page's own.

import type { Millis } from '../../../events/units.js';
import { LEAST_WIDTH, MOST_WIDTH } from '../../wire/limits.js';

/** What `/api/watch` is asked; null where the address asks for nothing. */
export type WatchWish = {
  readonly endpoints?: string;
  readonly endpoint?: readonly string[];
  readonly interval?: string;
  readonly packet_size?: string;
};

export type PageParameters = {
  readonly watch: WatchWish | null;
  /** Width of a column, null unless told. */
  readonly epoch: Millis | null;
  /** One line on what is wrong with the rest; null where nothing is. */
  readonly problem: string | null;
};

const UNITS: Readonly<Record<string, Millis>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const KNOWN: ReadonlySet<string> = new Set(['token', 'endpoints', 'endpoint', 'interval', 'packet_size', 'epoch']);

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Whole milliseconds, null where it is no duration or none that a column can have. */
const epochOf = (text: string): Millis | null => {
  const match = /^(\d+(?:\.\d*)?|\.\d+)(ms|s|m|min|h|d)?$/.exec(text.trim());
  const epoch = match === null ? Number.NaN : Math.round(Number(match[1]) * (UNITS[match[2] ?? 's'] ?? Number.NaN));
  return epoch >= LEAST_WIDTH && epoch <= MOST_WIDTH ? epoch : null;
};

const wishOf = (parameters: URLSearchParams): WatchWish | null => {
  const [endpoints, endpoint] = [parameters.getAll('endpoints'), parameters.getAll('endpoint')];
  const [interval, size] = [parameters.get('interval'), parameters.get('packet_size')];
  if (endpoints.length + endpoint.length === 0) return null;
  return {
    ...(endpoints.length > 0 && { endpoints: endpoints.join(',') }),
    ...(endpoint.length > 0 && { endpoint }),
    ...(interval !== null && { interval }),
    ...(size !== null && { packet_size: size }),
  };
};

export const parsePageParameters = (query: string): PageParameters => {
  const parameters = new URLSearchParams(query);
  const epochText = parameters.get('epoch');
  const epoch = epochText === null ? null : epochOf(epochText);
  const watch = wishOf(parameters);
  const unknown = [...parameters.keys()].find((name) => !KNOWN.has(name));
  let problem: string | null = null;
  if (unknown !== undefined) {
    problem = `the address has ${shortened(unknown)}=, which means nothing here: there are endpoints, endpoint, interval, packet_size and epoch`;
  } else if (epochText !== null && epoch === null) {
    problem = `epoch= takes seconds from 1 on, or 1m, 1h, up to 1d, not "${shortened(epochText)}"`;
  } else if (watch === null && (parameters.has('interval') || parameters.has('packet_size'))) {
    problem = 'interval= and packet_size= are those of endpoints to add: give endpoints= with them';
  }
  return { watch, epoch, problem };
};

/** The same address without the token, which is nobody's business once the page has been let in. */
export const withoutToken = (address: string): string => {
  const url = new URL(address);
  url.searchParams.delete('token');
  // As people wrote it: commas and colons stand for themselves.
  const query = url.search.replaceAll(/%2C/gi, ',').replaceAll(/%3A/gi, ':');
  return `${url.pathname}${query}${url.hash}`;
};
