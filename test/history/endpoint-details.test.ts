import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionHistory } from '../../src/history/session-history.js';
import type { ProbeEvent } from '../../src/events/events.js';
import type { EndpointHistory } from '../../src/history/endpoint-history.js';
import { answered, lost, oneEndpoint, picture, sent, T } from './fixtures.js';
import { NaiveHistory } from './naive-history.js';
import { liveEvents, plans, sessionInfo } from './streams.js';

const endpointOf = (events: readonly ProbeEvent[]): EndpointHistory => {
  const history = new SessionHistory(oneEndpoint);
  for (const event of events) history.apply(event);
  return history.endpoints[0] as EndpointHistory;
};

describe('the RTTs of a span by length', () => {
  it('are counted in bins of rollups, a late one among them', () => {
    const events = [
      ...picture('...L'),
      sent(4, T + 2000),
      answered(4, 55),
      { ...answered(5, 900), uncertain: true as const },
    ];
    const counts = endpointOf(events).rttCounts(T, T + 10_000);
    expect(counts.map(({ count }) => count)).toEqual([3, 1, 1]);
    for (const [i, rtt] of [10, 55, 3000].entries()) expect(counts[i]?.rtt).toBeCloseTo(rtt, -Math.log10(rtt * 0.05));
  });

  it('are all there are, whatever the stream', () => {
    fc.assert(
      fc.property(plans({ spells: 8, longest: 200 }), (plan) => {
        const history = new SessionHistory(sessionInfo(plan));
        const naive = new NaiveHistory(plan.endpoints);
        for (const event of liveEvents(plan)) {
          history.apply(event);
          naive.apply(event);
        }
        const endpoint = history.endpoints[0] as EndpointHistory;
        const rtts = naive.inOrder(0).filter(({ micros, certain }) => micros !== null && certain);
        const counted = endpoint.rttCounts(-Infinity, Infinity).reduce((sum, { count }) => sum + count, 0);
        expect(counted).toBe(rtts.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('runs of losses', () => {
  it('are counted by length, and the newest of the longest is named', () => {
    const endpoint = endpointOf(picture('.x.xx..uu.x.'));
    expect(endpoint.lossRuns(T, T + 60_000)).toEqual({
      from: T,
      lengths: [
        { length: 1, count: 2 },
        { length: 2, count: 2 },
      ],
      longest: { length: 2, at: T + 7 * 500 },
    });
  });

  it('go on over what says nothing, and may last', () => {
    expect(endpointOf(picture('.xv-x')).lossRuns(T, T + 60_000).longest).toEqual({ length: 2, at: T + 500 });
  });

  it('are cut at the bounds of the span', () => {
    expect(endpointOf(picture('xxxx')).lossRuns(T + 500, T + 1500).longest).toEqual({ length: 2, at: T + 500 });
  });

  it('are none where nothing was lost, or sent', () => {
    expect(endpointOf(picture('...')).lossRuns(T, T + 60_000)).toMatchObject({ lengths: [], longest: null });
    expect(endpointOf([]).lossRuns(T, T + 60_000)).toMatchObject({ lengths: [], longest: null });
  });
});

describe('the newest probes', () => {
  it('come one by one, oldest first, without slots that were not sent', () => {
    const probes = endpointOf(picture('..x_L-')).newestProbes(4, T + 60_000);
    expect(probes.map(({ state, rtt }) => [state, rtt])).toEqual([
      ['answered', 10],
      ['lost', null],
      ['late', 3000],
      ['in-flight', null],
    ]);
    expect(probes[0]?.at).toBe(T + 500);
  });

  it('end where the view does', () => {
    expect(endpointOf(picture('......')).newestProbes(10, T + 1000)).toHaveLength(2);
    expect(endpointOf([]).newestProbes(10, T)).toEqual([]);
  });
});

describe('the time to live of replies', () => {
  const reply = (seq: number, ttl: number | null): ProbeEvent[] => [
    sent(seq, T + seq * 500),
    { type: 'answered', endpoint: 0, seq, rtt: 10, ttl },
  ];

  it('is that of the newest, and each change is kept with its time', () => {
    const { ttls } = endpointOf([
      ...reply(0, 57),
      ...reply(1, 57),
      ...reply(2, 56),
      ...reply(3, null),
      ...reply(4, 57),
    ]);
    expect(ttls.ttl).toBe(57);
    expect(ttls.list).toEqual([
      { at: T + 1000, ttl: 56, before: 57 },
      { at: T + 2000, ttl: 57, before: 56 },
    ]);
  });

  it('is not known without a reply, and a reply that was overtaken says nothing new', () => {
    expect(endpointOf([sent(0, T), lost(0)]).ttls).toMatchObject({ ttl: null, list: [] });
    const overtaken = endpointOf([sent(0, T), ...reply(1, 57), { ...answered(0, 900), ttl: 50 } as ProbeEvent]);
    expect(overtaken.ttls).toMatchObject({ ttl: 57, list: [] });
  });

  it('keeps the newest hundred changes', () => {
    const { ttls } = endpointOf(Array.from({ length: 300 }, (_, seq) => reply(seq, seq % 2 === 0 ? 57 : 56)).flat());
    expect(ttls.list).toHaveLength(100);
    expect(ttls.list.at(-1)?.at).toBe(T + 299 * 500);
  });
});
