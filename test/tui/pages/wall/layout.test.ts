// Rows and columns of the pane.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, layoutWall } from '../../../../src/tui/pages/wall/layout.js';
import type { Layout } from '../../../../src/tui/pages/wall/layout.js';

const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const layout = (
  columns: number,
  rows: number,
  endpoints: number,
  more: { selected?: number; notice?: boolean; verdict?: boolean } = {},
): Layout =>
  layoutWall(
    { columns, rows },
    {
      endpoints: ids(endpoints),
      selected: more.selected ?? 0,
      notice: more.notice ?? false,
      verdict: more.verdict ?? false,
      diagnostics: false,
      compactLeft: 23,
    },
  );

const rowsOf = (l: Layout): number[] => [
  0,
  ...l.strips.flatMap(({ top, chartRows }) => ids(chartRows + 1).map((i) => top + i)),
  l.axisRow,
  ...[l.noticeRow, l.diagnosticsRow, l.evidenceRow, l.faultRow].filter((row) => row !== null),
  ...new Set([l.statusRow, l.keysRow]),
];

describe('layoutWall', () => {
  it('gives everything rows of its own, at any size', () => {
    const size = fc.record({ columns: fc.integer({ min: 32, max: 300 }), rows: fc.integer({ min: 7, max: 80 }) });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        fc.boolean(),
        ({ columns, rows }, endpoints, notice, verdict) => {
          const l = layout(columns, rows, endpoints, { notice, verdict });
          const used = rowsOf(l);
          expect(new Set(used).size).toBe(used.length);
          expect(Math.min(...used)).toBe(0);
          expect(Math.max(...used)).toBe(rows - 1);
          expect(l.chartLeft + l.chartColumns).toBe(columns);
          expect(l.hiddenAbove + l.strips.length + l.hiddenBelow).toBe(endpoints);
          expect(l.strips.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('shares the height', () => {
    expect(layout(120, 30, 4).strips.map(({ chartRows }) => chartRows)).toEqual([6, 5, 5, 5]);
    expect(layout(200, 50, 8).strips.map(({ chartRows }) => chartRows)).toEqual([5, 5, 5, 5, 5, 4, 4, 4]);
  });

  it('goes over to one line each, and then to a list that follows the selection', () => {
    expect(layout(80, 24, 9).compact).toBe(false);
    expect(layout(80, 24, 12).compact).toBe(true);
    const scrolled = layout(80, 24, 60, { selected: 30 });
    expect(scrolled.strips.some(({ endpoint }) => endpoint === 30)).toBe(true);
    expect(scrolled.hiddenAbove).toBeGreaterThan(0);
    expect(scrolled.hiddenBelow).toBeGreaterThan(0);
    expect(layout(80, 24, 60, { selected: 59 }).hiddenBelow).toBe(0);
  });

  it('knows what is too small', () => {
    expect(fits({ columns: 40, rows: 10 })).toBe(true);
    expect(fits({ columns: 20, rows: 10 })).toBe(false);
    expect(fits({ columns: 40, rows: 5 })).toBe(false);
  });
});
