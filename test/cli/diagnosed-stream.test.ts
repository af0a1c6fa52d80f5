// The stream on its way through the diagnosis: what readers get, and that a run says the same live, resumed and read again.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiagnosedStream } from '../../src/cli/diagnosed-stream.js';
import { inMicroseconds } from '../../src/cli/output/resolution.js';
import { loadPast } from '../../src/cli/past.js';
import type { Past } from '../../src/cli/past.js';
import { RecordSource } from '../../src/cli/record-source.js';
import type { ProbeEvent, TrafficEvent } from '../../src/events/events.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import type { VerdictEvent } from '../../src/events/verdict.js';
import { EventLines } from '../../src/record/lines/event-lines.js';
import { lineText } from '../../src/record/lines/line-format.js';
import type { VerdictLine } from '../../src/record/lines/line-format.js';
import { SimulatedNetwork, START } from '../diagnosis/simulation/network.js';
import type { Scenario } from '../diagnosis/simulation/scenario.js';
import { hostInfo } from '../support/endpoint-info.js';

const NAMES = ['near', 'far1', 'far2'];
const INTERVAL = 0.2;

const infoAt = (startedAt: number): SessionInfo => ({
  startedAt,
  interval: INTERVAL * 1000,
  timeout: 2000,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: NAMES.map((target, id) => hostInfo({ id, target, interval: INTERVAL * 1000 })),
});

/** What the sockets of a run would tell, `startedAt` and sequences as given. */
const probes = (
  scenario: Omit<Scenario, 'name' | 'interval' | 'endpoints' | 'expect'>,
  startedAt: number,
  firstSeqs: readonly number[] = [],
): ProbeEvent[] => {
  const endpoints = NAMES.map((name, i) => ({ name, place: 'beyond' as const, rtt: 2 + 10 * i, jitter: 1 }));
  const events: ProbeEvent[] = [];
  const network = new SimulatedNetwork({ name: 'x', interval: INTERVAL, endpoints, expect: [], ...scenario }, 7);
  network.run(scenario.duration, (event) => {
    if (event.type === 'endpoint') return;
    const moved = { ...event };
    if ('at' in moved) moved.at += startedAt - START;
    if ('from' in moved && typeof moved.from === 'number' && 'to' in moved) {
      moved.from += startedAt - START;
      moved.to += startedAt - START;
    }
    if ('seq' in moved) moved.seq += firstSeqs[moved.endpoint] ?? 0;
    events.push(inMicroseconds(moved));
  });
  return events;
};

/** Quiet seconds of own traffic ten at a time, as the watch tells them. */
const batched = (events: readonly ProbeEvent[]): ProbeEvent[] => {
  let held: TrafficEvent[] = [];
  return events.flatMap((event): ProbeEvent[] => {
    if (event.type !== 'traffic') return [event];
    held.push(event);
    const isLoud = Math.max(...event.receivedBytes) > 1e6;
    if (!isLoud && held.length < 10) return [];
    const receivedBytes = held.flatMap((one) => one.receivedBytes);
    const sentBytes = held.flatMap((one) => one.sentBytes);
    held = [];
    return [{ ...event, receivedBytes, sentBytes, interface: 'wlan0' }];
  });
};

/** A sink that writes as the record does. */
const recording = (info: SessionInfo, resumed?: Past['resumed']) => {
  const lines = new EventLines(info, 'test', resumed);
  let text = lineText(lines.sessionLine());
  return {
    sink: {
      event: (event: ProbeEvent) => {
        for (const line of lines.lines(event)) text += lineText(line);
      },
    },
    end: (): string => text + lines.inFlight().map(lineText).join(''),
  };
};

const verdictLines = (text: string): VerdictLine[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{"type":"verdict"'))
    .map((line) => JSON.parse(line) as VerdictLine);

const asLine = (verdict: VerdictEvent): unknown =>
  JSON.parse(lineText(new EventLines(infoAt(START), 'test').lines(verdict)[0] as VerdictLine));

const replayed = async (path: string): Promise<unknown[]> => {
  const source = await RecordSource.open(path, path);
  const verdicts: VerdictEvent[] = [];
  const stream = new DiagnosedStream(source.info);
  await source.read(stream.to([{ event: (event) => event.type === 'verdict' && verdicts.push(event) }]));
  expect(source.problems).toEqual([]);
  return verdicts.map(asLine);
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-diagnosed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const FULL_LINE: [number, number, number][] = [
  [20, 23, 0.5],
  [60, 120, 0.97],
];
const outage = { from: 60, to: 90, on: ['far2'], loss: 1 };
const loss = { from: 130, to: 180, on: ['far1', 'far2'], loss: 0.3 };

describe('the stream through the diagnosis', () => {
  it('gives each reader the event, then the verdict that it brought about; what a record says was said is dropped', () => {
    const info = infoAt(START);
    const stream = new DiagnosedStream(info);
    const seen: ProbeEvent[][] = [[], []];
    const { event } = stream.to(seen.map((list) => ({ event: (one) => list.push(one) })));
    const said: VerdictEvent = {
      type: 'verdict',
      at: START,
      code: 'machine',
      since: START,
      endpoints: [],
      evidence: { endpoints: [], traffic: null, confidence: null, add: null, others: [], reason: null },
    };
    for (const one of [said, ...probes({ duration: 120, faults: [outage] }, START)]) event(one);
    const verdicts = (seen[0] ?? []).filter((one) => one.type === 'verdict');
    expect(verdicts.map(({ code }) => code)).toEqual(['starting', 'fine', 'host', 'fine']);
    expect(seen[1]).toEqual(seen[0]);
    for (const { at, code } of verdicts) {
      const before = (seen[0] ?? []).slice(
        0,
        (seen[0] ?? []).findIndex((one) => one.type === 'verdict' && one.at === at),
      );
      const newest = Math.max(...before.map((one) => (one.type === 'sent' ? one.at : -Infinity)));
      expect(code === 'starting' || newest >= at).toBe(true);
    }
    expect(stream.diagnosis.episodes).toMatchObject([{ code: 'host', endpoints: [2], worstLoss: 1 }]);
  });

  it.each([
    ['outage and loss', { duration: 240, faults: [outage, loss] }],
    ['a suspend', { duration: 200, faults: [outage], suspend: [[100, 130]] as [number, number][] }],
    [
      'own traffic',
      { duration: 200, faults: [{ from: 60, to: 120, on: 'all' as const, add: 200 }], traffic: FULL_LINE },
    ],
    ['slow and late', { duration: 200, faults: [{ from: 60, to: 120, on: 'all' as const, late: 0.2, add: 80 }] }],
  ])('says the same live, resumed and read again: %s', async (name, scenario) => {
    const path = join(folder, 'r.jsonl');
    const first = infoAt(START);
    const before = recording(first);
    const run = new DiagnosedStream(first).to([before.sink]);
    for (const event of batched(probes(scenario, START))) run.event(event);
    writeFileSync(path, before.end());
    expect(verdictLines(before.end()).length).toBeGreaterThan(3);
    expect(await replayed(path)).toEqual(verdictLines(before.end()));
    const codes = new Set(verdictLines(before.end()).map(({ code }) => code));
    expect(codes.has('own-traffic')).toBe(name === 'own traffic');

    const second = infoAt(START + 600_000);
    const resumed = new DiagnosedStream(second);
    const shown: ProbeEvent[] = [];
    const screen = { event: (event: ProbeEvent) => shown.push(event) };
    const past = await loadPast(path, second, resumed.to([screen]), () => {});
    const after = recording(second, past.resumed);
    const stream = resumed.to([screen, after.sink]);
    for (const event of batched(probes(scenario, second.startedAt, past.resumed.firstSeqs))) stream.event(event);
    const both = before.end() + after.end();
    writeFileSync(path, both);
    // The resumed run goes on from where the record ended.
    expect(verdictLines(after.end())[0]).toMatchObject({ code: 'not-collecting', evidence: { reason: 'not running' } });
    expect(await replayed(path)).toEqual(verdictLines(both));
    const seen = shown.filter((event) => event.type === 'verdict').map(asLine);
    expect(seen.slice(1)).toEqual(verdictLines(both).slice(1));
  });
});
