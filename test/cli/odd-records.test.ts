// Records such as nobody should write, at a fiftieth of their size, by the real program. The whole: npm run odd-records.

import { expect, it } from 'vitest';
import { complaint, runOddRecords } from '../support/odd-records-run.js';
import { oddRecords } from '../support/odd-records.js';

/** One of each sort, and those that have made trouble. */
const CHOSEN = [
  'empty',
  'a byte order mark in front',
  'a line of 200 MB',
  'a session line of 20,000 endpoints',
  'session with {"endpoints":[null]}',
  'session with {"interval":0}',
  '5,000 sessions',
  '200,000 gaps among lost probes',
  'centuries between two probes',
  'jumps of the sequence',
  '.gz with a torn first member',
  '.gz bomb of one line',
  'probe with rtt -1',
];

it('there are a hundred of them', () => {
  expect(oddRecords.size).toBeGreaterThanOrEqual(100);
});

it('end in a line, never in a stack trace, soon and in little memory', { timeout: 120_000 }, async () => {
  const records = CHOSEN.map((name): [string, NonNullable<ReturnType<typeof oddRecords.get>>] => {
    const make = oddRecords.get(name);
    if (make === undefined) throw new Error(`no odd record is called ${name}`);
    return [name, make];
  });
  const wrong: string[] = [];
  let runs = 0;
  for await (const run of runOddRecords(records, 1 / 50)) {
    runs++;
    const what = complaint(run, { seconds: 20, mebibytes: 300 });
    if (what !== null) wrong.push(`${run.name}, ${run.command}: ${what}: ${run.said}`);
  }
  expect(wrong).toEqual([]);
  expect(runs).toBe(2 * CHOSEN.length);
});
