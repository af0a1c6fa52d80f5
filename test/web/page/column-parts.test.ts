import { describe, expect, test } from 'vitest';
import type { StateCounts } from '../../../src/events/probe-state.js';
import { emptyStateCounts, lossOf, slotsOf } from '../../../src/events/probe-state.js';
import { emptyEpoch } from '../../../src/history/statistics/epoch-stats.js';
import type { EpochStats } from '../../../src/history/statistics/epoch-stats.js';
import { columnParts } from '../../../src/web/page/canvas/column-parts.js';

const HEIGHT = 100;
const scale = { top: 100, floor: 0, logarithmic: false };

const column = (some: Partial<StateCounts>, rtts: Partial<EpochStats> = {}): EpochStats => {
  const counts = { ...emptyStateCounts(), ...some };
  return { ...emptyEpoch(0, 1000, 0), counts, slots: slotsOf(counts), loss: lossOf(counts), ...rtts };
};

const partsOf = (stats: EpochStats, unit = 1): ReturnType<typeof columnParts> =>
  columnParts(stats, scale, HEIGHT, unit, 10_000);

describe('a column of a strip', () => {
  test('bar and smoke are as high as p50 and p95 on the scale', () => {
    expect(partsOf(column({ answered: 10 }, { p50: 30, p95: 60, max: 70 }))).toMatchObject({
      bar: 30,
      smoke: 60,
      loss: null,
      capped: null,
      ground: null,
    });
  });

  test('the calm is a thin line, not nothing', () => {
    expect(partsOf(column({ answered: 10 }, { p50: 0.1, p95: 0.2, max: 0.3 })).bar).toBe(2);
    expect(partsOf(column({ answered: 10 }, { p50: 0.1, p95: 0.2, max: 0.3 }), 2).bar).toBe(4);
  });

  test('no answer, no bar', () => {
    expect(partsOf(column({ lost: 10 }))).toMatchObject({ bar: 0, smoke: 0 });
    expect(partsOf(column({}))).toMatchObject({ bar: 0, smoke: 0, loss: null, ground: null });
  });

  test.each([
    [1, 999, 'tick'],
    [1, 99, 'mark'],
    [2, 98, 'hanging'],
  ])('%i lost and %i answered is a %s', (lost, answered, kind) => {
    expect(partsOf(column({ lost, answered }, { p50: 1, p95: 1, max: 1 })).loss?.kind).toBe(kind);
  });

  test('loss hangs in proportion, and takes the whole column only where all is lost', () => {
    const rtts = { p50: 1, p95: 1, max: 1 };
    expect(partsOf(column({ lost: 5, answered: 5 }, rtts)).loss?.height).toBe(50);
    expect(partsOf(column({ lost: 999, answered: 1 }, rtts)).loss?.height).toBe(98);
    expect(partsOf(column({ lost: 5, unreachable: 5, unsent: 3 })).loss?.height).toBe(100);
  });

  test('off the scale: by p95, or by a maximum far above it', () => {
    expect(partsOf(column({ answered: 9 }, { p50: 50, p95: 101, max: 101 }))).toMatchObject({
      capped: 'p95',
      smoke: 100,
    });
    expect(partsOf(column({ answered: 9 }, { p50: 50, p95: 90, max: 150 })).capped).toBeNull();
    expect(partsOf(column({ answered: 9 }, { p50: 50, p95: 90, max: 250 })).capped).toBe('max');
  });

  test('nobody looked, or not finished', () => {
    expect(partsOf(column({ answered: 5 }, { gap: 400, p50: 1, p95: 1 })).ground).toBe('gap');
    expect(partsOf(column({ answered: 5 }, { gap: 100, p50: 1, p95: 1 })).ground).toBeNull();
    expect(partsOf(column({ void: 5 })).ground).toBe('gap');
    expect(columnParts(column({ answered: 5 }), scale, HEIGHT, 1, 500).ground).toBe('pending');
    expect(partsOf(column({ answered: 5, inFlight: 1 })).ground).toBe('pending');
  });

  test('late replies are signed, whatever else there is', () => {
    expect(partsOf(column({ answered: 5, late: 1 }, { p50: 1, p95: 1 })).someLate).toBe(true);
    expect(partsOf(column({ answered: 5 }, { p50: 1, p95: 1 })).someLate).toBe(false);
  });
});
