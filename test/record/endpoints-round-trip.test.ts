// Endpoints that come, change and go, written as lines and read back: in one file, in rotated ones, in several sessions of
// either format, and after a kill.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPast } from '../../src/cli/past.js';
import type { EndpointInfo } from '../../src/events/endpoint-info.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { EventLines } from '../../src/record/lines/event-lines.js';
import { RecordParser } from '../../src/record/record-parser.js';
import { hostInfo } from '../support/endpoint-info.js';
import { NOON, recordText, sampleInfo, sampleProbes } from '../support/record-sample.js';

type Op = { what: 'probe' | 'add' | 'change' | 'remove' | 'gap' | 'traffic'; who: number; wait: number };

const op: fc.Arbitrary<Op> = fc.record({
  what: fc.constantFrom('probe', 'probe', 'probe', 'add', 'change', 'remove', 'gap', 'traffic'),
  who: fc.nat(1000),
  // Past a minute what was removed is forgotten.
  wait: fc.constantFrom(1, 250.125, 70_000),
});

const kinds: readonly Partial<EndpointInfo>[] = [
  {},
  { sizeBytes: 1000 },
  { kind: 'hop', hop: 3, address: null },
  { kind: 'gateway', target: '@gateway', place: 'gateway' },
];

/** What a live run with `ops` emits; the second of two towards the same target differs from the first in its id alone. */
const streamOf = (ops: readonly Op[]): ProbeEvent[] => {
  const infos = [...sampleInfo(['a', 'b']).endpoints];
  const present = infos.map(({ id }) => id);
  const seqs = infos.map(() => 0);
  const events: ProbeEvent[] = [];
  let at = NOON;
  for (const { what, who, wait } of ops) {
    at += wait;
    const endpoint = present[who % present.length];
    if (what === 'add') {
      const id = infos.length;
      const info = {
        ...hostInfo({ id, target: `10.0.0.${who % 3}`, label: `new ${id}` }),
        ...kinds[who % kinds.length],
      };
      infos.push(info);
      seqs.push(0);
      present.push(id);
      events.push({ type: 'endpoint', endpoint: id, info, at });
    } else if (what === 'traffic') {
      events.push({
        type: 'traffic',
        at,
        receivedBytes: [who, 0],
        sentBytes: [1, 2],
        interface: `wlan${who}`,
        signalDbm: who - 1000,
      });
    } else if (endpoint === undefined) {
      continue;
    } else if (what === 'probe') {
      const seq = seqs[endpoint] ?? 0;
      seqs[endpoint] = seq + 1;
      events.push({ type: 'sent', endpoint, seq, at }, { type: 'answered', endpoint, seq, rtt: who / 1000, ttl: 64 });
    } else if (what === 'change') {
      const info = {
        ...(infos[endpoint] as EndpointInfo),
        label: `at ${at}`,
        interval: who + 1,
        sizeBytes: who,
      };
      infos[endpoint] = info;
      events.push({ type: 'endpoint', endpoint, info, at });
    } else if (what === 'remove') {
      present.splice(present.indexOf(endpoint), 1);
      events.push({ type: 'removed', endpoint, at });
    } else {
      events.push({ type: 'gap', endpoint, from: at - 0.5, to: at, reason: 'stall' });
    }
  }
  return events;
};

const parse = (texts: readonly string[]) => {
  const events: ProbeEvent[] = [];
  const parser = new RecordParser((event) => events.push(event));
  const problems = texts.map((text) => parser.line(text)).filter((problem) => problem !== null);
  return { events, problems, parser };
};

/** The files of a run that is rotated before each of the events `cuts`. */
const filesOf = (events: readonly ProbeEvent[], cuts: readonly number[]): string[][] => {
  const lines = new EventLines(sampleInfo(['a', 'b']), 'test');
  const files = [[JSON.stringify(lines.sessionLine())]];
  for (const [i, event] of events.entries()) {
    if (cuts.includes(i)) files.push([JSON.stringify(lines.sessionLine())]);
    files.at(-1)?.push(...lines.lines(event).map((line) => JSON.stringify(line)));
  }
  return files;
};

/** As version 0.1.0 wrote it. */
const format1 = (labels: readonly string[], startedAt: number, events: readonly ProbeEvent[]): string[] => {
  const [head = '', ...rest] = recordText(sampleInfo(labels, startedAt), events).trimEnd().split('\n');
  const session = JSON.parse(head) as { endpoints: EndpointInfo[] };
  const endpoints = session.endpoints.map(({ id, target, label, address }) => ({
    id,
    target,
    label,
    address,
    firstSeq: 0,
  }));
  return [
    JSON.stringify({ ...session, format: 1, endpoints }),
    ...rest.map((line) => line.replace('in-flight', 'pending')),
  ];
};

const slots = (events: readonly ProbeEvent[]) =>
  events.flatMap((e) => (e.type === 'sent' ? [`${e.endpoint}/${e.seq}`] : []));

describe('endpoints that come, change and go', () => {
  it('are read back as they were, in one file or put together from rotated ones', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 60 }), fc.array(fc.nat(80), { maxLength: 3 }), (ops, cuts) => {
        const events = streamOf(ops);
        const { events: read, problems } = parse(filesOf(events, cuts).flat());
        expect(problems).toEqual([]);
        expect(read).toEqual(events);
      }),
    );
  });

  it('are all known in each of the rotated files alone', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 60 }), fc.array(fc.nat(80), { maxLength: 3 }), (ops, cuts) => {
        const events = streamOf(ops);
        const alone = filesOf(events, cuts).map((file) => parse(file));
        expect(alone.flatMap(({ problems }) => problems)).toEqual([]);
        const probes = alone.flatMap((file) => file.events.filter(({ type }) => type === 'answered'));
        expect(probes.length).toBe(events.filter(({ type }) => type === 'answered').length);
      }),
    );
  });

  it('are joined over two runs by what they are, each slot once', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 40 }), fc.array(op, { maxLength: 40 }), (one, two) => {
        const [first, second] = [streamOf(one), streamOf(two)];
        const start = Math.max(NOON, ...first.flatMap((event) => ('at' in event ? [event.at] : []))) + 60_000;
        const later = second.map((event): ProbeEvent => {
          if (event.type === 'gap') return { ...event, from: event.from - NOON + start, to: event.to - NOON + start };
          return 'at' in event ? { ...event, at: event.at - NOON + start } : event;
        });
        const lines = new EventLines(sampleInfo(['c', 'd'], start), 'test');
        const head = JSON.stringify(lines.sessionLine());
        const tail = later.flatMap((event) => lines.lines(event)).map((line) => JSON.stringify(line));
        const { events, problems, parser } = parse([...filesOf(first, []).flat(), head, ...tail]);
        expect(problems).toEqual([]);
        expect(parser.joined.list.slice(0, 2).map(({ info: { target } }) => target)).toEqual(['10.0.0.0', '10.0.0.1']);
        expect(slots(events).length).toBe(slots(first).length + slots(second).length);
        expect(new Set(slots(events)).size).toBe(slots(events).length);
        const keys = parser.joined.list.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('a record that version 0.1.0 began', () => {
  const old = format1(['a', 'b'], NOON, [
    ...sampleProbes(0, [1, 'lost']),
    ...sampleProbes(1, [2]),
    { type: 'sent', endpoint: 1, seq: 1, at: NOON + 100 },
  ]);

  it('goes on in format 2: by target and label, by target under another label, and with new ones', () => {
    const second = recordText(
      {
        ...sampleInfo(['b', 'renamed', 'c'], NOON + 60_000),
        endpoints: [
          hostInfo({ id: 0, target: '10.0.0.1', label: 'b' }),
          hostInfo({ id: 1, target: '10.0.0.0', label: 'renamed' }),
          hostInfo({ id: 2, target: '10.0.0.2', label: 'c' }),
        ],
      },
      [...sampleProbes(0, [3], NOON + 60_000), ...sampleProbes(2, [4], NOON + 60_000)],
    );
    const { events, problems, parser } = parse([...old, ...second.trimEnd().split('\n')]);
    expect(problems).toEqual([]);
    expect(parser.info?.endpoints.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(parser.joined.list.map(({ info: { label } }) => label)).toEqual(['renamed', 'b', 'c']);
    expect(slots(events)).toEqual(['0/0', '0/1', '1/0', '1/1', '1/2', '2/0']);
  });

  it('knows its endpoints from the start if format 1 goes on, and is told of none', () => {
    const { events, parser } = parse([
      ...old,
      ...format1(['a', 'b', 'c'], NOON + 60_000, sampleProbes(2, [1], NOON + 60_000)),
    ]);
    expect(parser.info?.endpoints.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
    expect(events.some(({ type }) => type === 'endpoint' || type === 'removed')).toBe(false);
  });

  it('can be gone on with after a kill that has torn its last line, with another set of endpoints', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-killed-'));
    try {
      const path = join(folder, 'r');
      const torn = `${old.join('\n').slice(0, -9)}\n`;
      writeFileSync(path, torn);
      const info = {
        ...sampleInfo([], NOON + 60_000),
        endpoints: [
          hostInfo({ id: 0, target: '10.0.0.7', label: 'new' }),
          hostInfo({ id: 1, target: '10.0.0.0', label: 'a' }),
        ],
      };
      const live: ProbeEvent[] = [];
      const { resumed, formerly } = await loadPast(path, info, { event: (event) => live.push(event) }, () => {});
      expect(resumed.firstSeqs).toEqual([0, 2, 1]);
      expect(formerly.map(({ id, label }) => [id, label])).toEqual([[2, 'b']]);
      const lines = new EventLines(info, 'test', resumed);
      const head = JSON.stringify(lines.sessionLine());
      const now = [...sampleProbes(0, [1], NOON + 60_000), ...sampleProbes(1, [2], NOON + 60_000, 2)];
      const tail = now.flatMap((event) => lines.lines(event)).map((line) => JSON.stringify(line));
      const { events, problems, parser } = parse([...torn.trimEnd().split('\n'), head, ...tail]);
      expect(problems).toEqual(['no JSON']);
      expect(parser.joined.list.map(({ info: { label }, present }) => [label, present])).toEqual([
        ['a', true],
        ['b', false],
        ['new', true],
      ]);
      expect(slots(events)).toEqual(['0/0', '0/1', '1/0', '2/0', '0/2']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
