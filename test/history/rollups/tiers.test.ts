// Random streams through all tiers, kept tiny so that every tier is crossed, against the list of all probes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EPOCH_WIDTHS } from '../../../src/history/epoch-widths.js';
import type { EpochStats } from '../../../src/history/statistics/epoch-stats.js';
import type { ProbeEvent } from '../../../src/events/events.js';
import { SessionHistory } from '../../../src/history/session-history.js';
import { TIERS } from '../../../src/history/rollups/tiers.js';
import type { Tiers } from '../../../src/history/rollups/tiers.js';
import { NaiveHistory, naiveStats } from '../naive-history.js';
import { liveEvents, plans, randomFrom, replayedEvents, sessionInfo, settling, START } from '../streams.js';
import type { Plan } from '../streams.js';

/** Rows and bytes of the 5 s, 30 s, 5 min and 1 h tiers. */
const tiersOf = (records: number, ...sizes: [rows: number, kib: number][]): Tiers => ({
  records,
  rollups: TIERS.rollups.map(({ width }, i) => {
    const [rows, kib] = sizes[i] as [number, number];
    return { width, rows, poolBytes: kib * 1024 };
  }),
});

const tiny = tiersOf(64, [150, 64], [30, 64], [40, 64], [100, 64]);

/** Differences that are errors: all but what rollups may round. */
const differences = (got: EpochStats, want: ReturnType<typeof naiveStats>, runs: boolean): string[] => {
  const wrong: string[] = [];
  const same = (name: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      wrong.push(`${name}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`);
  };
  same('slots', got.slots, want.slots);
  same('counts', got.counts, want.counts);
  same('loss', got.loss, want.loss);
  same('min', got.min, want.min);
  same('max', got.max, want.max);
  same('error', got.error, want.error);
  if (runs) same('longestLossRun', got.longestLossRun, want.longestLossRun);
  const near = (name: string, a: number | null, b: number | null, within: number): void => {
    if (a === null || b === null) same(name, a, b);
    else if (Math.abs(a - b) > within * b) wrong.push(`${name}: ${a} instead of ${b}`);
  };
  near('mean', got.mean, want.mean, 1e-12);
  near('jitter', got.jitter, want.jitter, 1e-12);
  near('p50', got.p50, want.p50, 0.025);
  near('p95', got.p95, want.p95, 0.025);
  near('p99', got.p99, want.p99, 0.025);
  return wrong;
};

/** Feeds a history and the list the same events, reading epochs on the way so that stale ones would be found out. */
const feed = (
  plan: Plan,
  events: readonly ProbeEvent[],
  tiers: Tiers,
): { history: SessionHistory; naive: NaiveHistory } => {
  const history = new SessionHistory(sessionInfo(plan), { tiers });
  const naive = new NaiveHistory(plan.endpoints);
  const random = randomFrom(plan.seed + 1);
  for (const event of events) {
    history.apply(event);
    naive.apply(event);
    if (random() < 0.97) continue;
    const width = EPOCH_WIDTHS[Math.floor(random() * EPOCH_WIDTHS.length)] as number;
    const back = random() < 0.5 ? 20 : Math.floor(((history.lastAt ?? START) - START) / width);
    const newest = Math.floor(((history.lastAt ?? START) + history.clockOffset) / width);
    for (const endpoint of history.endpoints) endpoint.epochs(width, newest - back, 40);
  }
  return { history, naive };
};

/** Where to look at a width: everywhere if that is not too much, otherwise around some of the probes. */
const windows = (
  probes: readonly { at: number }[],
  width: number,
  offset: number,
  seed: number,
): [number, number][] => {
  const indexOf = (at: number): number => Math.floor((at + offset) / width);
  const first = indexOf(START) - 2;
  const count = indexOf(probes.at(-1)?.at ?? START) - first + 3;
  if (count <= 4000) return [[first, count]];
  const random = randomFrom(seed);
  return Array.from({ length: 20 }, () => [
    indexOf(probes[Math.floor(random() * probes.length)]?.at ?? START) - 50,
    100,
  ]);
};

/** How a history that was fed these events differs from the list, at every width. */
const mismatches = (plan: Plan, events: readonly ProbeEvent[], runs = true, tiers = tiny): string[] => {
  const { history, naive } = feed(plan, events, tiers);
  const found: string[] = [];
  const note = (where: string, wrong: string[]): void => {
    if (wrong.length > 0) found.push(`${where}: ${wrong.join('; ')}`);
  };
  history.endpoints.forEach((endpoint, id) => {
    const probes = naive.inOrder(id);
    for (const width of EPOCH_WIDTHS) {
      let counted = 0;
      for (const [first, count] of windows(probes, width, history.clockOffset, plan.seed)) {
        for (const epoch of endpoint.epochs(width, first, count)) {
          const inside = probes.slice(lowerBound(probes, epoch.from), lowerBound(probes, epoch.to));
          note(`width ${width}, epoch at ${epoch.from - START}`, differences(epoch, naiveStats(inside), runs));
          if (!epoch.coarse) counted += epoch.slots;
        }
      }
      // An epoch of an hour is never narrower than the rollups there are.
      if (width >= 3_600_000 && counted !== probes.length)
        found.push(`${counted} of ${probes.length} probes in epochs`);
    }
    note('the whole', differences(endpoint.span(-Infinity, Infinity), naiveStats(probes), runs));
  });
  return found.slice(0, 5);
};

const lowerBound = (probes: readonly { at: number }[], at: number): number => {
  let low = 0;
  let high = probes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((probes[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Long enough for 5 s and 30 s rollups to have gone, then a step that puts bounds of epochs inside wider rollups. */
const cutWithinRollups: Plan = {
  spells: [
    { weather: 'good', probes: 1046 },
    { weather: 'clock', probes: 2 },
    { weather: 'good', probes: 681 },
  ],
  seed: 0,
  interval: 500,
  timeout: 1000,
  endpoints: 1,
  firstSeq: 0,
};

const RUNS = { numRuns: 25 };

describe('history in tiers', () => {
  it('equals the list of all probes at every width, live', () => {
    const live = plans({ spells: 12, longest: 600 });
    fc.assert(
      fc.property(live, (plan) => {
        expect(mismatches(plan, liveEvents(plan))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('equals the list of all probes at every width, replayed', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 600 }).map(settling), (plan) => {
        expect(mismatches(plan, replayedEvents(plan))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('corrects rollups of probes whose records have been overwritten', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 600, more: ['very late', 'very late'] }), (plan) => {
        expect(mismatches(plan, liveEvents(plan), false)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('lets the oldest rollups of a tier go when their histograms fill its pool', () => {
    const tight = tiersOf(64, [2000, 8], [400, 8], [400, 32], [100, 64]);
    fc.assert(
      fc.property(plans({ spells: 12, longest: 1800 }), (plan) => {
        expect(mismatches(plan, liveEvents(plan), true, tight)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('keeps records for longer than rollups of 5 s, if that is how it comes', () => {
    const long = tiersOf(1024, [70, 64], [30, 64], [40, 64], [100, 64]);
    fc.assert(
      fc.property(plans({ spells: 12, longest: 600, more: ['very late', 'clock', 'clock'] }), (plan) => {
        expect(mismatches(plan, liveEvents(plan), false, long)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('leaps over times with nothing sent', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 300, more: ['away', 'away', 'away', 'clock', 'very late'] }), (plan) => {
        expect(mismatches(plan, liveEvents(plan), false)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('counts every probe once, whatever the wall clock does', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 600, more: ['clock', 'clock', 'clock'] }), (plan) => {
        expect(mismatches(plan, liveEvents(plan))).toEqual([]);
      }),
      { ...RUNS, examples: [[cutWithinRollups]] },
    );
  });
});
