import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GapReason } from '../../../src/events/events.js';
import { GapList } from '../../../src/history/probe-log/gap-list.js';

const gaps = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 60 }),
    length: fc.integer({ min: 0, max: 12 }),
    reason: fc.constantFrom<GapReason>('stall', 'stopped', 'suspend', 'not running'),
  }),
  { maxLength: 12 },
);

const listOf = (all: readonly { from: number; length: number; reason: GapReason }[]): GapList => {
  const list = new GapList();
  for (const { from, length, reason } of all) list.add(from, from + length, reason);
  return list;
};

describe('gaps', () => {
  it('are in order of time and do not overlap', () => {
    fc.assert(
      fc.property(gaps, (all) => {
        const { list } = listOf(all);
        list.slice(1).forEach((gap, i) => expect(gap.from).toBeGreaterThanOrEqual(list[i]?.to ?? 0));
      }),
    );
  });

  it('cover the milliseconds that some gap covers, each once', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 70 }), (all, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const covered = Array.from({ length: to - from }, (_, i) => from + i).filter((ms) =>
          all.some((gap) => gap.from <= ms && ms < gap.from + gap.length),
        );
        expect(listOf(all).within(from, to)).toBe(covered.length);
      }),
    );
  });

  it('end up the same in any order', () => {
    fc.assert(
      fc.property(
        gaps.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, other]) => {
          expect(listOf(other).list).toEqual(listOf(all).list);
        },
      ),
    );
  });

  it('take the weightier reason where they overlap, and stay apart where they only touch', () => {
    const list = new GapList();
    list.add(10, 20, 'stall');
    list.add(20, 30, 'stall');
    list.add(25, 40, 'suspend');
    expect(list.list).toEqual([
      { from: 10, to: 20, reason: 'stall' },
      { from: 20, to: 40, reason: 'suspend' },
    ]);
    expect(list.interrupts(0, 20)).toBe(false);
    expect(list.interrupts(0, 21)).toBe(true);
    expect(list.interrupts(21, 50)).toBe(false);
  });

  it('are bounded: the newest stay', () => {
    const list = new GapList();
    for (let i = 0; i < 10_500; i++) list.add(i * 10, i * 10 + 5, 'stall');
    expect(list.list).toHaveLength(10_000);
    expect(list.list[0]?.from).toBe(5000);
    expect(list.add(0, 5, 'stall')).toBeNull();
  });
});
