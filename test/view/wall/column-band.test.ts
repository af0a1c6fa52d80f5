// What the colour of a column says, and how large its loss is.

import { describe, expect, it } from 'vitest';
import { bandOf, slowExcess } from '../../../src/view/wall/column-band.js';
import { hangingSteps, lossSize } from '../../../src/view/wall/loss-size.js';
import { statsWith, withoutRtt } from '../../tui/strips/stats.js';

describe('the band', () => {
  it.each([
    // A router that mostly takes 2 ms.
    [2, 2.5, 10, 15, 'good'],
    [2, 2.5, 31, 31, 'good'],
    [2, 2.5, 32, 32, 'bad'],
    // Some answers are very slow, the median isn't.
    [10, 12, 11, 69, 'good'],
    [10, 12, 11, 71, 'warn'],
    // A host that is far away, and one that is as unsteady as ever.
    [200, 210, 245, 245, 'good'],
    [200, 210, 251, 251, 'bad'],
    [40, 90, 130, 200, 'good'],
    [40, 90, 141, 200, 'bad'],
    // Faster than ever is good.
    [200, 210, 10, 10, 'good'],
  ])('with %s ms usual (p90 %s), a p50 of %s and p95 of %s is %s', (p50, p90, now, p95, band) => {
    expect(bandOf(statsWith({ p50: now, p95 }), { p50, p90 })).toBe(band);
  });

  it('is good while nothing is known to be usual, and late where most replies are', () => {
    expect(bandOf(statsWith({ p50: 500, p95: 500 }), null)).toBe('good');
    expect(bandOf(statsWith({ counts: { late: 5, answered: 5 } }), null)).toBe('late');
    expect(bandOf(statsWith({ counts: { late: 5, answered: 6 } }), null)).toBe('good');
    expect(bandOf(statsWith({ counts: { lost: 9 }, ...withoutRtt }), { p50: 1, p90: 2 })).toBe('good');
  });

  it('never calls a difference of less than 30 ms bad', () => {
    for (const p50 of [0.1, 1, 10, 50, 100]) expect(slowExcess({ p50, p90: p50 })).toBeGreaterThanOrEqual(30);
  });
});

describe('loss', () => {
  it.each([
    [null, 'none'],
    [0, 'none'],
    [0.001, 'tick'],
    [0.0049, 'tick'],
    [0.005, 'mark'],
    [0.0199, 'mark'],
    [0.02, 'hanging'],
    [1, 'hanging'],
  ])('of %s is drawn as %s', (loss, kind) => {
    expect(lossSize(loss).kind).toBe(kind);
  });

  it('hangs in proportion, at least one step, all of them only where nothing came back', () => {
    expect([0.02, 0.05, 0.12, 0.5, 0.999, 1].map((share) => hangingSteps(share, 10))).toEqual([1, 1, 1, 5, 9, 10]);
    expect(hangingSteps(0.02, 1)).toBe(1);
    expect(hangingSteps(0.9, 2)).toBe(1);
  });
});
