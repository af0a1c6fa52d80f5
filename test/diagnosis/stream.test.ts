// The stream as it may come: out of order, late, with gaps, with endpoints that come and go.

import { describe, expect, it } from 'vitest';
import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { hostInfo } from '../support/endpoint-info.js';
import type { EndpointInfo } from '../../src/events/endpoint-info.js';
import type { EndpointEvent, ProbeEvent } from '../../src/events/events.js';
import type { VerdictEvent } from '../../src/events/verdict.js';
import { SimulatedNetwork, START } from './simulation/network.js';
import type { SimulatedEvent } from './simulation/network.js';
import type { Scenario } from './simulation/scenario.js';

const outage: Scenario = {
  name: 'outage',
  duration: 200,
  interval: 0.2,
  endpoints: [
    { name: 'gw', place: 'gateway', rtt: 2, loss: 0.01 },
    { name: 'isp', place: 'provider', rtt: 9, loss: 0.01 },
    { name: 'a', place: 'beyond', rtt: 15, loss: 0.01 },
    { name: 'b', place: 'beyond', rtt: 90, loss: 0.01 },
  ],
  faults: [{ from: 100, to: 130, on: ['isp', 'a', 'b'], loss: 0.5, late: 0.2 }],
  expect: [],
};

const eventsOf = (scenario: Scenario, seed: number): SimulatedEvent[] => {
  const events: SimulatedEvent[] = [];
  new SimulatedNetwork(scenario, seed).run(scenario.duration, (event) => events.push(event));
  return events;
};

const verdictsOf = (events: readonly ProbeEvent[]): VerdictEvent[] => {
  const verdicts: VerdictEvent[] = [];
  const diagnosis = new Diagnosis({ timeout: 2000, onVerdict: (verdict) => verdicts.push(verdict) });
  for (const event of events) diagnosis.apply(event);
  return verdicts;
};

/** As a record has them: a probe's line is written when it settles, and says when it was sent. */
const asRecorded = (events: readonly SimulatedEvent[]): SimulatedEvent[] => {
  const sent = new Map<string, ProbeEvent>();
  return events.flatMap((event): SimulatedEvent[] => {
    if (event.type === 'sent') {
      sent.set(`${event.endpoint} ${event.seq}`, event);
      return [];
    }
    if (!('seq' in event)) return [event];
    const first = sent.get(`${event.endpoint} ${event.seq}`);
    sent.delete(`${event.endpoint} ${event.seq}`);
    return first === undefined ? [event] : [first, event];
  });
};

const endpointEvent = (id: number, more: Partial<EndpointInfo> = {}, at = START): EndpointEvent => ({
  type: 'endpoint',
  endpoint: id,
  info: hostInfo({ id, target: `host ${id}`, interval: 200, ...more }),
  at,
});

describe('a stream', () => {
  it.each([1, 2, 3, 4, 5])('that is replayed from a record says the same (seed %i)', (seed) => {
    const live = eventsOf({ ...outage, suspend: [[160, 175]], stall: [[40, 43]] }, seed);
    expect(verdictsOf(asRecorded(live))).toEqual(verdictsOf(live));
  });

  it('says the same again where it holds verdicts already', () => {
    const live = eventsOf(outage, 1);
    const verdicts = verdictsOf(live);
    expect(verdictsOf([...live.slice(0, 3000), ...verdicts, ...live.slice(3000)])).toEqual(verdicts);
  });

  it('keeps a late probe bad, whether it was called lost before or not', () => {
    const live = eventsOf({ ...outage, faults: [{ from: 100, to: 130, on: ['isp', 'a', 'b'], late: 0.5 }] }, 2);
    expect(verdictsOf(live).map(({ code }) => code)).toEqual(['starting', 'fine', 'provider', 'fine']);
    const late = new Set(live.flatMap((event) => (event.type === 'late' ? [`${event.endpoint} ${event.seq}`] : [])));
    const isEarly = (event: SimulatedEvent): boolean =>
      event.type === 'lost' && late.has(`${event.endpoint} ${event.seq}`);
    const withoutLost = live.filter((event) => !isEarly(event));
    expect(verdictsOf(withoutLost).map(({ code }) => code)).toEqual(['starting', 'fine', 'provider', 'fine']);
  });

  it('ignores what it can make nothing of', () => {
    const strange: ProbeEvent[] = [
      { type: 'sent', endpoint: 70, seq: 0, at: START },
      { type: 'answered', endpoint: 3, seq: 999_999, rtt: 1, ttl: null },
      { type: 'lost', endpoint: 0, seq: 2 ** 47 },
      { type: 'removed', endpoint: 12, at: START },
      { type: 'gap', from: START + 5000, to: START + 4000, reason: 'suspend' },
      { type: 'mark', at: START, text: '' },
    ];
    const live = eventsOf(outage, 1);
    expect(verdictsOf([...live.slice(0, 500), ...strange, ...live.slice(500)])).toEqual(verdictsOf(live));
  });

  it('forgets who is removed, and takes 70 endpoints at 1 ms', () => {
    const diagnosis = new Diagnosis({ timeout: 2000 });
    for (let id = 0; id < 70; id++) diagnosis.apply(endpointEvent(id, { interval: 1 }));
    for (let seq = 0; seq < 6000; seq++) {
      for (let id = 0; id < 70; id++) {
        diagnosis.apply({ type: 'sent', endpoint: id, seq, at: START + seq });
        if (id < 69) diagnosis.apply({ type: 'answered', endpoint: id, seq, rtt: 0.5, ttl: 64 });
        else if (seq >= 2000) diagnosis.apply({ type: 'lost', endpoint: id, seq: seq - 2000 });
      }
    }
    expect(diagnosis.endpoint(69)?.conditions).toEqual(['silent']);
    diagnosis.apply({ type: 'removed', endpoint: 69, at: START + 6000 });
    expect(diagnosis.endpoint(69)).toBeNull();
    expect(diagnosis.verdict?.code).toBe('fine');
  });

  it('takes sequences of 48 bits, holes and years', () => {
    const diagnosis = new Diagnosis({ timeout: 2000 });
    diagnosis.apply(endpointEvent(0));
    const first = 2 ** 47;
    for (let index = 0; index < 1000; index++) {
      const seq = first + 3 * index;
      diagnosis.apply({ type: 'sent', endpoint: 0, seq, at: START + index * 200 });
      diagnosis.apply({ type: 'answered', endpoint: 0, seq, rtt: 10, ttl: 64 });
    }
    const year = START + 365 * 86_400_000;
    diagnosis.apply({ type: 'sent', endpoint: 0, seq: first + 10_000, at: year });
    diagnosis.apply({ type: 'sent', endpoint: 0, seq: first + 10_001, at: year + 5000 });
    expect(diagnosis.verdict?.code).toBe('fine');
    expect(diagnosis.endpoint(0)?.usualP50).toBeCloseTo(10, 0);
  });

  it('has the episodes', () => {
    const diagnosis = new Diagnosis({ timeout: 2000 });
    const faults = [{ from: 100, to: 130, on: ['isp', 'a', 'b'], loss: 1 }];
    new SimulatedNetwork({ ...outage, faults }, 1).run(200, (event) => diagnosis.apply(event));
    const [episode, ...more] = diagnosis.episodes;
    expect(more).toEqual([]);
    expect(episode).toMatchObject({ code: 'provider', endpoints: [1, 2, 3], worstLoss: 1, outages: 3 });
    expect((episode?.from ?? 0) - START).toBeCloseTo(100_000, -3);
    expect((episode?.to ?? 0) - START).toBeCloseTo(130_000, -3);
  });
});
