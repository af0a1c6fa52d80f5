import { describe, expect, it } from 'vitest';
import { SessionHistory } from '../../../src/history/session-history.js';
import { SessionTotals } from '../../../src/history/totals/session-totals.js';
import { answered, late, lost, oneEndpoint, picture, sent, T, unsent } from '../fixtures.js';
import type { ProbeEvent } from '../../../src/events/events.js';
import { sessionInfo } from '../streams.js';

type Short = [from: number, to: number | null, lost: number, error: string | null];

/** The outages of a history and of totals, which must agree; times in seconds from T. */
const outagesOf = (events: readonly ProbeEvent[]): Short[] => {
  const ledgers = [new SessionHistory(oneEndpoint), new SessionTotals(oneEndpoint)].map((taker) => {
    for (const event of events) taker.apply(event);
    return taker.outages.list().map(({ from, to, lost: probes, error }): Short => {
      const seconds = (at: number): number => (at - T) / 1000;
      return [seconds(from), to === null ? null : seconds(to), probes, error];
    });
  });
  expect(ledgers[0]).toEqual(ledgers[1]);
  return ledgers[0] ?? [];
};

describe('an outage', () => {
  it('goes from the first failed probe to the next answered one', () => {
    expect(outagesOf(picture('..xxx..'))).toEqual([[1, 2.5, 3, null]]);
  });

  it('needs three probes', () => {
    expect(outagesOf(picture('.xx.', { interval: 10_000 }))).toEqual([]);
    expect(outagesOf(picture('.xxx.', { interval: 10_000 }))).toEqual([[10, 40, 3, null]]);
  });

  it('needs a second', () => {
    expect(outagesOf(picture('.xxxx.', { interval: 200 }))).toEqual([]);
    expect(outagesOf(picture('.xxxxx.', { interval: 200 }))).toEqual([[0.2, 1.2, 5, null]]);
  });

  it('is open while nothing is answered, and then as long as its last failed probe', () => {
    expect(outagesOf(picture('..xxx'))).toEqual([[1, null, 3, null]]);
    expect(outagesOf(picture('..xxx', { interval: 400 }))).toEqual([]);
    expect(outagesOf(picture('..xxxx', { interval: 400 }))).toEqual([[0.8, null, 4, null]]);
  });

  it('counts lost, unreachable and unsent probes, and names the error that most had', () => {
    expect(outagesOf(picture('.xurru.'))).toEqual([[0.5, 3, 5, '3/1 from 192.0.2.254']]);
    expect(outagesOf(picture('.xuru.'))).toEqual([[0.5, 2.5, 4, 'ENETUNREACH']]);
  });

  it('passes over what is in flight, void or was never sent', () => {
    expect(outagesOf(picture('.x-vx__x.'))).toEqual([[0.5, 4, 3, null]]);
  });

  it('is ended by a late reply, which splits or shrinks it', () => {
    expect(outagesOf(picture('.xxxxxx.'))).toEqual([[0.5, 3.5, 6, null]]);
    expect(outagesOf(picture('.xxxLxxxx.'))).toEqual([
      [0.5, 2, 3, null],
      [2.5, 4.5, 4, null],
    ]);
    expect(outagesOf(picture('.LxxxxL.'))).toEqual([[1, 3, 4, null]]);
    expect(outagesOf(picture('.xxLxx.'))).toEqual([]);
  });

  it('is split long after it was committed, and its record still there', () => {
    const calm = '.'.repeat(200);
    const events = picture(`.xxxxxxx${calm}`);
    expect(outagesOf([...events, late(4, 90_000)])).toEqual([
      [0.5, 2, 3, null],
      [2.5, 4, 3, null],
    ]);
  });

  it('loses a probe by a reply that comes when its record is gone', () => {
    const history = new SessionHistory(oneEndpoint, { recordCapacity: 64 });
    for (const event of picture(`.xxxxxxx${'.'.repeat(300)}`)) history.apply(event);
    expect(history.outages.list()).toMatchObject([{ from: T + 500, lost: 7 }]);
    history.apply(late(3, 150_000));
    expect(history.outages.list()).toMatchObject([{ from: T + 500, lost: 6 }]);
    for (const seq of [1, 2, 4, 5]) history.apply(late(seq, 150_000));
    expect(history.outages.list()).toEqual([]);
  });

  it('ends where probing was interrupted, at its last failed probe', () => {
    const gap: ProbeEvent = { type: 'gap', from: T + 2100, to: T + 9900, reason: 'suspend' };
    const before = picture('.xxxx');
    const after = picture('xxxx.', { from: T + 10_000, firstSeq: 5 });
    const wanted: Short[] = [
      [0.5, 2, 4, null],
      [10, 12, 4, null],
    ];
    expect(outagesOf([...before, gap, ...after])).toEqual(wanted);
    expect(outagesOf([...before, ...after, gap])).toEqual(wanted);
    expect(outagesOf([...before, gap])).toEqual([[0.5, 2, 4, null]]);
    expect(outagesOf([...before, gap, answered(4, 60), ...after])).toEqual([
      [0.5, 2, 3, null],
      [10, 12, 4, null],
    ]);
  });

  it('goes on across a stall of the loop', () => {
    const gap: ProbeEvent = { type: 'gap', from: T + 2100, to: T + 2900, reason: 'stall' };
    const events = [...picture('.xxxx'), gap, ...picture('xxxx.', { from: T + 3000, firstSeq: 5 })];
    expect(outagesOf(events)).toEqual([[0.5, 5, 8, null]]);
  });

  it('of hours is one outage, and cheap to keep', () => {
    const hours: ProbeEvent[] = [sent(0, T), answered(0, 1)];
    for (let seq = 1; seq <= 20_000; seq++) hours.push(sent(seq, T + seq * 500), unsent(seq, 'ENETDOWN'));
    hours.push(sent(20_001, T + 20_001 * 500), answered(20_001, 1));
    expect(outagesOf(hours)).toEqual([[0.5, 10_000.5, 20_000, 'ENETDOWN']]);
  });
});

describe('the ledger', () => {
  it('lists the outages of all endpoints in order of their beginning', () => {
    const info = sessionInfo({ interval: 500, timeout: 2000, endpoints: 2 });
    const history = new SessionHistory(info);
    for (let seq = 0; seq < 400; seq++) {
      for (const endpoint of [0, 1]) {
        history.apply(sent(seq, T + seq * 500 + endpoint * 250, endpoint));
        const isOut = endpoint === 0 ? seq >= 100 : seq % 50 >= 45;
        history.apply(isOut ? lost(seq, endpoint) : answered(seq, 9, endpoint));
      }
    }
    const list = history.outages.list();
    expect(list.map(({ from }) => from)).toEqual(list.map(({ from }) => from).sort((a, b) => a - b));
    expect(list.filter(({ endpoint }) => endpoint === 0)).toMatchObject([{ from: T + 50_000, to: null, lost: 300 }]);
    expect(list.filter(({ endpoint }) => endpoint === 1)).toHaveLength(8);
  });

  it('keeps the newest outages only', () => {
    const history = new SessionHistory(sessionInfo({ interval: 1000, timeout: 1000, endpoints: 1 }));
    for (let seq = 0; seq < 4 * 10_500; seq++) {
      history.apply(sent(seq, T + seq * 1000));
      history.apply(seq % 4 === 0 ? answered(seq, 1) : lost(seq));
    }
    const list = history.outages.list();
    expect(list.length).toBeGreaterThanOrEqual(10_000);
    expect(list.length).toBeLessThanOrEqual(10_110);
    expect(list.at(-1)?.from).toBe(T + (4 * 10_499 + 1) * 1000);
  });

  it('also says when addresses and the clock changed, what was marked and when nobody looked', () => {
    const history = new SessionHistory(oneEndpoint);
    const events: ProbeEvent[] = [
      { type: 'resolved', endpoint: 0, address: '192.0.2.1', at: T },
      { type: 'gap', from: T + 10, to: T + 20, reason: 'stall' },
      { type: 'clock', at: T + 30, offset: 3_600_000 },
      { type: 'mark', at: T + 5, text: 'the call is bad' },
      { type: 'resolved', endpoint: 0, address: '192.0.2.9', at: T + 40 },
      { type: 'gap', from: T + 15, to: T + 25, reason: 'suspend' },
      { type: 'clock', at: T + 50, offset: 3_600_000 },
      { type: 'clock', at: T + 60, offset: 0 },
      { type: 'resolved', endpoint: 3, address: '192.0.2.9', at: T + 70 },
    ];
    for (const event of events) history.apply(event);
    expect(history.outages.events).toEqual([
      { type: 'address', at: T, endpoint: 0, address: '192.0.2.1', before: null },
      { type: 'mark', at: T + 5, text: 'the call is bad' },
      { type: 'gap', at: T + 10, to: T + 25, reason: 'suspend' },
      { type: 'clock', at: T + 30, offset: 3_600_000, step: 3_600_000 },
      { type: 'address', at: T + 40, endpoint: 0, address: '192.0.2.9', before: '192.0.2.1' },
      { type: 'clock', at: T + 60, offset: 0, step: -3_600_000 },
    ]);
    expect(history.marks).toEqual([{ type: 'mark', at: T + 5, text: 'the call is bad' }]);
    expect(history.endpoints[0]?.address).toBe('192.0.2.9');
    expect(history.clockOffset).toBe(0);
  });
});
