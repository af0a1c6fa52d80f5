import { describe, expect, it } from 'vitest';
import type { DayCell } from '../../../src/view/days/day-cells.js';
import { cellsPerColumn, mergedCells } from '../../../src/view/days/merged-cells.js';

const MINUTE = 60_000;
const fine: DayCell = { code: 'fine', watched: 15 * MINUTE, bad: 0 };
const unwatched: DayCell = { code: 'unwatched', watched: 0, bad: 0 };
const bad = (code: 'provider' | 'host', minutes: number): DayCell => ({
  code,
  watched: 15 * MINUTE,
  bad: minutes * MINUTE,
});

describe('cells of days in fewer columns', () => {
  it.each([
    [200, 1],
    [96, 1],
    [95, 2],
    [48, 2],
    [47, 4],
    [24, 4],
    [23, 8],
    [5, 8],
  ])('%d columns: %d cells in each', (columns, share) => {
    expect(cellsPerColumn(columns)).toBe(share);
  });

  it('add up what was watched and bad, and have the verdict of the worst', () => {
    const cells = [fine, bad('host', 2), unwatched, bad('provider', 9), fine, fine, unwatched, unwatched];
    expect(mergedCells(cells, 4)).toEqual([
      { code: 'provider', watched: 45 * MINUTE, bad: 11 * MINUTE },
      { code: 'fine', watched: 30 * MINUTE, bad: 0 },
    ]);
    expect(mergedCells([unwatched, unwatched], 2)).toEqual([unwatched]);
    expect(mergedCells(cells, 1)).toEqual(cells);
  });
});
