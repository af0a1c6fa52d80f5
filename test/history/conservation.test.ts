// One state per probe, always: the states of every endpoint and every epoch add up to its slots at every instant.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochStats } from '../../src/history/statistics/epoch-stats.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { slotsOf } from '../../src/events/probe-state.js';
import { SessionHistory } from '../../src/history/session-history.js';
import { SessionTotals } from '../../src/history/totals/session-totals.js';
import { answered, late, lost, oneEndpoint, picture, sent, T, unreachable, unsent, voided } from './fixtures.js';
import { liveEvents, plans, replayedEvents, sessionInfo, START } from './streams.js';

const WIDTHS = [1000, 5000, 60_000];

const allEpochs = (history: SessionHistory, id: number, width: number): readonly EpochStats[] => {
  const first = Math.floor(START / width) - 1;
  const count = Math.floor((history.lastAt ?? START) / width) - first + 2;
  return history.endpoints[id]?.epochs(width, first, count) ?? [];
};

describe('slots', () => {
  it('are the sum of the states at every instant, for every endpoint and epoch', () => {
    const short = plans({ spells: 6, longest: 20, endpoints: 2 });
    fc.assert(
      fc.property(short, fc.boolean(), (plan, isReplay) => {
        const info = sessionInfo(plan);
        const history = new SessionHistory(info);
        const totals = new SessionTotals(info);
        const slots = [0, 0];
        for (const event of isReplay ? replayedEvents(plan) : liveEvents(plan)) {
          history.apply(event);
          totals.apply(event);
          if (event.type === 'sent') slots[event.endpoint] = (slots[event.endpoint] ?? 0) + 1;
          for (const [id, wanted] of slots.entries()) {
            for (const width of WIDTHS) {
              const epochs = allEpochs(history, id, width);
              expect(epochs.filter((epoch) => epoch.slots !== slotsOf(epoch.counts))).toEqual([]);
              expect(epochs.reduce((sum, epoch) => sum + epoch.slots, 0)).toBe(wanted);
            }
            const total = totals.endpoint(id);
            expect(slotsOf(total.counts)).toBe(wanted);
            expect(total.slots).toBe(wanted);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('a late reply', () => {
  it('moves exactly one probe of exactly one epoch', () => {
    fc.assert(
      fc.property(plans({ spells: 6, longest: 60, more: ['late', 'very late'] }), (plan) => {
        const history = new SessionHistory(sessionInfo(plan));
        for (const event of liveEvents(plan)) {
          if (event.type !== 'late') {
            history.apply(event);
            continue;
          }
          const before = WIDTHS.map((width) => allEpochs(history, 0, width));
          history.apply(event);
          WIDTHS.forEach((width, w) => {
            const after = allEpochs(history, 0, width);
            const moved = after.filter((epoch, i) => !isDeepStrictEqual(epoch, before[w]?.[i]));
            expect(moved).toHaveLength(1);
            const [now] = moved as [EpochStats];
            const was = before[w]?.find((epoch) => epoch.from === now.from) as EpochStats;
            expect(now.counts).toEqual({ ...was.counts, lost: was.counts.lost - 1, late: was.counts.late + 1 });
          });
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the state of a probe', () => {
  const outcomes: Record<string, ProbeEvent> = {
    lost: lost(0),
    unreachable: unreachable(0),
    late: late(0, 3000),
    answered: answered(0, 10),
    unsent: unsent(0, 'EPERM'),
    void: voided(0),
  };
  const stateAfter = (...names: string[]): string | undefined => {
    const history = new SessionHistory(oneEndpoint);
    history.apply(sent(0, T));
    for (const name of names) history.apply(outcomes[name] as ProbeEvent);
    const counts = history.endpoints[0]?.span(-Infinity, Infinity).counts ?? {};
    return Object.entries(counts).find(([, count]) => count === 1)?.[0];
  };

  it('is in-flight at first, and then what came', () => {
    expect(stateAfter()).toBe('inFlight');
    for (const name of Object.keys(outcomes)) expect(stateAfter(name)).toBe(name);
  });

  it('rises from lost over unreachable and late to answered, in whatever order that comes', () => {
    const rising = ['lost', 'unreachable', 'late', 'answered'];
    rising.forEach((low, i) => {
      for (const high of rising.slice(i)) {
        expect(stateAfter(low, high)).toBe(high);
        expect(stateAfter(high, low)).toBe(high);
      }
    });
  });

  it('stays unsent or void for good, and never becomes it later', () => {
    for (const other of Object.keys(outcomes)) {
      expect(stateAfter('unsent', other)).toBe('unsent');
      expect(stateAfter('void', other)).toBe('void');
      expect(stateAfter(other, 'unsent')).toBe(other);
      expect(stateAfter(other, 'void')).toBe(other);
    }
  });

  it('is not changed by the same outcome again: the first reply has the RTT', () => {
    const history = new SessionHistory(oneEndpoint);
    for (const event of [sent(0, T), answered(0, 10), answered(0, 99)]) history.apply(event);
    for (const event of [sent(1, T + 1), late(1, 20), late(1, 98)]) history.apply(event);
    expect(history.endpoints[0]?.span(T, T + 1000)).toMatchObject({ slots: 2, min: 10, max: 20 });
  });

  it('of the newest settled probe is what the endpoint shows, void ones apart', () => {
    const history = new SessionHistory(oneEndpoint);
    const [endpoint] = history.endpoints;
    const shown = (): [unknown, unknown] => [endpoint?.lastState, endpoint?.lastRtt];
    expect(shown()).toEqual([null, null]);
    for (const event of picture('.-x-v')) history.apply(event);
    expect(shown()).toEqual(['lost', null]);
    history.apply(answered(1, 44));
    expect(shown()).toEqual(['lost', null]);
    history.apply(late(2, 3000));
    expect(shown()).toEqual(['late', 3000]);
    history.apply(answered(3, 7.25));
    expect(shown()).toEqual(['answered', 7.25]);
  });

  it('is not made by events of probes or endpoints that nobody knows', () => {
    const history = new SessionHistory(oneEndpoint);
    history.apply(answered(0, 1));
    history.apply(sent(0, T, 7));
    history.apply(sent(5, T));
    const { revision } = history;
    for (const event of [answered(6, 1), answered(4, 1), sent(5, T + 1), lost(0, 3)]) history.apply(event);
    expect(history.revision).toBe(revision);
    expect(history.endpoints[0]?.span(-Infinity, Infinity).slots).toBe(1);
  });
});
