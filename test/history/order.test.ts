// Any order of events that a network can produce gives the same final state: statistics, ledger, totals.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EPOCH_WIDTHS } from '../../src/history/epoch-widths.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { SessionHistory } from '../../src/history/session-history.js';
import { SessionTotals } from '../../src/history/totals/session-totals.js';
import { NaiveHistory } from './naive-history.js';
import { liveEvents, plans, randomFrom, replayedEvents, sessionInfo, settling, START } from './streams.js';
import type { Plan } from './streams.js';

/**
 * Sent events and gaps as they are; each outcome up to `most` events later than it came, so outcomes pass each other,
 * also those of one probe.
 */
const shuffled = (events: readonly ProbeEvent[], seed: number, most: number): ProbeEvent[] => {
  const random = randomFrom(seed);
  return events
    .map((event, index) => ({
      event,
      at: event.type === 'sent' || event.type === 'gap' ? index : index + 0.5 + Math.floor(random() * most),
    }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
};

/** Everything that a history can say. */
const stateOf = (plan: Plan, events: readonly ProbeEvent[]): unknown => {
  const history = new SessionHistory(sessionInfo(plan));
  for (const event of events) history.apply(event);
  return {
    endpoints: history.endpoints.map((endpoint) => ({
      lastRtt: endpoint.lastRtt,
      lastState: endpoint.lastState,
      baseline: endpoint.baseline,
      all: endpoint.span(-Infinity, Infinity),
      epochs: EPOCH_WIDTHS.map((width) => {
        const first = Math.floor(START / width);
        return endpoint.epochs(width, first, Math.floor((history.lastAt ?? START) / width) - first + 1);
      }),
    })),
    outages: history.outages.list(),
    events: history.outages.events,
    gaps: history.gaps,
  };
};

const totalsOf = (plan: Plan, events: readonly ProbeEvent[]): unknown => {
  const totals = new SessionTotals(sessionInfo(plan));
  for (const event of events) totals.apply(event);
  return {
    endpoints: totals.info.endpoints.map(({ id }) => totals.endpoint(id)),
    outages: totals.outages.list(),
    events: totals.outages.events,
  };
};

const some = plans({ spells: 8, longest: 60, endpoints: 2, more: ['very late', 'lossy', 'dead'] }).map(settling);
const RUNS = { numRuns: 30 };

describe('the order of events', () => {
  it('does not matter for history and ledger', () => {
    fc.assert(
      fc.property(some, fc.integer(), (plan, seed) => {
        const live = liveEvents(plan);
        expect(stateOf(plan, shuffled(live, seed, 300))).toEqual(stateOf(plan, live));
      }),
      RUNS,
    );
  });

  it('of a replayed record gives the history of the live run', () => {
    fc.assert(
      fc.property(some, (plan) => {
        expect(stateOf(plan, replayedEvents(plan))).toEqual(stateOf(plan, liveEvents(plan)));
      }),
      RUNS,
    );
  });

  it('of a replayed record gives the same totals to the digit', () => {
    fc.assert(
      fc.property(some, (plan) => {
        expect(totalsOf(plan, replayedEvents(plan))).toEqual(totalsOf(plan, liveEvents(plan)));
      }),
      RUNS,
    );
  });

  it('does not matter for totals where outcomes pass each other', () => {
    // Where nothing stands still, four events are not the second by which totals wait for longer than the timeout.
    const steady = some.map((plan) => ({
      ...plan,
      spells: plan.spells.filter(({ weather }) => !['gap', 'stall', 'idle'].includes(weather)),
    }));
    fc.assert(
      fc.property(steady, fc.integer(), (plan, seed) => {
        const live = liveEvents(plan);
        expect(totalsOf(plan, shuffled(live, seed, 4))).toEqual(totalsOf(plan, live));
      }),
      RUNS,
    );
  });

  it('leaves the outages that a list of all probes has', () => {
    fc.assert(
      fc.property(some, fc.integer(), (plan, seed) => {
        const naive = new NaiveHistory(plan.endpoints);
        const history = new SessionHistory(sessionInfo(plan));
        const totals = new SessionTotals(sessionInfo(plan));
        const random = randomFrom(seed);
        const live = liveEvents(plan);
        for (const event of live) {
          naive.apply(event);
          totals.apply(event);
        }
        for (const event of shuffled(live, seed, 300)) {
          history.apply(event);
          // Reading on the way must not change what comes out.
          if (random() < 0.05) history.outages.list();
        }
        const wanted = [...naive.outages(0), ...naive.outages(1)].sort(
          (a, b) => a.from - b.from || a.endpoint - b.endpoint,
        );
        expect(history.outages.list()).toEqual(wanted);
        expect(totals.outages.list()).toEqual(wanted);
      }),
      {
        numRuns: 100,
        // An outage in front of a gap, with nothing but void probes behind it.
        examples: [
          [
            {
              spells: [
                { weather: 'unsent', probes: 5 },
                { weather: 'gap', probes: 1 },
                { weather: 'void', probes: 11 },
              ],
              seed: 0,
              interval: 500,
              timeout: 1000,
              endpoints: 2,
              firstSeq: 0,
            },
            -997646103,
          ],
        ],
      },
    );
  });
});
