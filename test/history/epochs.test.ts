import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EPOCH_WIDTHS, nextEpochWidth } from '../../src/history/epoch-widths.js';
import { SessionHistory } from '../../src/history/session-history.js';
import { TIERS } from '../../src/history/rollups/tiers.js';
import { answered, late, lost, oneEndpoint, picture, sent, T } from './fixtures.js';
import type { EpochStats } from '../../src/history/statistics/epoch-stats.js';
import type { ProbeEvent } from '../../src/events/events.js';

const DAY = 86_400_000;

const historyOf = (events: readonly ProbeEvent[]): SessionHistory => {
  const history = new SessionHistory(oneEndpoint);
  for (const event of events) history.apply(event);
  return history;
};

const epochsOf = (history: SessionHistory, width: number, first: number, count: number): readonly EpochStats[] =>
  history.endpoints[0]?.epochs(width, first, count) ?? [];

describe('an epoch', () => {
  it('holds the probes that were sent in it, whenever their outcome came', () => {
    const history = historyOf(picture('..x.....'));
    const [first, second] = epochsOf(history, 2000, T / 2000, 2);
    expect(first).toMatchObject({ from: T, to: T + 2000, slots: 4, loss: 0.25, longestLossRun: 1 });
    expect(second).toMatchObject({ slots: 4, loss: 0, p50: 10, p95: 10, jitter: 0 });
  });

  it('with nothing settled has no loss, neither 0 % nor 100 %', () => {
    const history = historyOf(picture('--vv'));
    expect(epochsOf(history, 1000, T / 1000, 3)).toMatchObject([
      { slots: 2, loss: null, counts: { inFlight: 2 } },
      { slots: 2, loss: null, counts: { void: 2 } },
      { slots: 0, loss: null },
    ]);
  });

  it('is aligned to the wall clock, and a step of that re-labels the past', () => {
    const history = historyOf(picture('........'));
    history.apply({ type: 'clock', at: T + 4000, offset: 3_600_700 });
    const first = (T + 3_600_000) / 1000;
    const epochs = epochsOf(history, 1000, first, 5);
    expect(epochs.map(({ from, slots }) => [from - T, slots])).toEqual([
      [-700, 1],
      [300, 2],
      [1300, 2],
      [2300, 2],
      [3300, 1],
    ]);
  });

  it('says how much of it lies in gaps', () => {
    const history = historyOf(picture('....'));
    expect(epochsOf(history, 1000, T / 1000 + 5, 1)).toMatchObject([{ gap: 0 }]);
    history.apply({ type: 'gap', from: T + 4500, to: T + 5250, reason: 'suspend' });
    expect(epochsOf(history, 1000, T / 1000 + 4, 2)).toMatchObject([{ gap: 500 }, { gap: 250 }]);
    expect(history.gapWithin(T, T + DAY)).toBe(750);
    expect(history.lastAt).toBe(T + 5250);
  });

  it('is repaired by a late reply, and no other is', () => {
    const history = historyOf(picture('....xxxx....'));
    const before = epochsOf(history, 1000, T / 1000, 6);
    expect(epochsOf(history, 1000, T / 1000, 6)).toEqual(before);
    history.apply(late(5, 3000));
    const after = epochsOf(history, 1000, T / 1000, 6);
    expect(after.map((epoch, i) => isDeepStrictEqual(epoch, before[i]))).toEqual([true, true, false, true, true, true]);
    expect(after[2]?.counts).toMatchObject({ lost: 1, late: 1 });
  });

  it('keeps uncertain RTTs out of its RTT statistics, but counts the answer', () => {
    const events: ProbeEvent[] = picture('.-.');
    events.push({ type: 'answered', endpoint: 0, seq: 1, rtt: 500, ttl: null, uncertain: true });
    const all = historyOf(events).endpoints[0]?.span(T, T + 5000);
    expect(all).toMatchObject({ slots: 3, loss: 0, max: 10, mean: 10, jitter: 0, counts: { answered: 3 } });
  });

  it('wider or narrower is the next of the ladder', () => {
    expect(EPOCH_WIDTHS).toHaveLength(13);
    expect(nextEpochWidth(5000, 1)).toBe(10_000);
    expect(nextEpochWidth(5000, -1)).toBe(2000);
    expect(nextEpochWidth(1000, -1)).toBe(1000);
    expect(nextEpochWidth(3_600_000, 1)).toBe(3_600_000);
    expect(nextEpochWidth(7000, 1)).toBe(10_000);
  });
});

describe('the baseline', () => {
  it('is the median of the medians on record, from the first answer on', () => {
    const history = new SessionHistory(oneEndpoint);
    const [endpoint] = history.endpoints;
    expect(endpoint?.baseline).toBeNull();
    history.apply(sent(0, T));
    history.apply(answered(0, 20));
    expect(endpoint?.baseline).toBe(20);
    for (let seq = 1; seq < 2000; seq++) {
      history.apply(sent(seq, T + seq * 500));
      // A third of the time the path is slow.
      history.apply(answered(seq, seq % 300 < 100 ? 90 : 20));
    }
    expect(Math.abs((endpoint?.baseline ?? 0) / 20 - 1)).toBeLessThan(0.025);
  });
});

describe('what is on record', () => {
  const slow = { ...oneEndpoint, interval: 10_000 };
  /** A probe every 10 s, every tenth lost, for so many days. */
  const days = (count: number, recordCapacity: number): SessionHistory => {
    const history = new SessionHistory(slow, { recordCapacity });
    for (let seq = 0; seq < count * 8640; seq++) {
      history.apply(sent(seq, T + seq * 10_000));
      history.apply(seq % 10 === 0 ? lost(seq) : answered(seq, 10 + (seq % 7)));
    }
    return history;
  };

  it('narrows from records over 5 s and 5 min to 1 h rollups as it gets older', () => {
    const history = days(20, 4096);
    const grain = (at: number): number => {
      const [epoch] = epochsOf(history, 1000, Math.floor(at / 1000), 1);
      return epoch === undefined ? 0 : epoch.to - epoch.from;
    };
    const now = history.lastAt ?? 0;
    expect(grain(now - 4000 * 10_000)).toBe(1000);
    expect(grain(now - DAY)).toBe(5000);
    expect(grain(now - 6.9 * DAY)).toBe(5000);
    expect(grain(now - 7.1 * DAY)).toBe(300_000);
    expect(epochsOf(history, 1000, Math.floor((now - DAY) / 1000), 1)[0]?.coarse).toBe(true);
    expect(epochsOf(history, 5000, Math.floor((now - DAY) / 5000), 1)[0]?.coarse).toBe(false);
    expect(history.endpoints[0]?.span(-Infinity, Infinity).slots).toBe(20 * 8640);
    expect(history.firstAt).toBe(T);
  });

  it('ends after a year', () => {
    const rows = [TIERS.rollups[0]?.rows ?? 0, TIERS.rollups[1]?.rows ?? 0, 2500, 240];
    const tiers = { ...TIERS, rollups: TIERS.rollups.map((tier, i) => ({ ...tier, rows: rows[i] ?? 0 })) };
    const history = new SessionHistory(slow, { recordCapacity: 4096, tiers });
    for (let seq = 0; seq < 20 * 8640; seq++) {
      history.apply(sent(seq, T + seq * 10_000));
      history.apply(answered(seq, 10));
    }
    const kept = (history.lastAt ?? 0) - (history.firstAt ?? 0);
    expect(kept / DAY).toBeGreaterThan(9.9);
    expect(kept / DAY).toBeLessThan(10.1);
    expect(epochsOf(history, 3_600_000, T / 3_600_000, 1)).toMatchObject([{ slots: 0 }]);
    expect(history.endpoints[0]?.span(-Infinity, Infinity).slots).toBeLessThan(10.1 * 8640);
  });

  it('follows the wall clock after an odd step: later rollups are cut where epochs are', () => {
    const history = new SessionHistory(oneEndpoint, { recordCapacity: 64 });
    for (const event of picture('.'.repeat(100))) history.apply(event);
    history.apply({ type: 'clock', at: T + 50_000, offset: 1234 });
    for (const event of picture('.'.repeat(2000), { from: T + 50_000, firstSeq: 100 })) history.apply(event);
    const first = Math.ceil((T + 50_000 + 1234) / 5000);
    const epochs = epochsOf(history, 5000, first, 100);
    expect(epochs.map(({ from, slots }) => [from, slots])).toEqual(
      Array.from({ length: 100 }, (_, i) => [(first + i) * 5000 - 1234, 10]),
    );
  });

  it('takes a late reply to a probe that was announced late itself, and whose record has gone', () => {
    const history = new SessionHistory(oneEndpoint, { recordCapacity: 64 });
    // Number 10 is missing at the end of a rollup, and becomes known when that is made already.
    for (const event of picture('.........._....')) if (!('seq' in event) || event.seq < 10) history.apply(event);
    for (const event of picture('.'.repeat(40), { from: T + 5500, firstSeq: 11 })) history.apply(event);
    for (const event of [sent(10, T + 4999), lost(10)]) history.apply(event);
    for (const event of picture('.'.repeat(400), { from: T + 25_500, firstSeq: 51 })) history.apply(event);
    history.apply(late(10, 200_000));
    expect(epochsOf(history, 5000, T / 5000, 2)).toMatchObject([
      { slots: 11, counts: { lost: 0, late: 1, answered: 10 } },
      { slots: 9, counts: { lost: 0, late: 0, answered: 9 } },
    ]);
  });

  it('takes the correction of a late reply in every tier', () => {
    const history = days(10, 4096);
    const all = (): number | undefined => history.endpoints[0]?.span(-Infinity, Infinity).counts.late;
    let wanted = 0;
    // Hours, days and more than a week ago.
    for (const seq of [80_000, 50_000, 10]) {
      history.apply(late(seq, 4_000_000));
      expect(all()).toBe(++wanted);
      const at = T + seq * 10_000;
      const [hour] = epochsOf(history, 3_600_000, Math.floor(at / 3_600_000), 1);
      expect(hour?.counts).toMatchObject({ late: 1, lost: 35 });
      const [minutes] = epochsOf(history, 300_000, Math.floor(at / 300_000), 1);
      expect(minutes?.counts).toMatchObject({ late: 1, lost: 2 });
      expect(minutes?.max).toBe(4_000_000);
    }
  });
});
