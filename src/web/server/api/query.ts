// Parameters of a request, each checked as it is read.

import type { EndpointHistory } from '../../../history/endpoint-history.js';
import type { SessionHistory } from '../../../history/session-history.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import { Refusal } from '../http/reply.js';

type Range = { from: number; to: number; otherwise?: number };

/** The last instant that a Date can hold. */
const LAST_INSTANT = 8.64e15;

const NUMBER = /^\d{1,16}(\.\d{1,6})?$/;

/** @throws Refusal if it is no number from `from` to `to`, or missing where there is no `otherwise` */
export const numberOf = (query: URLSearchParams, name: string, { from, to, otherwise }: Range): number => {
  const text = query.get(name);
  if (text === null) {
    if (otherwise !== undefined) return otherwise;
    throw new Refusal(400, `${name}= is missing: give a number from ${from} to ${to}`);
  }
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) throw new Refusal(400, `${name}= takes a number from ${from} to ${to}`);
  return value;
};

export const wholeNumberOf = (query: URLSearchParams, name: string, range: Range): number => {
  const value = numberOf(query, name, range);
  if (!Number.isInteger(value)) throw new Refusal(400, `${name}= takes a whole number`);
  return value;
};

/** [from, to) of the wall clock; `to` is `now` and `from` is `length` before it where they aren't given. */
export const spanOf = (
  query: URLSearchParams,
  now: UnixMillis,
  length: Millis,
): { from: UnixMillis; to: UnixMillis } => {
  const to = numberOf(query, 'to', { from: 0, to: LAST_INSTANT, otherwise: now });
  const from = numberOf(query, 'from', { from: 0, to: LAST_INSTANT, otherwise: Math.max(0, to - length) });
  if (from >= to) throw new Refusal(400, 'from= must be before to=');
  return { from, to };
};

/** `endpoint=` by its id. */
export const endpointOf = (query: URLSearchParams, history: SessionHistory): EndpointHistory => {
  const id = query.get('endpoint');
  const endpoint = id !== null && /^\d{1,5}$/.test(id) ? history.endpoints[Number(id)] : undefined;
  if (endpoint === undefined) throw new Refusal(404, 'endpoint= takes the id of an endpoint: /api/session lists them');
  return endpoint;
};
