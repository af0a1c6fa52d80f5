// A status file as it is read again: whoever can write the file may have put anything into it, so each field is checked,
// and a document that isn't one is refused as a whole.

import { CODE_WORDS } from '../../diagnosis/wording/names.js';
import type { ProbeState } from '../../events/probe-state.js';
import type { QualityWord, VerdictCode } from '../../events/verdict.js';
import { LONGEST_TEXT, MOST_ENDPOINTS, STATUS_FORMAT, STATUS_TYPE } from './status-document.js';
import type { EndpointStatus, QualityStatus, SpanStatus, StatusDocument, VerdictStatus } from './status-document.js';

const STATES: ReadonlySet<unknown> = new Set<ProbeState>([
  'in-flight',
  'answered',
  'late',
  'lost',
  'unreachable',
  'unsent',
  'void',
]);

/** The last instant that a Date can hold, in seconds. */
const LAST_INSTANT = 8.64e12;

type Fields = Record<string, unknown>;

/** Says where a document is not one. */
class Refusal extends Error {}

/** @returns the document, or in words what is wrong with it */
export const parseStatus = (text: string): StatusDocument | string => {
  try {
    return documentOf(fields(JSON.parse(text), 'the document'));
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    if (error instanceof SyntaxError) return 'it is not JSON';
    throw error;
  }
};

const documentOf = (given: Fields): StatusDocument => {
  if (given['type'] !== STATUS_TYPE) throw new Refusal(`its type is not "${STATUS_TYPE}"`);
  if (given['format'] !== STATUS_FORMAT) throw new Refusal(`its format is not ${STATUS_FORMAT}`);
  const { endpoints } = given;
  if (!Array.isArray(endpoints) || endpoints.length > MOST_ENDPOINTS) {
    throw new Refusal(`endpoints is not a list of at most ${MOST_ENDPOINTS}`);
  }
  return {
    type: STATUS_TYPE,
    format: STATUS_FORMAT,
    pid: number(given, 'pid', 1, 2 ** 31, true),
    started: number(given, 'started', 0, LAST_INSTANT),
    time: number(given, 'time', 0, LAST_INSTANT),
    // A program of before it had verdicts may still run.
    verdict: (given['verdict'] ?? null) === null ? null : verdictOf(fields(given['verdict'], 'verdict')),
    quality: (given['quality'] ?? null) === null ? null : qualityOf(fields(given['quality'], 'quality')),
    trouble: flag(given, 'trouble'),
    count: number(given, 'count', endpoints.length, 2 ** 31, true),
    endpoints: endpoints.map((endpoint: unknown, index) => endpointOf(fields(endpoint, `endpoint ${index}`))),
  };
};

const verdictOf = (given: Fields): VerdictStatus => {
  const { code } = given;
  if (typeof code !== 'string' || !Object.hasOwn(CODE_WORDS, code)) throw new Refusal('code is not that of a verdict');
  return {
    code: code as VerdictCode,
    since: number(given, 'since', 0, LAST_INSTANT),
    name: text(given, 'name'),
    symptom: text(given, 'symptom'),
    // Left out by a program of before.
    excess: given['excess'] === undefined ? null : nullable(given, 'excess', milliseconds),
    proof: text(given, 'proof'),
  };
};

const WORDS: readonly unknown[] = ['good', 'fair', 'poor', 'bad'] satisfies QualityWord[];

const qualityOf = (given: Fields): QualityStatus => {
  const { word } = given;
  if (!WORDS.includes(word)) throw new Refusal('word is not that of a quality');
  const [r, mos] = [number(given, 'r', 0, 100), number(given, 'mos', 1, 5)];
  return { word: word as QualityWord, r, mos, label: text(given, 'label') };
};

const endpointOf = (given: Fields): EndpointStatus => {
  const { state, outage } = given;
  if (state !== null && !STATES.has(state)) throw new Refusal('state is not that of a probe');
  return {
    label: text(given, 'label'),
    target: text(given, 'target'),
    address: nullable(given, 'address', text),
    // Left out by a program of before.
    hop: given['hop'] === undefined ? null : nullable(given, 'hop', (from, name) => number(from, name, 1, 255, true)),
    state: state as ProbeState | null,
    rtt: nullable(given, 'rtt', milliseconds),
    trouble: flag(given, 'trouble'),
    last10s: spanOf(fields(given['last10s'], 'last10s')),
    last1h: spanOf(fields(given['last1h'], 'last1h')),
    outage: outage === null ? null : outageOf(fields(outage, 'outage')),
  };
};

const spanOf = (given: Fields): SpanStatus => ({
  probes: number(given, 'probes', 0, 2 ** 47, true),
  p50: nullable(given, 'p50', milliseconds),
  loss: nullable(given, 'loss', (from, name) => number(from, name, 0, 1)),
  late: number(given, 'late', 0, 2 ** 47, true),
});

const outageOf = (given: Fields): NonNullable<EndpointStatus['outage']> => ({
  from: number(given, 'from', 0, LAST_INSTANT),
  lost: number(given, 'lost', 0, 2 ** 47, true),
  error: nullable(given, 'error', text),
});

const fields = (value: unknown, name: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(`${name} is no object`);
  return value as Fields;
};

const nullable = <T>(given: Fields, name: string, read: (given: Fields, name: string) => T): T | null =>
  given[name] === null ? null : read(given, name);

const number = (given: Fields, name: string, least: number, most: number, whole = false): number => {
  const value = given[name];
  // A comparison with NaN is false; JSON has none, but 1e999 is infinite.
  if (typeof value !== 'number' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new Refusal(`${name} is no ${whole ? 'whole number' : 'number'} from ${least} to ${most}`);
  }
  return value;
};

const milliseconds = (given: Fields, name: string): number => number(given, name, 0, 1e12);

const flag = (given: Fields, name: string): boolean => {
  const value = given[name];
  if (typeof value !== 'boolean') throw new Refusal(`${name} is neither true nor false`);
  return value;
};

const text = (given: Fields, name: string): string => {
  const value = given[name];
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) {
    throw new Refusal(`${name} is no text of at most ${LONGEST_TEXT} characters`);
  }
  return value;
};
