import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionTotals } from '../../../src/history/totals/session-totals.js';
import { answered, late, lost, oneEndpoint, picture, sent, T } from '../fixtures.js';
import { NaiveHistory, naiveStats } from '../naive-history.js';
import { liveEvents, plans, sessionInfo } from '../streams.js';

const isNear = (got: number | null, wanted: number | null, within: number): boolean =>
  got === null || wanted === null ? got === wanted : Math.abs(got - wanted) <= within * wanted;

describe('session totals', () => {
  it('equal the list of all probes, percentiles within 1 %', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 400, endpoints: 2, more: ['very late'] }), (plan) => {
        const totals = new SessionTotals(sessionInfo(plan));
        const naive = new NaiveHistory(plan.endpoints);
        for (const event of liveEvents(plan)) {
          totals.apply(event);
          naive.apply(event);
        }
        for (const id of [0, 1]) {
          const probes = naive.inOrder(id);
          const { slots, counts, loss, min, max, mean, jitter } = naiveStats(probes);
          const got = totals.endpoint(id);
          expect(got).toMatchObject({ slots, counts, loss, min, max });
          const sorted = probes
            .filter((probe) => probe.micros !== null && probe.certain)
            .map((probe) => (probe.micros as number) / 1000)
            .sort((a, b) => a - b);
          const exact = (percent: number): number | null =>
            sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null;
          expect(isNear(got.mean, mean, 1e-12)).toBe(true);
          expect(isNear(got.jitter, jitter, 1e-12)).toBe(true);
          expect(isNear(got.p50, exact(50), 0.01)).toBe(true);
          expect(isNear(got.p95, exact(95), 0.01)).toBe(true);
          expect(isNear(got.p99, exact(99), 0.01)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are divided by 16 as RFC 3550 says: a steady difference of 16 ms takes a while to be believed', () => {
    const totals = new SessionTotals(oneEndpoint);
    const rtts = [10, 26, 10, 26];
    rtts.forEach((rtt, seq) => {
      totals.apply(sent(seq, T + seq * 500));
      totals.apply(answered(seq, rtt));
    });
    // J = 0; then J += (16 - J) / 16 three times: 1, 1.9375, 2.81640625.
    expect(totals.endpoint(0)).toMatchObject({ jitter: 16, rfc3550Jitter: 2.816_406_25 });
  });

  it('count duplicates and rejected packets apart from slots', () => {
    const totals = new SessionTotals(oneEndpoint);
    for (const event of picture('..x')) totals.apply(event);
    totals.apply({ type: 'duplicate', endpoint: 0, seq: 1, rtt: 12 });
    totals.apply({ type: 'rejected', endpoint: 0, reason: 'checksum', count: 3 });
    totals.apply({ type: 'rejected', endpoint: null, reason: 'cookie', count: 40 });
    expect(totals.endpoint(0)).toMatchObject({ slots: 3, duplicates: 1, rejected: 3, loss: 1 / 3 });
    expect(totals.rejected).toBe(40);
  });

  it('say nothing of RTTs and loss where nothing has settled', () => {
    const totals = new SessionTotals(oneEndpoint);
    expect(totals.endpoint(0)).toMatchObject({
      slots: 0,
      loss: null,
      min: null,
      p50: null,
      jitter: null,
      rfc3550Jitter: null,
    });
    for (const event of picture('---vv')) totals.apply(event);
    expect(totals.endpoint(0)).toMatchObject({ slots: 5, loss: null, mean: null });
    expect(() => totals.endpoint(1)).toThrow(RangeError);
  });

  it('keep the address probed last', () => {
    const totals = new SessionTotals(oneEndpoint);
    expect(totals.endpoint(0).lastAddress).toBeNull();
    totals.apply({ type: 'resolved', endpoint: 0, address: '192.0.2.7', at: T });
    expect(totals.endpoint(0).lastAddress).toBe('192.0.2.7');
  });

  it('take a reply that comes when its record has been overwritten', () => {
    const totals = new SessionTotals(oneEndpoint);
    for (let seq = 0; seq < 10_000; seq++) {
      totals.apply(sent(seq, T + seq * 500));
      totals.apply(seq % 100 === 7 ? lost(seq) : answered(seq, 10));
    }
    totals.apply(late(107, 4_000_000));
    expect(totals.endpoint(0)).toMatchObject({ slots: 10_000, max: 4_000_000 });
    expect(totals.endpoint(0).counts).toMatchObject({ lost: 99, late: 1, answered: 9900 });
  });
});
