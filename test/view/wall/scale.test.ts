// From RTT to height.

import { describe, expect, it } from 'vitest';
import { heightOf, roundTop, scaleLabels, scalesFor } from '../../../src/view/wall/scale.js';
import { statsWith } from '../../tui/strips/stats.js';

const column = (p95: number | null): ReturnType<typeof statsWith> => statsWith({ p50: p95, p95, max: p95 });

const columns = (count: number, p95: number): ReturnType<typeof statsWith>[] =>
  Array.from({ length: count }, () => column(p95));

describe('the top of a scale', () => {
  it('is a short round number', () => {
    expect([0.13, 1, 1.1, 3, 5, 7, 11, 350].map(roundTop)).toEqual([0.2, 1, 2, 4, 6, 10, 20, 400]);
  });

  it('is not raised by one outlier among many columns', () => {
    const [scale] = scalesFor('own', [[...columns(60, 12), column(3000)]], []);
    expect(scale?.top).toBe(20);
  });

  it('is not raised by one outlier among few columns either', () => {
    const [scale] = scalesFor('own', [[...columns(4, 12), column(3000)]], []);
    expect(scale?.top).toBe(20);
  });

  it('fits what is usual: a third of the columns at ten times the rest', () => {
    const [scale] = scalesFor('own', [[...columns(40, 10), ...columns(20, 100)]], []);
    expect(scale?.top).toBeGreaterThanOrEqual(100);
  });

  it('is there without any RTT', () => {
    expect(scalesFor('own', [[column(null)], []], []).map(({ top }) => top)).toEqual([1, 1]);
    expect(scalesFor('log', [[]], [])[0]?.top).toBeGreaterThan(0);
  });
});

describe('scales of several endpoints', () => {
  const both = [columns(20, 1), columns(20, 100)];

  it('are their own, or one for all', () => {
    expect(scalesFor('own', both, []).map(({ top }) => top)).toEqual([2, 200]);
    expect(scalesFor('shared', both, []).map(({ top }) => top)).toEqual([200, 200]);
  });

  it('show all of them on a log scale: equal ratios are equal heights', () => {
    const [scale] = scalesFor('log', both, []);
    if (scale === undefined) throw new Error('no scale');
    expect(scale.floor).toBeLessThan(1);
    expect(heightOf(scale, 100) - heightOf(scale, 10)).toBeCloseTo(heightOf(scale, 10) - heightOf(scale, 1));
    expect(heightOf(scale, 100)).toBeLessThanOrEqual(1);
  });
});

describe('labels', () => {
  it('stand at top, middle and bottom; the unit at the top', () => {
    const scale = { top: 40, floor: 0, logarithmic: false };
    expect(scaleLabels(scale, 7)).toEqual([
      { row: 0, text: '40 ms' },
      { row: 3, text: '20' },
      { row: 6, text: '0' },
    ]);
    expect(scaleLabels(scale, 5)).toEqual([
      { row: 0, text: '40 ms' },
      { row: 4, text: '0' },
    ]);
    expect(scaleLabels(scale, 1)).toEqual([{ row: 0, text: '40 ms' }]);
  });

  it('go over to seconds', () => {
    expect(scaleLabels({ top: 4000, floor: 0, logarithmic: false }, 3)[0]?.text).toBe('4 s');
  });
});
