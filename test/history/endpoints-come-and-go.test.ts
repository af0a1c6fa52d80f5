// Endpoints that are added, changed and removed while a session runs, in history and in totals alike.

import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import { SessionHistory } from '../../src/history/session-history.js';
import { SessionTotals } from '../../src/history/totals/session-totals.js';
import { hostInfo } from '../support/endpoint-info.js';

const T = 1_763_826_000_000;

const info: SessionInfo = {
  startedAt: T,
  interval: 100,
  timeout: 1000,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: [hostInfo({ id: 0, target: 'a' })],
};

const probes = (endpoint: number, from: number, count: number, interval: number, lost = false): ProbeEvent[] =>
  Array.from({ length: count }, (_, seq): ProbeEvent[] => [
    { type: 'sent', endpoint, seq, at: from + seq * interval },
    lost ? { type: 'lost', endpoint, seq } : { type: 'answered', endpoint, seq, rtt: 5, ttl: 64 },
  ]).flat();

const added = hostInfo({ id: 1, target: 'b', interval: 50, sizeBytes: 1000 });

const feed = (events: readonly ProbeEvent[]) => {
  const history = new SessionHistory(info);
  const totals = new SessionTotals(info);
  for (const event of events) {
    history.apply(event);
    totals.apply(event);
  }
  return { history, totals };
};

describe('an endpoint that is added', () => {
  const events: ProbeEvent[] = [
    ...probes(0, T, 50, 100),
    { type: 'endpoint', endpoint: 1, info: added, at: T + 5000 },
    ...probes(1, T + 5000, 100, 50, true),
  ];

  it('has a history and totals of its own from then on', () => {
    const { history, totals } = feed(events);
    expect(history.endpoints.map((endpoint) => endpoint.info.target)).toEqual(['a', 'b']);
    expect(history.endpoints[1]?.span(-Infinity, Infinity).counts.lost).toBe(100);
    expect(totals.endpoint(1)).toMatchObject({ slots: 100, loss: 1 });
    expect(totals.outages.list()).toMatchObject([{ endpoint: 1, lost: 100 }]);
    expect(history.outages.list()).toEqual(totals.outages.list());
    expect(history.outages.events).toMatchObject([{ type: 'added', endpoint: 1, at: T + 5000 }]);
  });

  it('keeps its past when it is removed, and counts no more for who is present', () => {
    const { history, totals } = feed([...events, { type: 'removed', endpoint: 1, at: T + 10_000 }]);
    expect(history.endpoints[1]?.removedAt).toBe(T + 10_000);
    expect(totals.endpoints.map(({ id }) => id)).toEqual([0, 1]);
    expect(totals.present.map(({ id }) => id)).toEqual([0]);
    expect(totals.endpoint(1).slots).toBe(100);
  });

  it('is ignored where its id leaves a hole', () => {
    const { history, totals } = feed([{ type: 'endpoint', endpoint: 5, info: { ...added, id: 5 }, at: T }]);
    expect(history.endpoints).toHaveLength(1);
    expect(totals.endpoints).toHaveLength(1);
  });
});

describe('an endpoint that is changed', () => {
  it('goes on with its own past under another label and interval', () => {
    const changed = hostInfo({ id: 0, target: 'a', label: 'home', interval: 1 });
    const { history, totals } = feed([
      ...probes(0, T, 10, 100),
      { type: 'endpoint', endpoint: 0, info: changed, at: T + 1000 },
    ]);
    expect(history.endpoints[0]?.info.label).toBe('home');
    expect(history.endpoints[0]?.span(-Infinity, Infinity).slots).toBe(10);
    expect(totals.endpoints[0]?.interval).toBe(1);
  });
});

describe('a gap of one endpoint', () => {
  it('is no gap of the others, and parts no outage of theirs', () => {
    const two = { ...info, endpoints: [hostInfo({ id: 0, target: 'a' }), hostInfo({ id: 1, target: 'b' })] };
    const history = new SessionHistory(two);
    const totals = new SessionTotals(two);
    const events: ProbeEvent[] = [
      ...probes(0, T, 40, 100, true),
      ...probes(1, T, 40, 100, true),
      { type: 'gap', endpoint: 1, from: T + 2001, to: T + 2050, reason: 'stopped' },
    ];
    for (const event of events) {
      history.apply(event);
      totals.apply(event);
    }
    expect(history.endpoints[0]?.span(T, T + 4000).gap).toBe(0);
    expect(history.endpoints[1]?.span(T, T + 4000).gap).toBe(49);
    expect(history.outages.list().map(({ endpoint }) => endpoint)).toEqual([0, 1, 1]);
    expect(totals.outages.list()).toEqual(history.outages.list());
    // A gap of the session that comes later is one of both.
    history.apply({ type: 'gap', from: T + 3001, to: T + 3011, reason: 'stopped' });
    expect(history.endpoints.map((endpoint) => endpoint.span(T, T + 4000).gap)).toEqual([10, 59]);
  });
});
