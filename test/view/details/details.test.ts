import { describe, expect, it } from 'vitest';
import { detailWindows } from '../../../src/view/details/detail-windows.js';
import { lossRunsText } from '../../../src/view/details/loss-runs-text.js';
import { rangeText, rttHistogram } from '../../../src/view/details/rtt-histogram.js';
import { secondText } from '../../../src/view/wall-clock.js';

const HOUR = 3_600_000;
const utc = (): number => 0;
/** 2026-11-25 22:18:16 UTC. */
const NOW = Date.UTC(2026, 10, 25, 22, 18, 16);

describe('the spans of the details', () => {
  const captions = (known: number | null, interval = 200): string[] =>
    detailWindows({ interval }, known === null ? null : NOW - known, NOW, 0, utc).map(({ caption }) => caption);

  it('are only those that can differ', () => {
    expect(captions(null)).toEqual(['10 s']);
    expect(captions(9000)).toEqual(['10 s']);
    expect(captions(11_000)).toEqual(['10 s', '1 m']);
    expect(captions(2 * HOUR)).toEqual(['10 s', '1 m', '10 m', '1 h', 'day']);
    expect(captions(30 * HOUR)).toEqual(['10 s', '1 m', '10 m', '1 h', 'day', 'yest. 22 h']);
  });

  it('begin with 20 probes where the interval is long', () => {
    expect(captions(30 * HOUR, 5000)).toEqual(['100 s', '10 m', '1 h', 'day', 'yest. 22 h']);
  });

  it('know the same hour of yesterday by the clock on the wall', () => {
    const berlin = (wall: number): number => (wall < Date.UTC(2026, 9, 25, 1) ? 2 : 1) * HOUR;
    const now = Date.UTC(2026, 9, 25, 20, 30);
    const yesterday = detailWindows({ interval: 200 }, now - 40 * HOUR, now, 0, berlin).at(-1);
    expect(yesterday).toEqual({
      caption: 'yest. 21 h',
      from: Date.UTC(2026, 9, 24, 19),
      to: Date.UTC(2026, 9, 24, 20),
    });
  });

  it('follow a stepped clock', () => {
    const windows = detailWindows({ interval: 200 }, NOW - 40 * HOUR, NOW, 3 * HOUR, utc);
    expect(windows.at(-1)).toMatchObject({ caption: 'yest. 1 h', from: Date.UTC(2026, 10, 24, 22) });
  });
});

describe('the histogram', () => {
  const counts = (...pairs: [number, number][]): { rtt: number; count: number }[] =>
    pairs.map(([rtt, count]) => ({ rtt, count }));

  it('puts usual and now into the same rows', () => {
    const rows = rttHistogram(counts([85, 91], [120, 6], [170, 3]), counts([88, 78], [215, 12], [260, 10]), 6);
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      [50, 100],
      [100, 150],
      [150, 200],
      [200, 250],
      [250, 300],
    ]);
    expect(rows[0]).toMatchObject({ usual: 0.91, now: 0.78 });
    expect(rows.map(({ usual }) => usual).reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(rows.map(({ now }) => now).reduce((a, b) => a + b)).toBeCloseTo(1);
  });

  it('has an open row for what is far away, and loses nothing', () => {
    const rows = rttHistogram(counts([10, 995], [3000, 5]), [], 6);
    expect(rows.at(-1)?.to).toBeNull();
    expect(rows.reduce((sum, { usual }) => sum + usual, 0)).toBeCloseTo(1);
    expect(rows.every(({ now }) => now === 0)).toBe(true);
  });

  it('is empty without an RTT, and one row wide where all are alike', () => {
    expect(rttHistogram([], [], 6)).toEqual([]);
    expect(rttHistogram(counts([0.05, 10]), counts([0.05, 3]), 6)).toMatchObject([{ usual: 1, now: 1 }]);
  });

  it.each([0.02, 0.4, 3, 47, 999, 60_000])('never has more rows than there is room for: %d ms', (rtt) => {
    for (const rows of [2, 3, 5, 6, 9]) {
      for (const spread of [1, 1.01, 1.5, 3, 100]) {
        const table = rttHistogram(counts([rtt, 5], [rtt * spread, 5]), counts([rtt * spread * 1.3, 1]), rows);
        expect(table.length).toBeLessThanOrEqual(rows);
        expect(table.reduce((sum, { usual }) => sum + usual, 0)).toBeCloseTo(1);
        expect(table.reduce((sum, { now }) => sum + now, 0)).toBeCloseTo(1);
      }
    }
  });

  it('is captioned with as many digits as it needs', () => {
    expect(rangeText({ from: 80, to: 100 }, 20)).toBe('80-100');
    expect(rangeText({ from: 300, to: null }, 50)).toBe('300-');
    expect(rangeText({ from: 0.2, to: 0.4 }, 0.2)).toBe('0.2-0.4');
    expect(rangeText({ from: 0.05, to: 0.06 }, 0.01)).toBe('0.05-0.06');
  });
});

describe('runs of losses in words', () => {
  const text = (...lengths: [number, number][]): string =>
    lossRunsText(
      {
        from: 0,
        lengths: lengths.map(([length, count]) => ({ length, count })),
        longest: lengths.length === 0 ? null : { length: lengths.at(-1)?.[0] ?? 0, at: NOW },
      },
      secondText,
    );

  it.each([
    [[], 'none'],
    [[[1, 52]], '52 single, last at 22:18:16'],
    [
      [
        [1, 52],
        [4, 1],
      ],
      '52 single, 1 of 4; longest 4 at 22:18:16',
    ],
    [
      [
        [2, 3],
        [7, 2],
        [60, 1],
      ],
      '3 of 2, 3 of 5 or more; longest 60 at 22:18:16',
    ],
  ] as [[number, number][], string][])('%j', (lengths, expected) => {
    expect(text(...lengths)).toBe(expected);
  });
});
