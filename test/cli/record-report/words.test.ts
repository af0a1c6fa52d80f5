// Numbers of a report: 0 % and 100 % only where it is so, lost apart from late apart from not looked at.

import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../../src/events/events.js';
import { ReportFold } from '../../../src/cli/record-report/fold/report-fold.js';
import { shareText } from '../../../src/cli/record-report/wording/words.js';
import { reportText } from '../../../src/cli/record-report/text/report-text.js';
import { NOON, sampleInfo, sampleProbes } from '../../support/record-sample.js';

const utc = () => 0;
const context = { record: 'x', masked: false, madeWith: '1', recordedWith: ['1'], zoneName: 'UTC' };

const reportOf = (events: readonly ProbeEvent[]) => {
  const fold = new ReportFold(sampleInfo(['gw']), utc);
  for (const event of events) fold.sink.event(event);
  return fold.report(context);
};

describe('a share in words', () => {
  it.each([
    [null, '-'],
    [0, '0 %'],
    [1, '100 %'],
    [0.0004, '0.040 %'],
    [1 / 3_600_000, '0.000028 %'],
    [0.0198, '1.98 %'],
    [0.5, '50.0 %'],
    [0.99978, '99.978 %'],
    [1 - 1 / 3_600_000, '99.999972 %'],
  ])('%s is %s', (share, text) => {
    expect(shareText(share)).toBe(text);
  });
});

describe('an account', () => {
  const hundred = Array.from({ length: 100 }, () => 10);

  it('keeps late, lost, unsent and unknown apart, and counts only what is known', () => {
    const outcomes = [...hundred, -1500, -1500, 'lost', 'unsent'] as const;
    const gap: ProbeEvent = { type: 'gap', from: NOON + 20_000, to: NOON + 620_000, reason: 'suspend' };
    const report = reportOf([
      ...sampleProbes(0, outcomes),
      gap,
      ...sampleProbes(0, hundred, NOON + 620_000, outcomes.length),
    ]);
    const [endpoint] = report.endpoints;
    expect(endpoint?.total.counts).toMatchObject({ answered: 200, late: 2, lost: 1, unsent: 1 });
    expect(endpoint?.total.loss).toBeCloseTo(2 / 204, 12);
    expect(report.gapTime).toBe(600_000);
    // Ten seconds of probes, ten of nothing sent, the gap, ten of probes.
    expect(endpoint?.total.watched).toBeCloseTo(629_901 - 600_000, 0);
    expect(reportText(report, utc)).toContain('Nobody looked in 1 gap, 10 m in all:');
  });

  it('is available for the time outside of outages', () => {
    const lost = Array.from({ length: 50 }, (): 'lost' => 'lost');
    const report = reportOf(sampleProbes(0, [...hundred, ...lost, ...hundred]));
    const [endpoint] = report.endpoints;
    expect(endpoint?.outages).toBe(1);
    expect(endpoint?.total.down).toBe(5000);
    expect(endpoint?.total.availability).toBeCloseTo(1 - 5000 / 24_901, 6);
    const [hour] = endpoint?.hours ?? [];
    expect(hour?.availability).toBe(endpoint?.total.availability);
  });

  it('is of nothing where nothing was sent', () => {
    const report = reportOf([]);
    expect(report.endpoints[0]?.total).toMatchObject({ slots: 0, loss: null, availability: null });
    expect(report.episodes).toEqual([]);
    expect(reportText(report, utc)).toContain('WHAT THIS DOES NOT PROVE');
  });

  it('reaches back to the first probe, however long ago, and is quick about the centuries between', () => {
    const later = sampleProbes(0, hundred, NOON + 4e12, 100);
    const report = reportOf([...sampleProbes(0, hundred), ...later]);
    expect(report.from).toBe(NOON);
    expect(report.endpoints[0]?.total.slots).toBe(200);
    expect(report.days.length).toBeLessThanOrEqual(31);
  });
});
