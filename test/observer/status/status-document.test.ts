// The status document: made from a history, and read again with nothing taken on trust.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../../src/events/events.js';
import { SessionHistory } from '../../../src/history/session-history.js';
import { statusOf } from '../../../src/observer/status/status-document.js';
import type { StatusDocument } from '../../../src/observer/status/status-document.js';
import { parseStatus } from '../../../src/observer/status/status-parser.js';
import { NOON, sampleInfo, sampleProbes } from '../../support/record-sample.js';

const documentOf = (labels: readonly string[], events: readonly ProbeEvent[], now: number): StatusDocument => {
  const history = new SessionHistory(sampleInfo(labels));
  for (const event of events) history.apply(event);
  return statusOf(history, null, now, 7);
};

const many = <const T>(count: number, outcome: T): T[] => Array.from({ length: count }, () => outcome);

describe('a status document', () => {
  it('tells of the last 10 s and of the last hour', () => {
    // Half a minute of 20 ms with one loss, then 10 s of 50 ms with a late reply.
    const events = [
      ...sampleProbes(0, [...many(299, 20), 'lost']),
      ...sampleProbes(0, [...many(98, 50), -1500, 'lost'], NOON + 30_000, 300),
    ];
    const document = documentOf(['gw'], events, NOON + 40_000);
    expect(document).toMatchObject({ pid: 7, started: NOON / 1000, time: NOON / 1000 + 40, trouble: false, count: 1 });
    expect(document.endpoints).toEqual([
      {
        label: 'gw',
        target: '10.0.0.0',
        address: '10.0.0.0',
        hop: null,
        state: 'lost',
        rtt: null,
        trouble: false,
        last10s: { probes: 100, p50: 50, loss: 0.01, late: 1 },
        last1h: { probes: 400, p50: 20, loss: 0.005, late: 1 },
        outage: null,
      },
    ]);
  });

  it('says what is down, since when and why; times are those of the wall clock', () => {
    const events: ProbeEvent[] = [
      ...sampleProbes(0, many(20, 5)),
      ...sampleProbes(0, many(20, 'unsent'), NOON + 2000, 20),
      ...sampleProbes(1, many(40, 5)),
      { type: 'clock', at: NOON + 3000, offset: 60_000 },
    ];
    const { trouble, time, endpoints } = documentOf(['gw', 'dns'], events, NOON + 4000);
    expect(trouble).toBe(true);
    expect(time).toBe(NOON / 1000 + 64);
    expect(endpoints.map((endpoint) => endpoint.trouble)).toEqual([true, false]);
    expect(endpoints[0]?.outage).toEqual({ from: NOON / 1000 + 62, lost: 20, error: 'ENETUNREACH' });
    expect(endpoints[1]?.outage).toBeNull();
  });

  it('calls a tenth of loss trouble, and less none', () => {
    // Never three in a row: that would be an outage.
    const lossy = (lost: number) => [
      ...many(20 - 2 * lost, 5),
      ...Array.from({ length: lost }, () => ['lost', 5] as const),
    ];
    const troubleAt = (lost: number) => documentOf(['a'], sampleProbes(0, lossy(lost).flat()), NOON + 3000).trouble;
    expect([0, 1, 2, 3].map(troubleAt)).toEqual([false, false, true, true]);
  });

  it('says what a call would be like, and for whom', () => {
    const history = new SessionHistory(sampleInfo(['gw', 'far']));
    for (const event of sampleProbes(1, many(40, 5))) history.apply(event);
    const worst = { endpoint: 1, r: 63.987, mos: 3.3049, word: 'poor' } as const;
    const document = statusOf(history, null, NOON + 4000, 7, worst);
    expect(document.quality).toEqual({ word: 'poor', r: 64, mos: 3.3, label: 'far' });
    expect(parseStatus(JSON.stringify(document))).toEqual(document);
    const { quality, ...before } = document;
    expect(parseStatus(JSON.stringify(before))).toMatchObject({ quality: null });
    expect(parseStatus(JSON.stringify({ ...before, quality: { ...quality, word: 'grand' } }))).toMatch(/quality/);
    expect(parseStatus(JSON.stringify({ ...before, quality: { ...quality, r: 1e9 } }))).toMatch(/r is no number/);
  });

  it('leaves out who is not watched any more', () => {
    const events: ProbeEvent[] = [
      ...sampleProbes(0, many(40, 'lost')),
      ...sampleProbes(1, many(40, 5)),
      { type: 'removed', endpoint: 0, at: NOON + 4000 },
    ];
    const { trouble, count, endpoints } = documentOf(['gw', 'dns'], events, NOON + 4000);
    expect([trouble, count, endpoints.map(({ label }) => label)]).toEqual([false, 1, ['dns']]);
  });

  it('lists at most 1000 endpoints, and knows of the others', () => {
    const labels = Array.from({ length: 1100 }, (_, i) => `h${i}`);
    const document = documentOf(labels, sampleProbes(1050, many(20, 'lost')), NOON + 2000);
    expect(document.endpoints).toHaveLength(1000);
    expect(document).toMatchObject({ count: 1100, trouble: true });
  });

  it('is read again as it was written', () => {
    const document = documentOf(
      ['gw', 'x'.repeat(300)],
      sampleProbes(0, [...many(20, 5), ...many(20, 'lost')]),
      NOON + 4000,
    );
    expect(parseStatus(JSON.stringify(document))).toEqual(document);
  });
});

describe('what is no status document', () => {
  const good = documentOf(['gw'], sampleProbes(0, many(20, 'lost')), NOON + 2000);
  const [endpoint] = good.endpoints;

  it.each<[string, unknown]>([
    ['the document is no object', null],
    ['the document is no object', []],
    ['its type is not', { ...good, type: 'session' }],
    ['its format is not', { ...good, format: 2 }],
    ['endpoints is not a list', { ...good, endpoints: {} }],
    ['endpoints is not a list', { ...good, count: 2000, endpoints: many(1001, endpoint) }],
    ['endpoint 0 is no object', { ...good, endpoints: [null] }],
    ['time is no number', { ...good, time: '12' }],
    ['time is no number', { ...good, time: -1 }],
    ['pid is no whole number', { ...good, pid: 1.5 }],
    ['count is no whole number', { ...good, count: 0 }],
    ['trouble is neither', { ...good, trouble: 1 }],
    ['label is no text', { ...good, endpoints: [{ ...endpoint, label: 'x'.repeat(257) }] }],
    ['label is no text', { ...good, endpoints: [{ ...endpoint, label: { toString: 'x' } }] }],
    ['state is not', { ...good, endpoints: [{ ...endpoint, state: 'fine' }] }],
    ['last10s is no object', { ...good, endpoints: [{ ...endpoint, last10s: null }] }],
    ['loss is no number', { ...good, endpoints: [{ ...endpoint, last1h: { ...endpoint?.last1h, loss: 2 } }] }],
    ['error is no text', { ...good, endpoints: [{ ...endpoint, outage: { from: 0, lost: 3, error: 4 } }] }],
  ])('is refused: %s', (problem, document) => {
    expect(parseStatus(JSON.stringify(document))).toContain(problem);
  });

  it('is refused where it is not JSON, or has a number that no number is', () => {
    expect(parseStatus('{"type":')).toBe('it is not JSON');
    expect(parseStatus(JSON.stringify({ ...good, time: 0 }).replace('"time":0', '"time":1e999'))).toContain(
      'time is no number',
    );
  });

  it('makes nothing throw, and what is taken holds nothing but what a document may hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(good)), (value, name) => {
        const read = parseStatus(JSON.stringify({ ...good, [name]: value, extra: value }));
        const names = Object.keys(typeof read === 'string' ? good : read);
        expect(names.sort()).toEqual(Object.keys(good).sort());
      }),
    );
  });
});
