import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SendRecords } from '../../../src/history/probe-log/send-records.js';
import { SessionHistory } from '../../../src/history/session-history.js';
import { ANSWERED, HOLE, IN_FLIGHT, LATE, LOST } from '../../../src/events/state-code.js';
import { answered, late, lost, oneEndpoint, sent, T } from '../fixtures.js';

const timesOf = (records: SendRecords): number[] => {
  const times: number[] = [];
  for (let seq = records.oldest; seq < records.next; seq++) times.push(records.timeOf(seq));
  return times;
};

describe('send records', () => {
  for (const first of [0, 65_530, 2 ** 31 - 6, 2 ** 32 - 6, 2 ** 48 - 20]) {
    it(`keep each probe's own outcome from sequence number ${first} on`, () => {
      const records = new SendRecords(64, 8);
      for (let i = 0; i < 12; i++) {
        records.add(first + i, T + i * 100);
        records.settle(first + i, { code: i % 3 === 0 ? LOST : ANSWERED, flags: 0, rtt: 1000 + i, error: 0 });
      }
      for (let i = 0; i < 12; i++) {
        expect(records.stateOf(first + i)).toBe(i % 3 === 0 ? LOST : ANSWERED);
        expect(records.timeOf(first + i)).toBe(T + i * 100);
        expect(records.rtt[(first + i) & records.mask]).toBe(1000 + i);
      }
      expect(records.settle(first + 3, { code: LATE, flags: 0, rtt: 5, error: 0 })).toBe(LOST);
    });

    it(`do not take a reply for another probe with the same low bits, from ${first} on`, () => {
      const history = new SessionHistory(oneEndpoint, { recordCapacity: 4096 });
      for (let i = 0; i < 40; i++) history.apply(sent(first + i, T + i * 500));
      for (const alias of [first + 65_536, first + 2 ** 32, first - 65_536, first - 2 ** 32]) {
        if (alias >= 0) history.apply(answered(alias, 1));
      }
      const counts = history.endpoints[0]?.span(-Infinity, Infinity).counts;
      expect(counts).toMatchObject({ inFlight: 40, answered: 0 });
    });
  }

  it('overwrite the oldest when they are full, and no sooner', () => {
    const records = new SendRecords(8192, 8);
    for (let seq = 0; seq < 8192; seq++) records.add(seq, T + seq);
    expect([records.oldest, records.next]).toEqual([0, 8192]);
    expect(records.timeOf(0)).toBe(T);
    records.add(8192, T + 8192);
    expect(records.oldest).toBe(1);
    expect(records.has(0)).toBe(false);
    expect(records.timeOf(1)).toBe(T + 1);
  });

  it('begin small', () => {
    expect(new SendRecords(2 ** 19, 8).at).toHaveLength(64);
  });

  it('take a probe that is announced after its successors, once', () => {
    const records = new SendRecords(64, 8);
    records.add(10, T);
    records.add(14, T + 400);
    expect(records.has(12)).toBe(false);
    expect(records.stateOf(12)).toBe(HOLE);
    expect(records.add(12, T + 200)).toBe(T + 200);
    expect(records.stateOf(12)).toBe(IN_FLIGHT);
    expect(records.add(12, T + 200)).toBeNull();
    expect(records.add(14, T + 400)).toBeNull();
    // Before the first one too, but not from before that by more than was allowed for.
    expect(records.add(9, T - 100)).toBe(T - 100);
    expect(records.add(1, T - 900)).toBeNull();
  });

  it('stay in order of time whatever is announced, so that they can be searched', () => {
    const announced = fc.array(fc.tuple(fc.nat(200), fc.nat(500)), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(announced, (all) => {
        const records = new SendRecords(64, 16);
        for (const [seq, at] of all) records.add(seq, T + at);
        const times = timesOf(records);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const at of [T - 1, T + 100, T + 250, T + 501]) {
          const found = records.lowerBound(at);
          expect(found).toBe(records.oldest + times.filter((time) => time < at).length);
        }
      }),
    );
  });

  it('bear a leap of the sequence numbers past all of them', () => {
    const history = new SessionHistory(oneEndpoint, { recordCapacity: 64 });
    for (let i = 0; i < 10; i++) history.apply(sent(i, T + i * 500));
    history.apply(sent(1_000_000, T + 5000));
    history.apply(answered(1_000_000, 3));
    history.apply(sent(1_000_001, T + 5500));
    history.apply(lost(5));
    history.apply(late(5, 9000));
    const all = history.endpoints[0]?.span(-Infinity, Infinity);
    expect(all?.slots).toBe(12);
    expect(all?.counts).toMatchObject({ inFlight: 10, lost: 0, answered: 1, late: 1 });
  });
});
