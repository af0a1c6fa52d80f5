// A record of 50 hours with three bad evenings, the same each time: from Friday 18:30 to Sunday 20:30 (UTC) the line behind
// the router gets slow and loses 2 % at each evening. Besides, on Saturday the Wi-Fi is gone for 40 s in the morning and the
// machine sleeps for half an hour at night. As a program it writes the record:  npm run three-evenings -- FILE

import { closeSync, openSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { EndpointInfo } from '../../src/events/endpoint-info.js';
import type { Scenario } from '../diagnosis/simulation/scenario.js';
import { scenarioRecord } from './scenario-record.js';

const HOUR = 3600;

/** Friday 20 November 2026, 18:30 UTC. */
export const EVENINGS_START = Date.UTC(2026, 10, 20, 18, 30);
export const EVENINGS_LENGTH_S = 50 * HOUR;

/** Each in seconds from the start. */
export const EVENINGS = [
  [0.5 * HOUR, 4 * HOUR],
  [24.25 * HOUR, 28.35 * HOUR],
  [48.2 * HOUR, 49.75 * HOUR],
] as const;

const SLEEP = [8.5 * HOUR, 9 * HOUR] as const;
const NO_WIFI = [14.1 * HOUR, 14.1 * HOUR + 40] as const;

const ADDRESSES: Readonly<Record<string, string>> = {
  gateway: '192.0.2.1',
  isp: '198.51.100.1',
  'dns.example': '203.0.113.8',
  'call.example': '203.0.113.77',
};

const scenario: Scenario = {
  name: 'three bad evenings',
  duration: EVENINGS_LENGTH_S,
  interval: 1,
  endpoints: [
    { name: 'gateway', place: 'gateway', rtt: 2, jitter: 0.5 },
    { name: 'isp', place: 'provider', rtt: 9, jitter: 1 },
    { name: 'dns.example', place: 'beyond', rtt: 14, jitter: 1 },
    { name: 'call.example', place: 'beyond', rtt: 31, jitter: 2, loss: 0.0004 },
  ],
  faults: [
    ...EVENINGS.map(([from, to]) => ({
      from,
      to,
      on: ['isp', 'dns.example', 'call.example'],
      add: 60,
      jitter: 8,
      loss: 0.02,
    })),
    { from: NO_WIFI[0], to: NO_WIFI[1], on: 'all', loss: 1 },
  ],
  suspend: [SLEEP],
  expect: [],
};

const named = (info: EndpointInfo): EndpointInfo => ({ ...info, address: ADDRESSES[info.target] ?? null });

export const threeEvenings = (): Generator<string> =>
  scenarioRecord(scenario, {
    seed: 1,
    startedAt: EVENINGS_START,
    endpoint: named,
    others: [
      { type: 'mark', at: EVENINGS_START + 25 * HOUR * 1000, text: 'call with call.example (203.0.113.77) bad' },
    ],
  });

export const writeThreeEvenings = (path: string): void => {
  const fd = openSync(path, 'w');
  try {
    for (const text of threeEvenings()) writeSync(fd, text);
  } finally {
    closeSync(fd);
  }
};

const [, program, path] = process.argv;
if (program !== undefined && import.meta.url === pathToFileURL(program).href) {
  if (path === undefined) {
    process.stderr.write('which file? npm run three-evenings -- FILE\n');
    process.exitCode = 2;
  } else writeThreeEvenings(path);
}
