// What the page says in words: numbers of a column, strips and days for whoever can't see them.

import { describe, expect, test } from 'vitest';
import { emptyStateCounts, lossOf, slotsOf } from '../../../src/events/probe-state.js';
import type { StateCounts } from '../../../src/events/probe-state.js';
import { emptyEpoch } from '../../../src/history/statistics/epoch-stats.js';
import type { EpochStats } from '../../../src/history/statistics/epoch-stats.js';
import type { DayCell } from '../../../src/view/days/day-cells.js';
import { CELLS_A_DAY } from '../../../src/view/days/day-cells.js';
import { dayWords } from '../../../src/web/page/parts/day-words.js';
import { faultWords } from '../../../src/web/page/parts/fault-words.js';
import { figuresOfColumn } from '../../../src/web/page/parts/figures.js';
import { stripWords } from '../../../src/web/page/parts/strip-words.js';

const column = (some: Partial<StateCounts>, rest: Partial<EpochStats> = {}): EpochStats => {
  const counts = { ...emptyStateCounts(), ...some };
  return { ...emptyEpoch(60_000, 65_000, 0), counts, slots: slotsOf(counts), loss: lossOf(counts), ...rest };
};

const window = { width: 5000, clockOffset: 0, firstIndex: 12, columns: 3 };
const timeText = (at: number): string => `${at / 1000} s`;

describe('the numbers of a column', () => {
  test('all states that there are, and the RTTs', () => {
    const stats = column(
      { answered: 40, late: 2, lost: 3, unreachable: 1, unsent: 4, inFlight: 1 },
      { min: 1, mean: 2, p50: 2, p95: 20, p99: 120.4, max: 3000, jitter: 0.5, error: 'ENETUNREACH' },
    );
    expect(figuresOfColumn(stats).map(({ caption, value }) => `${caption} ${value}`.trim())).toEqual([
      'probes 51',
      'answered 40',
      'lost 4',
      'unsent 4',
      'late 2',
      'in flight 1',
      'min 1.00',
      'p50 2.00',
      'mean 2.00',
      'p95 20.0',
      'p99 120',
      'max 3000',
      'jitter 0.500',
      'no route (ENETUNREACH)',
    ]);
  });

  test('nothing is not zero', () => {
    expect(figuresOfColumn(undefined)).toEqual([{ caption: '', value: '…' }]);
    expect(figuresOfColumn(column({}))[0]?.caption).toBe('no probes');
    expect(figuresOfColumn(column({}, { gap: 5000 }))[0]?.caption).toBe('nobody looked');
  });
});

describe('a strip in words', () => {
  test('calm', () => {
    const calm = column({ answered: 50 }, { p50: 2 });
    expect(stripWords('gw', window, [calm, calm, undefined], timeText)).toBe(
      'gw, 3 columns of 5 s: p50 from 2.0 to 2.0 ms; no loss',
    );
  });

  test('with loss, late replies and a gap', () => {
    const columns = [
      column({ answered: 9, lost: 1 }, { p50: 2 }),
      column({ answered: 5, lost: 5, late: 2 }, { p50: 300, from: 65_000 }),
      column({}, { gap: 5000 }),
    ];
    expect(stripWords('gw', window, columns, timeText)).toBe(
      'gw, 3 columns of 5 s: p50 from 2.0 to 300 ms; 2 columns with loss, the worst 41.7 % at 65 s; 2 late; 1 column in which nobody looked',
    );
  });

  test('nothing yet, and no answers', () => {
    expect(stripWords('gw', window, [undefined], timeText)).toBe('gw, 3 columns of 5 s: no probes');
    expect(stripWords('gw', window, [column({ lost: 3 })], timeText)).toContain('no answers; 1 column with loss');
  });
});

test('faults in words: those in sight', () => {
  const episode = {
    code: 'local',
    endpoints: [0],
    lastBadAt: 0,
    worstLoss: 0.2,
    worstP50: null,
    outages: 0,
  } as const;
  const episodes = [
    { id: 0, from: 10_000, to: 20_000, ...episode },
    { id: 1, from: 50_000, to: 61_000, ...episode },
    { id: 2, from: 70_000, to: null, ...episode },
  ];
  expect(faultWords(episodes, window, timeText)).toBe(
    '2 episodes in sight: router or Wi-Fi 50 s to 61 s, router or Wi-Fi since 70 s',
  );
  expect(faultWords([], window, timeText)).toBe('nobody’s fault in sight');
});

test('a day in words: its bad quarters of an hour', () => {
  const fine: DayCell = { code: 'fine', watched: 900_000, bad: 0 };
  const cells = Array.from({ length: CELLS_A_DAY }, () => fine);
  expect(dayWords({ day: 0, cells })).toBe('Thu 1 Jan: nothing bad');
  cells[89] = { code: 'local', watched: 900_000, bad: 720_000 };
  cells[90] = { code: 'host', watched: 900_000, bad: 20_000 };
  expect(dayWords({ day: 0, cells })).toBe('Thu 1 Jan: 22:15 router or Wi-Fi, 12 min bad; 22:30 one host, 20 s bad');
});
