// What gives way first where rows are few.

import { describe, expect, it } from 'vitest';
import { planRows, ROW_RULES } from '../../../src/view/wall/rows.js';
import type { RowName } from '../../../src/view/wall/rows.js';

const all: ReadonlySet<RowName> = new Set(ROW_RULES.map(({ name }) => name));

/** The verdict's row is not in the table. */
const plan = (rows: number, strips: number, folded = 0) => planRows({ rows: rows - 1, strips, folded, wanted: all });

const shown = (rows: number, strips: number): string => [...plan(rows, strips).rows].join(' ');

describe('the rows', () => {
  it('are all there at 120x30 with four endpoints, but for the captions of one-line strips', () => {
    expect(shown(30, 4)).toBe('hours yesterday today traffic fault before axis evidence keys');
  });

  it('at 80x24 give up yesterday', () => {
    expect(shown(24, 4)).toBe('today traffic fault before axis evidence keys');
  });

  it('are those around one-line strips at 40x10', () => {
    expect(plan(10, 3).areLines).toBe(true);
    expect(shown(10, 3)).toBe('fault before captions axis evidence keys');
  });

  it('leave a line for the endpoint at the least height that there is', () => {
    for (const strips of [1, 2, 4, 8, 40]) {
      const { rows, areLines } = plan(5, strips);
      expect(areLines).toBe(true);
      expect(4 - rows.size).toBeGreaterThanOrEqual(Math.min(strips, 3));
    }
  });

  it.each(Array.from({ length: 56 }, (_, i) => i + 5))('at %s rows give way in the order of the table', (rows) => {
    for (const strips of [1, 2, 3, 4, 8, 20]) {
      const { rows: kept, areLines } = plan(rows, strips);
      const order = ROW_RULES.map(({ name }) => name).filter((name) => areLines || name !== 'captions');
      const gone = order.filter((name) => !kept.has(name));
      expect(gone).toEqual(order.slice(0, gone.length));
      expect(rows - 1 - kept.size).toBeGreaterThanOrEqual(areLines ? 1 : 3 * strips);
    }
  });

  it('that have nothing to say take no room, and folded hosts take one row each', () => {
    expect([...planRows({ rows: 29, strips: 4, folded: 0, wanted: new Set(['axis']) }).rows]).toEqual(['axis']);
    expect(plan(24, 4, 2).areLines).toBe(false);
    expect(plan(16, 4, 3).areLines).toBe(true);
  });
});
