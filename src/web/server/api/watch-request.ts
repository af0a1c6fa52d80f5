// What a page's URL asks to be watched, as people know it: `endpoints=192.168.1.1,8.8.8.8&interval=0.1&packet_size=64`, or
// `endpoint=` as often as wanted, each in the grammar of the command line. What each of them names is the run's to check.

import type { Millis } from '../../../events/units.js';
import { ICMP_HEADER_BYTES, LEAST_INTERVAL, LEAST_PACKET_BYTES, MOST_ENDPOINTS } from '../../wire/limits.js';
import { Refusal } from '../http/reply.js';

export type WatchWish = {
  /** In the grammar of the command line. */
  text: string;
  /** Where `text` doesn't say; null where nobody does. */
  interval: Millis | null;
  /** ICMP payload. */
  sizeBytes: number | null;
};

const SECOND: Millis = 1000;
const LONGEST_INTERVAL_S = 3600;
/** An IPv4 packet is at most 65,535 bytes with its header of 20. */
const MOST_PACKET_BYTES = 65_515;
const LONGEST_TEXT = 1024;

const DECIMAL = /^(\d+(\.\d*)?|\.\d+)$/;
const WHOLE = /^\d{1,6}$/;

/**
 * @param fields `endpoints`, `endpoint` (one or a list), `interval`, `packet_size`: text, or numbers
 * @throws Refusal if a value is none, or nothing is asked for
 */
export const watchWishes = (fields: Readonly<Record<string, unknown>>): WatchWish[] => {
  const interval = intervalOf(textOf(fields, 'interval'));
  const sizeBytes = payloadOf(textOf(fields, 'packet_size'));
  const wishes = [...plainNames(textOf(fields, 'endpoints')), ...textsOf(fields['endpoint'])].map((text) => ({
    text,
    interval,
    sizeBytes,
  }));
  if (wishes.length > MOST_ENDPOINTS)
    throw new Refusal(400, `${wishes.length} endpoints: give at most ${MOST_ENDPOINTS}`);
  return wishes;
};

const textOf = (fields: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > MOST_ENDPOINTS * LONGEST_TEXT) {
    throw new Refusal(400, `${name}= takes text`);
  }
  return value;
};

const textsOf = (value: unknown): string[] => {
  if (value === undefined || value === null) return [];
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts.map((text) => {
    if (typeof text !== 'string' || text.length > LONGEST_TEXT) {
      throw new Refusal(400, `endpoint= takes a host or label=host, of at most ${LONGEST_TEXT} characters`);
    }
    return text.trim();
  });
};

/** Names or addresses with commas between, nothing more. */
const plainNames = (text: string | null): string[] => {
  if (text === null) return [];
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (name === '') throw new Refusal(400, 'endpoints= has an empty name: give such as endpoints=192.168.1.1,8.8.8.8');
    if (name.includes('=')) {
      throw new Refusal(400, `endpoints= takes names and addresses only, not "${name}": give endpoint=${name} for it`);
    }
  }
  return names;
};

const intervalOf = (text: string | null): Millis | null => {
  if (text === null) return null;
  const value = DECIMAL.test(text) ? Number(text) * SECOND : Number.NaN;
  if (!(value >= LEAST_INTERVAL && value <= LONGEST_INTERVAL_S * SECOND)) {
    throw new Refusal(
      400,
      `interval= takes seconds from ${LEAST_INTERVAL / SECOND} to ${LONGEST_INTERVAL_S}, not "${text}"`,
    );
  }
  return value;
};

const payloadOf = (text: string | null): number | null => {
  if (text === null) return null;
  const value = WHOLE.test(text) ? Number(text) : Number.NaN;
  if (!(value >= LEAST_PACKET_BYTES && value <= MOST_PACKET_BYTES)) {
    throw new Refusal(
      400,
      `packet_size= takes bytes of ICMP header and payload from ${LEAST_PACKET_BYTES} to ${MOST_PACKET_BYTES}, not "${text}"`,
    );
  }
  return value - ICMP_HEADER_BYTES;
};
