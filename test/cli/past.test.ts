// --resume: a record becomes the past of a new run.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formerEvents, loadPast, NO_PAST } from '../../src/cli/past.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { EventLines } from '../../src/record/lines/event-lines.js';
import { RecordParser } from '../../src/record/record-parser.js';
import { NOON, recordText, sampleInfo, sampleProbes } from '../support/record-sample.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-past-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = async (content: string | Buffer | null, labels: string[], startedAt: number) => {
  const path = join(folder, 'r');
  if (content !== null) writeFileSync(path, content);
  const events: ProbeEvent[] = [];
  const past = await loadPast(path, sampleInfo(labels, startedAt), { event: (event) => events.push(event) }, () => {});
  return { past, events };
};

describe('a resumed run', () => {
  it('starts from nothing where there is no record yet', async () => {
    expect(await load(null, ['a'], NOON)).toEqual({ past: NO_PAST, events: [] });
    expect((await load('', ['a'], NOON)).events).toEqual([]);
  });

  it.each([
    ['plain', (text: string) => text],
    ['compressed', (text: string) => gzipSync(text)],
  ])('goes on behind what a %s record holds; the time between is a gap', async (_name, pack) => {
    const before = sampleProbes(0, [1, 'lost', -1500]);
    const { past, events } = await load(pack(recordText(sampleInfo(['a']), before)), ['a'], NOON + 60_000);
    const gap: ProbeEvent = { type: 'gap', from: NOON + 200, to: NOON + 60_000, reason: 'not running' };
    expect(events).toEqual([...before, gap]);
    const resumed = { firstSeqs: [3], keys: ['host 10.0.0.0 56 0'] };
    expect(past).toEqual({ resumed, formerly: [], problems: [] });
  });

  it('gives its own ids to the endpoints that it probes, and those behind them to the others, as removed', async () => {
    const info = sampleInfo(['a', 'b']);
    const text = recordText(info, [...sampleProbes(0, [1]), ...sampleProbes(1, [2, 3])]);
    const path = join(folder, 'r');
    writeFileSync(path, text);
    const events: ProbeEvent[] = [];
    const [a, b] = info.endpoints;
    if (a === undefined || b === undefined) throw new Error('no endpoint');
    const onlyB = { ...info, startedAt: NOON + 1000, endpoints: [{ ...b, id: 0 }] };
    const past = await loadPast(path, onlyB, { event: (event) => events.push(event) }, () => {});
    expect(events.filter((event) => event.type === 'answered').map(({ endpoint, rtt }) => [endpoint, rtt])).toEqual([
      [1, 1],
      [0, 2],
      [0, 3],
    ]);
    const formerly = { ...a, id: 1 };
    expect(events[0]).toEqual({ type: 'endpoint', endpoint: 1, info: formerly, at: NOON });
    expect(events.slice(-2)).toEqual([
      { type: 'removed', endpoint: 1, at: NOON + 100 },
      { type: 'gap', from: NOON + 100, to: NOON + 1000, reason: 'not running' },
    ]);
    expect(past).toEqual({
      resumed: { firstSeqs: [2, 1], keys: ['host 10.0.0.1 56 0', 'host 10.0.0.0 56 0'] },
      formerly: [formerly],
      problems: [],
    });
    expect(formerEvents(past, NOON + 1000)).toEqual([
      { type: 'endpoint', endpoint: 1, info: formerly, at: NOON + 1000 },
      { type: 'removed', endpoint: 1, at: NOON + 1000 },
    ]);
  });

  it('knows an endpoint again under another label, and the right one of two towards the same host', async () => {
    const info = sampleInfo(['x', 'y']);
    const twice = {
      ...info,
      endpoints: info.endpoints.map((one, id) => ({ ...one, target: '10.0.0.9', interval: id === 0 ? 500 : 100 })),
    };
    const text = recordText(twice, [...sampleProbes(0, [1]), ...sampleProbes(1, [2, 3])]);
    const path = join(folder, 'r');
    writeFileSync(path, text);
    const [, y] = twice.endpoints;
    if (y === undefined) throw new Error('no endpoint');
    const renamed = { ...y, id: 0, label: 'z' };
    const again = { ...info, startedAt: NOON + 1000, endpoints: [renamed] };
    const { resumed } = await loadPast(path, again, { event: () => {} }, () => {});
    expect(resumed).toEqual({ firstSeqs: [2, 1], keys: ['host 10.0.0.9 56 1', 'host 10.0.0.9 56 0'] });
    // Read back as one record, it goes on as the same endpoint.
    const lines = new EventLines(again, 'test', resumed);
    const second = [lines.sessionLine(), ...sampleProbes(0, [4], NOON + 1000, 2).flatMap((e) => lines.lines(e))];
    const events: ProbeEvent[] = [];
    const parser = new RecordParser((event) => events.push(event));
    for (const line of [...text.trimEnd().split('\n'), ...second.map((one) => JSON.stringify(one))]) parser.line(line);
    expect(parser.joined.list.map(({ info: { label }, present }) => [label, present])).toEqual([
      ['x', false],
      ['z', true],
    ]);
    expect(parser.joined.nextSeqs).toEqual([1, 3]);
    expect(events.filter((event) => event.type === 'endpoint' || event.type === 'removed')).toEqual([
      { type: 'removed', endpoint: 0, at: NOON + 100 },
      { type: 'endpoint', endpoint: 1, info: { ...renamed, id: 1 }, at: NOON + 1000 },
    ]);
  });

  it('watches again what the record says was removed', async () => {
    const events: ProbeEvent[] = [...sampleProbes(0, [1]), { type: 'removed', endpoint: 0, at: NOON + 50 }];
    const loaded = await load(recordText(sampleInfo(['a']), events), ['a'], NOON + 1000);
    expect(loaded.events.slice(2)).toEqual([
      { type: 'removed', endpoint: 0, at: NOON + 50 },
      { type: 'gap', from: NOON + 50, to: NOON + 1000, reason: 'not running' },
      { type: 'endpoint', endpoint: 0, info: sampleInfo(['a']).endpoints[0], at: NOON + 1000 },
    ]);
    expect(loaded.past.resumed.firstSeqs).toEqual([1]);
  });

  it('moves a past whose clock was stepped so that it ends on the clock of now', async () => {
    const stepped: ProbeEvent[] = [
      ...sampleProbes(0, [1]),
      { type: 'clock', at: NOON + 50, offset: 3_600_000 },
      ...sampleProbes(0, [2], NOON + 100, 1),
    ];
    const { events } = await load(recordText(sampleInfo(['a']), stepped), ['a'], NOON + 3_600_000 + 1000);
    expect(events.filter((event) => event.type === 'sent').map(({ at }) => at - NOON)).toEqual([
      3_600_000,
      3_600_000 + 100,
    ]);
    expect(events.find((event) => event.type === 'clock')).toMatchObject({ offset: 0 });
    expect(events.at(-1)).toMatchObject({ type: 'gap', from: NOON + 3_600_000 + 100, to: NOON + 3_600_000 + 1000 });
  });

  it('keeps the past in the past when the clock was set back meanwhile', async () => {
    const { events } = await load(recordText(sampleInfo(['a']), sampleProbes(0, [1, 2])), ['a'], NOON - 3_600_000);
    const times = events.flatMap((event) => (event.type === 'sent' ? [event.at] : []));
    expect(Math.max(...times)).toBe(NOON - 3_600_000);
  });

  it('is not misled by a clock that was set back between two sessions of the record', async () => {
    const first = recordText(
      sampleInfo(['a']),
      sampleProbes(
        0,
        Array.from({ length: 900 }, () => 1),
      ),
    );
    const back = NOON - 3_600_000;
    const second = recordText(sampleInfo(['a'], back), sampleProbes(0, [2], back));
    const { events } = await load(first + second, ['a'], back + 60_000);
    const times = events.flatMap((event) => (event.type === 'sent' ? [event.at] : []));
    // The last session ends on the clock of now; the one before it ended when the last one began.
    expect(times.at(-1)).toBe(back);
    expect(times[899]).toBe(back);
    expect(events.at(-1)).toMatchObject({ type: 'gap', from: back, to: back + 60_000 });
  });

  it('says which lines it could not read, and reads the rest', async () => {
    const text = recordText(sampleInfo(['a']), sampleProbes(0, [1]));
    const more = recordText(sampleInfo(['a'], NOON + 1000), sampleProbes(0, [2], NOON + 1000, 1), [1]);
    const { past } = await load(`${text}{"type":"pro\n${more}`, ['a'], NOON + 2000);
    expect(past.problems).toEqual([`${join(folder, 'r')}:3: no JSON, skipped`]);
    expect(past.resumed.firstSeqs).toEqual([2]);
  });

  it('is refused over what is no record', async () => {
    await expect(load('dear diary\n', ['a'], NOON)).rejects.toThrow(/not a pingem record/);
  });
});
