// The ladder of tops, and when a strip goes up and down it.

import { describe, expect, it } from 'vitest';
import { rungFor, ScaleLadder } from '../../../src/view/wall/scale-ladder.js';
import { statsWith } from '../../tui/strips/stats.js';

type Column = ReturnType<typeof statsWith>;

const column = (p95: number, p50 = p95): Column => statsWith({ p50, p95, max: p95 });

/** Of a single probe. */
const one = (rtt: number): Column => statsWith({ counts: { answered: 1 }, p50: rtt, p95: rtt, max: rtt });

const columns = (count: number, p95: number): Column[] => Array.from({ length: count }, () => column(p95));

describe('the rung', () => {
  it.each([
    [0.3, 50],
    // What is usual has room above it.
    [45, 50],
    [46, 100],
    [93, 300],
    [195, 300],
    [280, 1000],
    [1001, 3000],
    [9000, 3000],
  ])('for %s ms is %s', (rtt, rung) => {
    expect(rungFor(columns(3, rtt))).toBe(rung);
  });

  it('is the floor where nothing was answered', () => {
    expect(rungFor([])).toBe(50);
  });

  it('is not raised by one reply that stands out, but by a column that does, or by two', () => {
    const calm = columns(60, 12);
    expect(rungFor([...calm, column(3000, 12)])).toBe(50);
    expect(rungFor([...calm, one(3000)])).toBe(50);
    expect(rungFor([...calm, column(250, 200)])).toBe(300);
    expect(rungFor([...calm, column(250, 12), column(280, 12)])).toBe(300);
    // What the paler part goes over by is capped sooner than everything else is pressed down.
    expect(rungFor([...calm, column(70, 12), column(70, 12)])).toBe(50);
  });

  it('is not raised by replies after the timeout: they have a sign', () => {
    const late = statsWith({ counts: { answered: 45, late: 5 }, p50: 12, p95: 2500, max: 2900 });
    expect(rungFor([late, late, late])).toBe(50);
  });
});

describe('a strip', () => {
  const [calm, bad] = [columns(60, 12), columns(60, 195)];

  it('goes up at once, and down when nothing has needed it for two minutes', () => {
    const ladder = new ScaleLadder();
    expect(ladder.topOf(0, calm, 'v', 0)).toBe(50);
    expect(ladder.topOf(0, bad, 'v', 1000)).toBe(300);
    expect(ladder.topOf(0, bad, 'v', 60_000)).toBe(300);
    expect(ladder.topOf(0, calm, 'v', 61_000)).toBe(300);
    expect(ladder.topOf(0, calm, 'v', 179_999)).toBe(300);
    expect(ladder.topOf(0, calm, 'v', 180_000)).toBe(50);
    expect(ladder.topOf(0, bad, 'v', 181_000)).toBe(300);
  });

  it('begins anew with another view, and has its own top', () => {
    const ladder = new ScaleLadder();
    ladder.topOf(0, bad, '5000', 0);
    expect(ladder.topOf(1, calm, '5000', 1000)).toBe(50);
    expect(ladder.topOf(0, calm, '60000', 1000)).toBe(50);
  });
});
