// Columns, instants and the labels below them.

import { describe, expect, it } from 'vitest';
import { epochIndexAt } from '../../src/history/epoch-grid.js';
import { axisLabels, axisStep, columnOf, leftDay, windowFrom, windowTo } from '../../src/view/time-axis.js';
import type { Window } from '../../src/view/time-axis.js';

const utc = (): number => 0;
const HOUR = 3_600_000;

const windowEnding = (at: number, width: number, columns: number, clockOffset = 0): Window => ({
  width,
  firstIndex: epochIndexAt(at, width, clockOffset) - columns + 1,
  columns,
  clockOffset,
});

const at = (text: string): number => Date.parse(`2025-11-${text}Z`);

describe('the step between labels', () => {
  it.each([
    [1000, 15_000],
    [5000, 60_000],
    [10_000, 120_000],
    [60_000, 600_000],
    [300_000, HOUR],
    [HOUR, 12 * HOUR],
  ])('for epochs of %s ms it is %s ms', (width, step) => {
    expect(axisStep(width)).toBe(step);
  });
});

describe('labels', () => {
  it('stand at round times', () => {
    const window = windowEnding(at('23T14:32:07'), 5000, 106);
    const labels = axisLabels(window, utc);
    const texts = labels.map(({ text }) => text).join(' ');
    expect(texts).toBe('14:24 14:25 14:26 14:27 14:28 14:29 14:30 14:31 14:32');
    for (const { column, text } of labels) {
      expect(windowFrom(window) + column * 5000).toBe(at(`23T${text}:00`));
    }
  });

  it('name the day where it changes', () => {
    const labels = axisLabels(windowEnding(at('24T03:00'), 300_000, 60), utc);
    expect(labels.find(({ day }) => day)?.text).toBe('Mon 24 Nov');
  });

  it('follow the zone, also one of half an hour', () => {
    const india = (): number => 5.5 * HOUR;
    const labels = axisLabels(windowEnding(at('23T12:00'), 60_000, 40), india);
    expect(labels.map(({ text }) => text)).toContain('17:20');
  });

  it('stay round where the clocks go back', () => {
    // Berlin, 2025-10-26: at 01:00 UTC, 03:00 becomes 02:00.
    const change = Date.UTC(2025, 9, 26, 1);
    const berlin = (wall: number): number => (wall < change ? 2 : 1) * HOUR;
    const labels = axisLabels(windowEnding(change + 3 * HOUR, 300_000, 72), berlin);
    expect(labels.map(({ text }) => text)).toEqual(['01:00', '02:00', '02:00', '03:00', '04:00', '05:00']);
  });

  it('say on the left which day it is, unless it is today', () => {
    const window = windowEnding(at('23T02:00'), 300_000, 60);
    expect(leftDay(window, at('23T10:00'), utc)).toBe('22 Nov');
    expect(leftDay(windowEnding(at('23T14:00'), 5000, 60), at('23T14:00'), utc)).toBeNull();
  });
});

describe('a stepped clock', () => {
  it('relabels the columns: they stay aligned to what the wall clock shows', () => {
    const now = at('23T14:00:03');
    const before = windowEnding(now, 5000, 20);
    const after = windowEnding(now, 5000, 20, 3_601_000);
    expect(windowFrom(before) % 5000).toBe(0);
    expect((windowFrom(after) + 3_601_000) % 5000).toBe(0);
    expect(axisLabels(after, utc).map(({ text }) => text)).toEqual(['14:59', '15:00']);
    expect(columnOf(after, now)).toBe(19);
    expect(windowTo(after) - windowFrom(after)).toBe(100_000);
  });
});
