// Rows and columns of the pane.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, layoutWall } from '../../../../src/tui/pages/wall/layout.js';
import type { Layout } from '../../../../src/tui/pages/wall/layout.js';
import { ROW_RULES } from '../../../../src/view/wall/rows.js';
import type { RowName } from '../../../../src/view/wall/rows.js';

const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const all = ROW_RULES.map(({ name }) => name);

type More = {
  selected?: number;
  notice?: boolean;
  diagnostics?: boolean;
  wanted?: readonly RowName[];
  folded?: readonly number[];
};

const layout = (columns: number, rows: number, endpoints: number, more: More = {}): Layout =>
  layoutWall(
    { columns, rows },
    {
      endpoints: ids(endpoints),
      folded: new Set(more.folded ?? []),
      selected: more.selected ?? 0,
      notice: more.notice ?? false,
      diagnostics: more.diagnostics ?? false,
      compactLeft: 23,
      wanted: new Set(more.wanted ?? all),
    },
  );

const rowsOf = (l: Layout): number[] => [
  0,
  ...l.strips.flatMap(({ top, chartRows }) => ids(chartRows + 1).map((i) => top + i)),
  ...[l.noticeRow, l.diagnosticsRow, l.evidenceRow, l.faultRow, l.captionsRow, l.axisRow, l.trafficRow].filter(
    (row) => row !== null,
  ),
  ...[l.yesterdayRow, l.todayRow, l.hoursRow].filter((row) => row !== null),
  ...(l.areKeysShown ? [l.keysRow] : []),
  ...(l.statusRow === l.keysRow ? [] : [l.statusRow]),
];

describe('layoutWall', () => {
  it('gives everything rows of its own, at any size', () => {
    const size = fc.record({ columns: fc.integer({ min: 20, max: 300 }), rows: fc.integer({ min: 5, max: 80 }) });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        fc.boolean(),
        fc.subarray(all),
        fc.subarray(ids(5)),
        ({ columns, rows }, endpoints, notice, diagnostics, wanted, some) => {
          const folded = some.filter((id) => id < endpoints);
          const l = layout(columns, rows, endpoints, { notice, diagnostics, wanted, folded });
          const used = rowsOf(l);
          expect(new Set(used).size).toBe(used.length);
          expect(Math.min(...used)).toBe(0);
          expect(Math.max(...used)).toBeLessThan(rows);
          expect(l.keysRow).toBe(rows - 1);
          expect(l.chartLeft + l.chartColumns).toBe(columns);
          expect([...l.hiddenAbove, ...l.strips.map(({ endpoint }) => endpoint), ...l.hiddenBelow]).toEqual(
            ids(endpoints),
          );
          expect(l.strips.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('shares the height', () => {
    expect(layout(120, 30, 4).strips.map(({ chartRows }) => chartRows)).toEqual([4, 4, 4, 4]);
    expect(layout(80, 24, 4).strips.map(({ chartRows }) => chartRows)).toEqual([3, 3, 3, 3]);
    expect(layout(200, 50, 8).strips.map(({ chartRows }) => chartRows)).toEqual([4, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('gives who never answers one row, and the rest to the others', () => {
    const { strips } = layout(120, 30, 4, { folded: [1] });
    expect(strips.map(({ chartRows, isFolded }) => [chartRows, isFolded])).toEqual([
      [6, false],
      [0, true],
      [5, false],
      [5, false],
    ]);
  });

  it('goes over to one line each, and then to a list that follows the selection', () => {
    expect(layout(80, 24, 6).compact).toBe(false);
    expect(layout(80, 24, 7).compact).toBe(true);
    const scrolled = layout(80, 24, 60, { selected: 30 });
    expect(scrolled.strips.some(({ endpoint }) => endpoint === 30)).toBe(true);
    expect(scrolled.hiddenAbove.length).toBeGreaterThan(0);
    expect(scrolled.hiddenBelow.length).toBeGreaterThan(0);
    expect(layout(80, 24, 60, { selected: 59 }).hiddenBelow).toEqual([]);
  });

  it('knows what is too small', () => {
    expect(fits({ columns: 40, rows: 10 })).toBe(true);
    expect(fits({ columns: 20, rows: 5 })).toBe(true);
    expect(fits({ columns: 19, rows: 10 })).toBe(false);
    expect(fits({ columns: 40, rows: 4 })).toBe(false);
  });
});
