// Networks with something wrong, seen by the whole program but for its sockets: made-up probes through the diagnosis onto a
// screen. What it says and draws is what a user would see.

import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { ProbeEvent } from '../../src/events/events.js';
import type { Millis, UnixMillis } from '../../src/events/units.js';
import { TestScreen } from './terminal-screen.js';
import type { Outcome, TestScreenOptions } from './terminal-screen.js';

const SECOND: Millis = 1000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;
const TIMEOUT: Millis = 2000;

/** 22:18:16 of a Friday, as in the pictures of the design. */
export const NOW: UnixMillis = Date.parse('2026-11-20T22:18:16Z');

type Endpoint = { text: string; base: Millis; jitter: Millis };

const GATEWAY: Endpoint = { text: 'gateway=10.77.0.10,place=gateway', base: 1.9, jitter: 0.5 };
const PROVIDER: Endpoint = { text: 'provider=10.77.0.11,place=provider', base: 9, jitter: 2 };
const DNS: Endpoint = { text: 'dns=10.77.0.12', base: 14, jitter: 3 };
const CALL: Endpoint = { text: 'call=10.77.0.19', base: 90, jitter: 6 };

/** Fractions of 0..1 that are the same in every run, by what they are for. */
const noise = (endpoint: number, at: UnixMillis, salt = 0): number => {
  let x = (Math.floor(at / 10) ^ Math.imul(endpoint + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

type Fate = (endpoint: number, at: UnixMillis, usual: Millis) => Outcome;

export type Scenario = {
  endpoints: readonly Endpoint[];
  /** Of watching before now. */
  length: Millis;
  interval: Millis;
  fate: Fate;
  /** Bytes a second that this machine sends; without, nobody looks. */
  sent?: (at: UnixMillis) => number;
};

const fine: Fate = (_, __, usual) => ({ rtt: usual });

const ago = (at: UnixMillis): Millis => NOW - at;

const within = (at: UnixMillis, from: Millis, to: Millis): boolean => ago(at) <= from && ago(at) > to;

const four = [GATEWAY, PROVIDER, DNS, CALL];

const calm = { endpoints: four, length: 90 * MINUTE, interval: 200 };

/** A short trouble that is over: of the Wi-Fi, 100 to 85 s ago. */
const before: Fate = (endpoint, at, usual) =>
  within(at, 100 * SECOND, 85 * SECOND)
    ? noise(endpoint, at, 1) < 0.12
      ? 'lost'
      : { rtt: usual + 45 + 40 * noise(endpoint, at, 2) }
    : { rtt: usual };

/** Thursday evening, from 18:30 to 22:45: nobody behind the provider is quick. */
const badEvening = (at: UnixMillis): boolean => {
  const time = at - Date.parse('2026-11-19T00:00:00Z');
  return time >= 18.5 * HOUR && time < 22.75 * HOUR;
};

export const SCENARIOS = {
  fine: { ...calm, fate: fine },
  'Wi-Fi bad': {
    ...calm,
    fate: (endpoint, at, usual) =>
      ago(at) > 40 * SECOND
        ? { rtt: usual }
        : noise(endpoint, at, 1) < 0.15
          ? 'lost'
          : { rtt: usual + 30 + 90 * noise(endpoint, at, 2) },
  },
  'own upload': {
    ...calm,
    sent: (at) => (ago(at) < 30 * SECOND ? 1_200_000 + 30_000 * noise(9, at) : 20_000 + 30_000 * noise(9, at)),
    fate: (endpoint, at, usual) =>
      endpoint === 0 || ago(at) > 28 * SECOND
        ? { rtt: usual }
        : noise(endpoint, at, 1) < 0.03
          ? 'lost'
          : { rtt: usual + 150 + 70 * noise(endpoint, at, 2) },
  },
  'beyond slow': {
    ...calm,
    sent: (at) => 1000 + 3000 * noise(9, at),
    fate: (endpoint, at, usual) =>
      endpoint === 0 || ago(at) > 14 * SECOND
        ? before(endpoint, at, usual)
        : noise(endpoint, at, 1) < 0.03
          ? 'lost'
          : { rtt: usual + 150 + 70 * noise(endpoint, at, 2) },
  },
  'one host down': {
    ...calm,
    fate: (endpoint, at, usual) => (endpoint === 3 && ago(at) < 75 * SECOND ? 'lost' : { rtt: usual }),
  },
  'all down': { ...calm, fate: (_, at, usual) => (ago(at) < 33 * SECOND ? 'lost' : { rtt: usual }) },
  'silent host': {
    ...calm,
    endpoints: [GATEWAY, PROVIDER, { text: 'printer=10.77.0.33', base: 1, jitter: 0 }, CALL],
    fate: (endpoint, _, usual) => (endpoint === 2 ? 'lost' : { rtt: usual }),
  },
  'late replies': {
    ...calm,
    fate: (endpoint, at, usual) =>
      endpoint > 0 && ago(at) < 60 * SECOND && noise(endpoint, at, 1) < 0.1
        ? { late: 2100 + 900 * noise(endpoint, at, 2) }
        : { rtt: usual },
  },
  'bad evening': {
    endpoints: four,
    length: 46 * HOUR,
    interval: 2000,
    fate: (endpoint, at, usual) =>
      endpoint === 0 || !badEvening(at)
        ? { rtt: usual }
        : noise(endpoint, at, 1) < 0.03
          ? 'lost'
          : { rtt: usual + 60 + 30 * noise(endpoint, at, 2) },
  },
  'neglected ping': {
    ...calm,
    fate: (endpoint, at, usual) => (endpoint === 1 && noise(endpoint, at, 1) < 0.35 ? 'lost' : { rtt: usual }),
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

type Timed = { at: UnixMillis; event: ProbeEvent };

const settled = (endpoint: number, seq: number, sentAt: UnixMillis, outcome: Outcome): Timed[] => {
  if (outcome === 'lost') return [{ at: sentAt + TIMEOUT, event: { type: 'lost', endpoint, seq } }];
  if (typeof outcome !== 'object' || 'error' in outcome) return [];
  if ('rtt' in outcome) {
    return [{ at: sentAt + outcome.rtt, event: { type: 'answered', endpoint, seq, rtt: outcome.rtt, ttl: 57 } }];
  }
  return [
    { at: sentAt + TIMEOUT, event: { type: 'lost', endpoint, seq } },
    { at: sentAt + outcome.late, event: { type: 'late', endpoint, seq, rtt: outcome.late, ttl: 57 } },
  ];
};

/** All that happens until now, in its order. */
const eventsOf = ({ endpoints, length, interval, fate, sent }: Scenario): ProbeEvent[] => {
  const start = NOW - length;
  const events: Timed[] = [];
  for (const [endpoint, { base, jitter }] of endpoints.entries()) {
    const phase = (interval / endpoints.length) * endpoint;
    for (let seq = 0, at = start + phase; at < NOW; seq++, at += interval) {
      events.push({ at, event: { type: 'sent', endpoint, seq, at } });
      const usual = base + jitter * noise(endpoint, at) ** 2 * 2;
      events.push(...settled(endpoint, seq, at, fate(endpoint, at, usual)));
    }
  }
  if (sent !== undefined) {
    for (let at = start + SECOND; at <= NOW; at += SECOND) {
      const bytes = Math.round(sent(at - SECOND));
      events.push({ at, event: { type: 'traffic', at, receivedBytes: [Math.round(bytes / 20)], sentBytes: [bytes] } });
    }
  }
  return events
    .filter(({ at }) => at <= NOW)
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
};

/** A screen that has watched all of it. */
export const scenarioScreen = (name: ScenarioName, options: Partial<TestScreenOptions> = {}): TestScreen => {
  const scenario: Scenario = SCENARIOS[name];
  const startedAt = NOW - scenario.length;
  const { interval } = scenario;
  const endpoints = scenario.endpoints.map(({ text }) => text);
  const screen = new TestScreen({ startedAt, now: NOW, endpoints, interval, epoch: SECOND, ...options });
  const diagnosis = new Diagnosis({ timeout: TIMEOUT, onVerdict: (verdict) => screen.events([verdict]) });
  for (const { info } of screen.history.endpoints) {
    diagnosis.apply({ type: 'endpoint', endpoint: info.id, info, at: startedAt });
  }
  const events = eventsOf(scenario);
  screen.events(events);
  for (const event of events) diagnosis.apply(event);
  screen.verdicts.note(diagnosis.episodes);
  screen.hearStates(diagnosis);
  return screen;
};
