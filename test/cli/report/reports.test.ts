// What is printed: lines per epoch, the table for a spreadsheet, the summary.

import { describe, expect, it } from 'vitest';
import { CsvReport } from '../../../src/cli/report/csv-report.js';
import { SessionEnd } from '../../../src/cli/report/session-end.js';
import { summaryText } from '../../../src/cli/report/summary.js';
import { TextReport } from '../../../src/cli/output/text-report.js';
import type { ProbeEvent } from '../../../src/events/events.js';
import { SessionTotals } from '../../../src/history/totals/session-totals.js';
import { hostInfo } from '../../support/endpoint-info.js';
import { NOON, sampleInfo, sampleProbes } from '../../support/record-sample.js';

const utc = () => 0;
const paris = () => 3_600_000;

const info = sampleInfo(['gw', 'dns']);

const textOf = (events: readonly ProbeEvent[], finish: boolean): string[] => {
  const lines: string[] = [];
  const report = new TextReport(info, 1000, utc, (text) => lines.push(text));
  for (const event of events) report.event(event);
  if (finish) report.finish();
  return lines;
};

const second = (outcome: number | 'lost' | 'unsent') => Array.from({ length: 10 }, () => outcome);

describe('--text', () => {
  it('prints an epoch when it has settled, and not before', () => {
    const events = sampleProbes(0, [...second(10), ...second(20)]);
    expect(textOf(events, false)).toEqual([]);
    const later = sampleProbes(0, second(30), NOON + 2000, 20);
    expect(textOf([...events, ...later], false)).toEqual([
      '2026-11-23 12:00:00  gw   loss 0.0 %  p50 10.0  p95 10.0  max 10.0  jitter 0.000 ms  10 probes, 10 answered\n',
    ]);
  });

  it('prints what is left at the end, with losses and their errors', () => {
    const events = sampleProbes(1, [...second('unsent').slice(5), ...second(5).slice(6), 'lost']);
    expect(textOf(events, true)).toEqual([
      '2026-11-23 12:00:00  dns  loss 60.0 %  p50 5.00  p95 5.00  max 5.00  jitter 0.000 ms  10 probes, 4 answered, 1 lost, 5 unsent  no route (ENETUNREACH)\n',
    ]);
  });

  it('tells of gaps, and prints no empty epochs', () => {
    const gap: ProbeEvent = { type: 'gap', from: NOON + 1000, to: NOON + 61_000, reason: 'suspend' };
    const events = [...sampleProbes(0, second(1)), gap, ...sampleProbes(0, second(1), NOON + 61_000, 10)];
    const lines = textOf(events, true);
    expect(lines.length).toBe(3);
    expect(lines[0]).toBe('2026-11-23 12:00:01  not collecting for 1 m (suspend)\n');
    expect(lines[2]).toContain('2026-11-23 12:01:01  gw ');
  });

  it('follows a step of the wall clock without an epoch twice', () => {
    const step: ProbeEvent = { type: 'clock', at: NOON + 1500, offset: -3_600_000 };
    const before = sampleProbes(0, [...second(1), ...second(2), ...second(3)]);
    const lines = textOf([...before, step, ...sampleProbes(0, [...second(4), ...second(5)], NOON + 3000, 30)], true);
    const probes = lines.map((line) => Number(/(\d+) probes/.exec(line)?.[1]));
    expect(probes).toEqual([10, 10, 10, 10, 10]);
    expect(lines.at(-1)).toContain('2026-11-23 11:00:04');
  });
});

describe('endpoints that come and go', () => {
  const far = hostInfo({ id: 2, target: '192.0.2.9', label: 'far away', interval: 50, sizeBytes: 1000 });
  const events: ProbeEvent[] = [
    ...sampleProbes(0, second(10)),
    { type: 'endpoint', endpoint: 2, info: far, at: NOON + 1000 },
    ...sampleProbes(2, [...second('lost'), ...second('lost')], NOON + 1000),
    { type: 'removed', endpoint: 2, at: NOON + 3000 },
    ...sampleProbes(0, second(20), NOON + 1000, 10),
    { type: 'endpoint', endpoint: 0, info: hostInfo({ id: 0, target: '10.0.0.0', label: 'gw2' }), at: NOON + 2000 },
  ];

  it('are told in text, and the columns make room for their labels', () => {
    expect(textOf(events, true).map((line) => line.slice(0, 62).trimEnd())).toEqual([
      '2026-11-23 12:00:01  added  far away  every 0.05 s, 1000 bytes',
      '2026-11-23 12:00:00  gw        loss 0.0 %  p50 10.0  p95 10.0',
      '2026-11-23 12:00:03  removed  far away',
      '2026-11-23 12:00:02  changed  gw2  every 0.1 s, 56 bytes',
      '2026-11-23 12:00:01  gw2  loss 0.0 %  p50 20.0  p95 20.0  max',
      '2026-11-23 12:00:01  far away  loss 100 %  10 probes, 0 answer',
      '2026-11-23 12:00:02  far away  loss 100 %  10 probes, 0 answer',
    ]);
  });

  it('have rows of their own in the table, and wait for the slowest of them', () => {
    const report = new CsvReport(info, 1000, utc);
    const slow = { ...far, interval: 3_600_000 };
    for (const event of [{ type: 'endpoint', endpoint: 2, info: slow, at: NOON } as const, ...events.slice(0, 20)]) {
      report.event(event);
    }
    // Years of probes once an hour can still be answered: without that endpoint this would have settled.
    report.event({ type: 'sent', endpoint: 0, seq: 10, at: NOON + 86_400_000 });
    expect([...report.rows()]).toEqual([]);
    report.finish();
    expect([...report.rows()].join('')).toContain(',gw,10.0.0.0,10,10,');
  });

  it('say in the summary how they were probed, and when they were removed', () => {
    const totals = new SessionTotals(info);
    const end = new SessionEnd(info);
    for (const event of events) {
      totals.apply(event);
      end.apply(event);
    }
    const lines = summaryText(totals, { end, episodes: [], quality: null, zone: utc, remarks: [] }).split('\n');
    expect(lines[0]).toMatch(/^pingem .* every 0\.05 s to 0\.1 s {2}timeout/);
    expect(lines).toContain('gw2 (10.0.0.0)  every 0.1 s, 56 bytes');
    expect(lines).toContain('far away (192.0.2.9)  every 0.05 s, 1000 bytes  removed 12:00:03');
    // What lasted at the removal ended with it.
    expect(lines).toContain('  far away  12:00:01 to 12:00:03  2 s, 20 probes');
  });
});

describe('export --csv', () => {
  const rows = (events: readonly ProbeEvent[]): string[] => {
    const report = new CsvReport(info, 1000, paris);
    for (const event of events) report.event(event);
    report.finish();
    return [report.header, ...report.rows()].join('').match(/.*\n/g) ?? [];
  };

  it('has a row per endpoint per epoch, with late replies where they belong', () => {
    const events = [...sampleProbes(0, [10, 30, -1500, 'lost', 20])];
    expect(rows(events).slice(1)).toEqual([
      '2026-11-23T13:00:00+01:00,2026-11-23T13:00:01+01:00,gw,10.0.0.0,5,3,1,1,0,0,0,0,0.2,10,390,20,1500,1500,15,1,,0,\n',
    ]);
  });

  it('escapes what would break a table or be run by a spreadsheet', () => {
    const mark: ProbeEvent = { type: 'mark', at: NOON + 10, text: '=1+1, "call" bad' };
    const row = rows([...sampleProbes(0, [10]), mark])[1];
    expect(row).toMatch(/,"'=1\+1, ""call"" bad"\n$/);
  });

  it('passes over the centuries between two probes', () => {
    const [, first = '', second = '', ...rest] = rows([
      ...sampleProbes(0, [10]),
      ...sampleProbes(0, [20], NOON + 4e14, 1),
      { type: 'mark', at: NOON + 1e14, text: 'nobody here' },
    ]);
    expect(first).toMatch(/^2026-11-23T13:00:00/);
    expect(second).toContain('nobody here');
    // A row per endpoint for the mark, and one for the last probe.
    expect(rest.length).toBe(info.endpoints.length);
  });

  it('has a header with as many names as a row has fields', () => {
    const [header = '', row = ''] = rows(sampleProbes(0, [10]));
    expect(row.split(',').length).toBe(header.split(',').length);
  });
});

describe('the summary', () => {
  it('says what every endpoint adds up to, then the outages', () => {
    const totals = new SessionTotals(info);
    const end = new SessionEnd(info);
    const outcomes = [...second(10), ...second('unsent'), ...second('unsent'), ...second(20), -1500];
    for (const event of [...sampleProbes(0, outcomes), ...sampleProbes(1, ['lost'])]) {
      totals.apply(event);
      end.apply(event);
    }
    expect(
      summaryText(totals, { end, episodes: [], quality: null, zone: utc, remarks: ['self: fine'] }).split('\n'),
    ).toEqual([
      'pingem  4 s  every 0.1 s  timeout 1 s',
      'gw (10.0.0.0)',
      '  41 probes  answered 20  late 1  unsent 20  loss 48.8 %',
      expect.stringMatching(
        /^ {2}min 10\.0 {2}p50 20\.\d {2}mean 85\.7 {2}p95 20\.\d {2}p99 1[45]\d\d {2}max 1500 ms$/,
      ),
      expect.stringMatching(/^ {2}jitter 0\.526 {2}rfc3550 0\.\d+ ms$/),
      'dns (10.0.0.1)',
      '  1 probe  answered 0  lost 1  loss 100 %',
      'outages',
      '  gw  12:00:01 to 12:00:03  2 s, 20 probes  no route (ENETUNREACH)',
      'self: fine',
      '',
    ]);
  });

  it('lists marks, gaps, changed addresses and steps of the clock, newest last', () => {
    const totals = new SessionTotals(info);
    const end = new SessionEnd(info);
    const events: ProbeEvent[] = [
      ...sampleProbes(0, [1]),
      { type: 'resolved', endpoint: 0, address: '10.0.0.9', at: NOON + 1000 },
      { type: 'gap', from: NOON + 2000, to: NOON + 2300, reason: 'stall' },
      { type: 'gap', from: NOON + 3000, to: NOON + 63_000, reason: 'suspend' },
      { type: 'mark', at: NOON + 64_000, text: 'bad \u001b[31mnow' },
      { type: 'clock', at: NOON + 65_000, offset: 5000 },
    ];
    for (const event of events) {
      totals.apply(event);
      end.apply(event);
    }
    expect(
      summaryText(totals, { end, episodes: [], quality: null, zone: utc, remarks: [] }).split('\n').slice(-6),
    ).toEqual([
      'events',
      '  12:00:06  address  gw  10.0.0.0 to 10.0.0.9',
      '  12:00:08  gap  1 m, not collecting (suspend)',
      '  12:01:09  mark  bad ?[31mnow',
      '  12:01:10  clock  set forward by 5 s',
      '',
    ]);
  });

  it('prints no control characters from labels', () => {
    const nasty = sampleInfo(['a\u001b[31mb']);
    const text = summaryText(new SessionTotals(nasty), {
      end: new SessionEnd(nasty),
      episodes: [],
      quality: null,
      zone: utc,
      remarks: [],
    });
    expect(text).not.toContain('\u001b');
  });
});

describe('texts from outside in a table', () => {
  const rowOf = (label: string, mark: string): string => {
    const endpoint = hostInfo({ id: 0, target: `t\u009b${label}`, label, address: null });
    const report = new CsvReport({ ...sampleInfo([label]), endpoints: [endpoint] }, 1000, utc);
    for (const event of sampleProbes(0, ['unsent'])) {
      report.event(event.type === 'unsent' ? { ...event, error: `=${label}` } : event);
    }
    report.event({ type: 'mark', at: NOON, text: mark });
    report.finish();
    return [...report.rows()].join('');
  };

  it('move no terminal and hide nothing', () => {
    const row = rowOf('a\u001b[2J\u0007\u202eb', 'x\u009b31m\r\ny');
    expect(row).toContain(',a?[2J?b,t?a?[2J?b,');
    expect(row).toContain(',x?31m  y\n');
    expect(row.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each(['=', '+', '-', '@', '\u200b=', '＝', '＋', '－', '＠'])('are no formula: %j', (first) => {
    const label = `${first}cmd|'/c calc'!A1`;
    const cells = rowOf(label, label).trimEnd().split(',');
    const shown = `'${first.replace('\u200b', '')}cmd`;
    for (const cell of [cells[2], cells.at(-1)]) expect(cell?.startsWith(shown)).toBe(true);
    expect(cells[20]?.startsWith("'=")).toBe(true);
  });

  it('are no formula where a semicolon separates cells', () => {
    expect(rowOf('a;=1+1', 'b; -2+3;@x')).toMatch(/,a;'=1\+1,.*,b;' -2\+3;'@x\n$/);
  });
});
