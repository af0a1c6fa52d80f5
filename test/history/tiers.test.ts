// Random streams through all tiers, kept tiny so that every tier is crossed, against the list of all probes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EPOCH_WIDTHS } from '../../src/history/epoch-widths.js';
import type { EpochStats } from '../../src/history/epoch-stats.js';
import { SessionHistory } from '../../src/history/session-history.js';
import type { Tiers } from '../../src/history/tiers.js';
import { NaiveHistory, naiveStats } from './naive-history.js';
import { liveEvents, plans, replayedEvents, sessionInfo, START, type Plan } from './streams.js';

const KIB = 1024;
const tiny: Tiers = {
  records: 64,
  fine: { rows: 150, poolBytes: 64 * KIB },
  coarse: { rows: 40, poolBytes: 64 * KIB },
  hour: { rows: 100, poolBytes: 64 * KIB },
};

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
  near('median', got.median, want.median, 0.025);
  near('p95', got.p95, want.p95, 0.025);
  return wrong;
};

const compare = (plan: Plan, events: ReturnType<typeof liveEvents>, runs = true): void => {
  const history = new SessionHistory(sessionInfo(plan), { tiers: tiny });
  const naive = new NaiveHistory(plan.endpoints);
  for (const event of events) {
    history.apply(event);
    naive.apply(event);
  }
  history.endpoints.forEach((endpoint, id) => {
    const probes = naive.inOrder(id);
    const last = probes.at(-1)?.at ?? START;
    for (const width of EPOCH_WIDTHS) {
      const first = Math.floor(START / width) - 2;
      const count = Math.floor(last / width) - first + 3;
      let counted = 0;
      for (const epoch of endpoint.epochs(width, first, count)) {
        const inside = probes.filter((probe) => probe.at >= epoch.from && probe.at < epoch.to);
        expect(differences(epoch, naiveStats(inside), runs), `width ${width}, epoch ${epoch.from - START}`).toEqual([]);
        if (!epoch.coarse) counted += epoch.slots;
      }
      if (width >= 3_600_000) expect(counted).toBe(probes.length);
    }
    const all = endpoint.span(-Infinity, Infinity);
    expect(differences(all, naiveStats(probes), runs)).toEqual([]);
  });
};

describe('history in tiers', () => {
  it('equals the list of all probes at every width, live', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 700 }), (plan) => compare(plan, liveEvents(plan))),
      { numRuns: 60 },
    );
  });

  it('equals the list of all probes at every width, replayed', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 700 }), (plan) => compare(plan, replayedEvents(plan))),
      { numRuns: 60 },
    );
  });

  it('corrects rollups of probes whose records have been overwritten', () => {
    fc.assert(
      fc.property(plans({ spells: 12, longest: 700, veryLate: true }), (plan) =>
        compare(plan, liveEvents(plan), false),
      ),
      { numRuns: 60 },
    );
  });
});
