import { describe, expect, test } from 'vitest';
import { emptyEpoch } from '../../../src/history/statistics/epoch-stats.js';
import { ColumnCache } from '../../../src/web/page/data/column-cache.js';
import { columnToWire } from '../../../src/web/wire/columns.js';
import type { WireColumn } from '../../../src/web/wire/columns.js';

const WIDTH = 1000;

const column = (index: number, answered: number): WireColumn =>
  columnToWire(
    index,
    {
      ...emptyEpoch(index * WIDTH, (index + 1) * WIDTH, 0),
      counts: { inFlight: 0, answered, late: 0, lost: 0, unreachable: 0, unsent: 0, void: 0 },
    },
    0,
  );

const cacheOf = (): ColumnCache => {
  const cache = new ColumnCache();
  cache.begin(WIDTH);
  return cache;
};

describe('columns in the page', () => {
  test('only what is missing is asked for, in one span', () => {
    const cache = cacheOf();
    expect(cache.missing(0, { first: 10, count: 5 })).toEqual({ first: 10, count: 5 });
    cache.answered(0, { first: 10, count: 3 }, [column(11, 4)], cache.ask());
    expect(cache.missing(0, { first: 10, count: 3 })).toBeNull();
    expect(cache.missing(0, { first: 8, count: 10 })).toEqual({ first: 8, count: 10 });
    expect(cache.missing(0, { first: 10, count: 6 })).toEqual({ first: 13, count: 3 });
    expect(cache.missing(1, { first: 10, count: 3 })).toEqual({ first: 10, count: 3 });
  });

  test('a column that isn’t in the answer is empty', () => {
    const cache = cacheOf();
    cache.answered(0, { first: 10, count: 3 }, [column(11, 4)], cache.ask());
    expect(cache.get(0, 10)?.slots).toBe(0);
    expect(cache.get(0, 11)?.slots).toBe(4);
    expect(cache.get(0, 13)).toBeUndefined();
  });

  test('an answer that was asked for before the stream told better doesn’t undo it', () => {
    const cache = cacheOf();
    const asked = cache.ask();
    cache.changed(0, [column(11, 9)]);
    cache.answered(0, { first: 10, count: 3 }, [column(11, 4)], asked);
    expect(cache.get(0, 11)?.slots).toBe(9);
    cache.answered(0, { first: 10, count: 3 }, [column(11, 10)], cache.ask());
    expect(cache.get(0, 11)?.slots).toBe(10);
  });

  test('it is bounded, and keeps what was looked at last', () => {
    const cache = cacheOf();
    for (let first = 0; first < 30_000; first += 1000) {
      for (const endpoint of [0, 1, 2]) cache.answered(endpoint, { first, count: 1000 }, [], cache.ask());
    }
    expect(cache.size).toBeLessThanOrEqual(20_000);
    expect(cache.missing(2, { first: 29_000, count: 1000 })).toBeNull();
    expect(cache.missing(2, { first: 0, count: 1000 })).toEqual({ first: 0, count: 1000 });
  });

  test('of another width nothing is left', () => {
    const cache = cacheOf();
    cache.answered(0, { first: 10, count: 3 }, [], cache.ask());
    cache.begin(2 * WIDTH);
    expect(cache.size).toBe(0);
    expect(cache.get(0, 10)).toBeUndefined();
  });
});
