import { describe, expect, it } from 'vitest';
import { detailRows } from '../../../src/view/details/detail-rows.js';
import { layoutDetails } from '../../../src/tui/pages/details/details-layout.js';

describe('the rows of the details', () => {
  it('are all there at 30, with a strip of some height', () => {
    const { blocks, stripRows } = detailRows(30, 7);
    expect(blocks.size).toBe(13);
    expect(stripRows).toBeGreaterThanOrEqual(8);
  });

  it('give way from the end of the list, the strip last', () => {
    expect([...detailRows(24, 7).blocks]).not.toContain('days');
    expect([...detailRows(10, 7).blocks]).toEqual(['title', 'strip', 'keys', 'numbers', 'axis']);
    expect([...detailRows(5, 7).blocks]).toEqual(['title', 'strip', 'keys']);
    expect(detailRows(5, 7).stripRows).toBe(3);
  });

  it('leave to the strip what days there are not yet', () => {
    expect(detailRows(30, 2).stripRows).toBe(detailRows(30, 7).stripRows + 5);
    expect([...detailRows(30, 0).blocks]).not.toContain('today');
    expect([...detailRows(30, 0).blocks]).not.toContain('days');
  });

  it('never overlap and fill the pane, whatever its height', () => {
    for (let rows = 3; rows <= 80; rows++) {
      const layout = layoutDetails(rows, rows % 8);
      const { numbersRow, allNumbers, stripTop, stripRows, daysRow, days } = layout;
      const spans = [
        [layout.titleRow, 1],
        [layout.factsRow, 1],
        [numbersRow, allNumbers ? 6 : 3],
        [layout.runsRow, 1],
        [stripTop, stripRows],
        [layout.lossesRow, 1],
        [layout.faultRow, 1],
        [layout.axisRow, 1],
        [layout.probesRow, 1],
        [daysRow, days + 1],
        [layout.keysRow, 1],
      ] as const;
      const taken = spans.flatMap(([at, count]) =>
        at === null ? [] : Array.from({ length: count }, (_, i) => at + i),
      );
      expect(taken).toEqual(Array.from({ length: rows }, (_, i) => i));
    }
  });
});
