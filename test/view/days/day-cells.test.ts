// The days in cells of 15 minutes: what is watched, whose fault was worst, days that are longer or shorter than others.

import { describe, expect, it } from 'vitest';
import type { Episode } from '../../../src/diagnosis/episodes/ledger.js';
import type { VerdictCode } from '../../../src/events/verdict.js';
import { CELL_LENGTH, CELLS_A_DAY, dayRows, gradeOf } from '../../../src/view/days/day-cells.js';
import type { DayRow, DaysPast } from '../../../src/view/days/day-cells.js';
import type { Zone } from '../../../src/view/wall-clock.js';

const utc: Zone = () => 0;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIDNIGHT = Date.UTC(2026, 10, 23);

const episode = (code: VerdictCode, from: number, to: number | null): Episode => ({
  id: from,
  code,
  from,
  to,
  lastBadAt: to ?? from,
  endpoints: [0],
  worstLoss: 1,
  worstP50: null,
  outages: 1,
});

const rowsOf = (past: Partial<DaysPast>, most = 7, zone = utc, clockOffset = 0): DayRow[] =>
  dayRows({ episodes: [], gaps: [], from: MIDNIGHT, to: MIDNIGHT + 48 * HOUR, ...past }, { most, zone, clockOffset });

const cellAt = (rows: readonly DayRow[], at: number) =>
  rows[Math.floor((at - MIDNIGHT) / (24 * HOUR))]?.cells[Math.floor((at % (24 * HOUR)) / CELL_LENGTH)];

const watchedOf = (rows: readonly DayRow[]): number =>
  rows.flatMap(({ cells }) => cells).reduce((sum, { watched }) => sum + watched, 0);

describe('days in cells', () => {
  it('are whole local days, the last of which ends with what was watched', () => {
    const rows = rowsOf({});
    expect(rows.map(({ cells }) => cells.length)).toEqual([CELLS_A_DAY, CELLS_A_DAY]);
    expect(new Set(rows.flatMap(({ cells }) => cells.map(({ code }) => code)))).toEqual(new Set(['fine']));
    expect(rowsOf({ to: MIDNIGHT })).toEqual([]);
  });

  it('are the newest, at most so many', () => {
    const rows = rowsOf({ to: MIDNIGHT + 10 * 24 * HOUR + 1 }, 3);
    expect(rows.map(({ day }) => day * 24 * HOUR - MIDNIGHT)).toEqual([8, 9, 10].map((days) => days * 24 * HOUR));
    expect(rows[2]?.cells[0]?.watched).toBe(1);
    expect(rows[2]?.cells[1]?.code).toBe('unwatched');
  });

  it('say the verdict that took most of the bad time, and how long all of them took', () => {
    const at = MIDNIGHT + 20 * HOUR;
    const rows = rowsOf({
      episodes: [
        episode('local', at + MINUTE, at + 2 * MINUTE),
        episode('provider', at + 3 * MINUTE, at + 20 * MINUTE),
        episode('host', at + 30 * MINUTE, at + 30 * MINUTE + 59_000),
      ],
    });
    expect(cellAt(rows, at)).toEqual({ code: 'provider', watched: CELL_LENGTH, bad: 13 * MINUTE });
    expect(cellAt(rows, at + 15 * MINUTE)).toEqual({ code: 'provider', watched: CELL_LENGTH, bad: 5 * MINUTE });
    const some = cellAt(rows, at + 30 * MINUTE);
    expect(some?.code).toBe('host');
    expect(some && gradeOf(some)).toBe('some');
    expect(cellAt(rows, at + 45 * MINUTE)?.code).toBe('fine');
  });

  it('tell what nobody looked at from what was fine', () => {
    const from = MIDNIGHT + 20 * MINUTE;
    const gaps = [{ from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR + MINUTE, reason: 'suspend' as const }];
    const rows = rowsOf({ from, gaps, to: MIDNIGHT + 3 * HOUR });
    const cells = rows[0]?.cells ?? [];
    expect(cells[0]?.code).toBe('unwatched');
    expect(cells[1]).toEqual({ code: 'fine', watched: 10 * MINUTE, bad: 0 });
    expect(cells.slice(4, 8).map(({ code }) => code)).toEqual(Array(4).fill('unwatched'));
    expect(cells[8]?.watched).toBe(14 * MINUTE);
    expect(cells.slice(12).every(({ code }) => code === 'unwatched')).toBe(true);
  });

  it('take an episode that lasts to last until now', () => {
    const at = MIDNIGHT + 47 * HOUR;
    const rows = rowsOf({ episodes: [episode('unclear', at, null)] });
    expect(rows[1]?.cells.slice(92).map(({ code }) => code)).toEqual(Array(4).fill('unclear'));
  });

  it('follow a stepped clock and the zone', () => {
    const at = MIDNIGHT + 20 * HOUR;
    const rows = rowsOf({ episodes: [episode('local', at, at + MINUTE)] }, 7, () => -5 * HOUR, 30 * MINUTE);
    const bad = rows.flatMap(({ day, cells }) =>
      cells.flatMap(({ code }, index) => (code === 'local' ? [day * 24 * HOUR + index * CELL_LENGTH] : [])),
    );
    expect(bad).toEqual([MIDNIGHT + 15.5 * HOUR]);
  });

  it('lose nothing and invent nothing on days of 23 and of 25 hours', () => {
    for (const [month, shift] of [
      [2, HOUR],
      [9, -HOUR],
    ] as const) {
      // Clocks change at 01:00 UTC of the 25th, from +1 h or to it.
      const change = Date.UTC(2026, month, 25, 1);
      const zone: Zone = (wall) => (wall < change === shift > 0 ? HOUR : 2 * HOUR);
      const from = change - 30 * HOUR;
      const to = change + 30 * HOUR;
      const rows = rowsOf({ from, to }, 7, zone);
      expect(watchedOf(rows)).toBe(to - from);
      const day = rows.find((row) => row.day === Math.floor(change / (24 * HOUR)));
      const hours = (day?.cells ?? []).reduce((sum, { watched }) => sum + watched, 0) / HOUR;
      expect(hours).toBe(shift > 0 ? 23 : 25);
    }
  });
});
