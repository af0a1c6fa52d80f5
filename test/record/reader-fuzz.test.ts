// The record reader fuzzed, with a fixed seed: whatever bytes or lines there are, it ends with events that every part
// downstream can take, or with a RecordFileError. Each record goes on into totals, history and table as well.

import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { CsvReport } from '../../src/cli/report/csv-report.js';
import { RecordSource } from '../../src/cli/record-source.js';
import { SessionEnd } from '../../src/cli/report/session-end.js';
import { summaryText } from '../../src/cli/report/summary.js';
import { applying, fanOut } from '../../src/events/sink.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { SessionTotals } from '../../src/history/totals/session-totals.js';
import { lineSchemas } from '../../src/record/lines/line-schema.js';
import { RecordFileError } from '../../src/record/record-start.js';
import { NOON, recordText, sampleInfo, sampleProbes } from '../support/record-sample.js';

const folder = mkdtempSync(join(tmpdir(), 'pingem-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const utc = (): number => 0;

const info = sampleInfo(['a', 'b']);
const whole = recordText(info, [
  ...sampleProbes(0, [10, 20, -1500, 'lost', 'unsent']),
  { type: 'gap', from: NOON, to: NOON + 5000, reason: 'suspend' },
  { type: 'clock', at: NOON + 600, offset: 3_600_000 },
  ...sampleProbes(1, [1, 2, 3], NOON + 700),
  { type: 'mark', at: NOON + 100, text: 'bad' },
]);

/** Reads the file as summary and export do; what came of it, null if it is no record. */
const readAll = async (bytes: Buffer): Promise<{ events: ProbeEvent[]; problems: readonly string[] } | null> => {
  const path = join(folder, 'r');
  writeFileSync(path, bytes);
  let source: RecordSource;
  try {
    source = await RecordSource.open(path, 'r');
  } catch (error) {
    if (error instanceof RecordFileError) return null;
    throw error;
  }
  const events: ProbeEvent[] = [];
  const totals = new SessionTotals(source.info);
  const end = new SessionEnd(source.info);
  const report = new CsvReport(source.info, 3_600_000, utc);
  await source.read(fanOut([{ event: (event) => events.push(event) }, applying(totals), applying(end), report]));
  report.finish();
  let rows = 0;
  for (const some of report.rows()) rows += some.split('\n').length - 1;
  expect(rows).toBeLessThanOrEqual(events.length * source.info.endpoints.length);
  expect(summaryText(totals, { end, episodes: [], quality: null, zone: utc, remarks: [] })).not.toMatch(
    /NaN|Infinity|undefined/,
  );
  const { length } = source.info.endpoints;
  for (const event of events) {
    for (const value of Object.values(event)) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    if ('seq' in event) expect(Number.isSafeInteger(event.seq) && event.seq >= 0).toBe(true);
    if ('rtt' in event) expect(event.rtt).toBeGreaterThanOrEqual(0);
    if ('endpoint' in event && event.endpoint !== null) expect(event.endpoint).toBeLessThan(length);
  }
  return { events, problems: source.problems };
};

/** Places and what is done there: a byte changed, some left out, some put in. */
const damages = fc.array(
  fc.record({
    // Spread evenly: fast-check likes small numbers, and damage would be at the beginning.
    at: fc.nat({ max: 999_982 }).map((n) => ((n * 618_034) % 999_983) / 999_983),
    cut: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .constantFrom('\n', '\r\n', '\0', '"', '{', '1e999', '-', '\u{feff}', '{"type":"session","format":1}\n')
        .map((text) => Buffer.from(text)),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

const damaged = (bytes: Buffer, list: readonly { at: number; cut: number; put: Uint8Array }[]): Buffer =>
  list.reduce<Buffer>((all, { at, cut, put }) => {
    const place = Math.floor(at * all.length);
    return Buffer.concat([all.subarray(0, place), put, all.subarray(place + cut)]);
  }, bytes);

const odd = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    0.5,
    1e-300,
    1e300,
    2 ** 31,
    2 ** 48,
    2 ** 53,
    -(2 ** 53),
    4e12,
    null,
    '',
    'x',
    '7',
    true,
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.nat({ max: 9 }),
  fc.double({ noNaN: true }),
);
const fields = [
  'endpoint',
  'seq',
  'sent',
  'state',
  'rtt',
  'ttl',
  'uncertain',
  'error',
  'from',
  'to',
  'at',
  'icmp',
  'reason',
  'count',
  'offset',
  'text',
  'address',
  'started',
  'interval',
  'timeout',
  'size',
  'endpoints',
  'format',
];
const session = JSON.parse(whole.split('\n')[0] ?? '') as object;
const lines = whole
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as object);

/** A line of a record with some of its fields changed to anything. */
const oddLine = fc
  .tuple(
    fc.constantFrom(...lines, session),
    fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 2 }),
    fc.option(fc.constantFrom(...Object.keys(lineSchemas), 'weather', '__proto__', 'constructor'), { freq: 4 }),
  )
  .map(([line, changes, type]) => JSON.stringify({ ...line, ...changes, ...(type === null ? {} : { type }) }));

describe('the record reader', () => {
  it('takes damaged bytes, plain and compressed', { timeout: 120_000 }, async () => {
    // Two sessions: without any that can be read there is no record.
    const twice = `${whole}${whole}`;
    const lineEnds = [...twice.matchAll(/\n/g)].map(({ index }) => index + 1);
    const members = lineEnds.map((end, i) => gzipSync(twice.slice(lineEnds[i - 1] ?? 0, end)));
    const records = [Buffer.from(twice), gzipSync(twice), Buffer.concat(members)];
    const seen = { none: 0, whole: 0, problems: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...records), damages, async (record, list) => {
        const read = await readAll(damaged(record, list));
        seen[read === null ? 'none' : read.problems.length === 0 ? 'whole' : 'problems']++;
      }),
      { seed: 20_261_124, numRuns: 600 },
    );
    // Had the damage been total or none, nothing would have been tried.
    expect(seen.none).toBeGreaterThan(10);
    expect(seen.problems).toBeGreaterThan(200);
  });

  it('takes lines with anything in their fields', { timeout: 120_000 }, async () => {
    let taken = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(oddLine, { minLength: 5, maxLength: 40 }), async (texts) => {
        const read = await readAll(Buffer.from(`${JSON.stringify(session)}\n${texts.join('\n')}\n`));
        expect(read).not.toBeNull();
        taken += read?.events.length ?? 0;
        refused += read?.problems.length ?? 0;
      }),
      { seed: 20_261_124, numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(800);
    expect(refused).toBeGreaterThan(400);
  });

  it('takes any bytes at all', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        await readAll(Buffer.from(bytes));
        const read = await readAll(Buffer.concat([Buffer.from(whole), bytes, Buffer.from(`\n${whole}`)]));
        expect(read?.events.length).toBeGreaterThan(10);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
