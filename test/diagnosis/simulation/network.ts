// The network of a scenario: the events that a live run would have, in their order, as far as time is let pass.

import { hostInfo } from '../../support/endpoint-info.js';
import type { EndpointEvent, RemovedEvent, TrafficEvent } from '../../../src/events/events.js';
import type { ProbeEvent } from '../../../src/events/events.js';
import { randomFrom } from './random.js';
import type { Random } from './random.js';
import type { Distribution, Scenario, ScenarioEndpoint, ScenarioFault } from './scenario.js';

/** When scenarios start: a whole minute. */
export const START = 1_763_826_000_000;
const CHUNK = 10;
const LINE_BYTES = 12_500_000;
const FIRST_HOP = 2;

export type SimulatedEvent = ProbeEvent | EndpointEvent | RemovedEvent | TrafficEvent;
type Timed = { at: number; event: SimulatedEvent };

/** An endpoint's share of the scenario, and where it stands. Times in seconds. */
type Source = {
  id: number;
  endpoint: ScenarioEndpoint;
  faults: readonly ScenarioFault[];
  interval: number;
  next: number;
  slot: number;
  first: number;
  seq: number;
  nextSpike: number;
  lastAnswered: number;
};

/** What the faults of an instant come to. */
type Weather = {
  loss: number;
  late: number;
  add: number;
  jitter: number;
  dist: Distribution;
  limit: number | null;
  hold: number | null;
  error: string | null;
};

export class SimulatedNetwork {
  readonly #scenario: Scenario;
  readonly #random: Random;
  readonly #timeout: number;
  readonly #sources: Source[];
  #pending: Timed[] = [];
  #now = 0;

  constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario;
    this.#random = randomFrom(seed);
    this.#timeout = scenario.timeout ?? 2;
    this.#sources = scenario.endpoints.map((endpoint, id) => this.#source(endpoint, id));
    this.#plan();
  }

  /** Lets time pass up to then, in seconds from the start. */
  run(until: number, sink: (event: SimulatedEvent) => void): void {
    while (this.#now < until) {
      this.#now = Math.min(until, this.#now + CHUNK);
      for (const source of this.#sources) this.#probe(source, this.#now);
      const due: Timed[] = [];
      const later: Timed[] = [];
      for (const timed of this.#pending) (timed.at < this.#now ? due : later).push(timed);
      this.#pending = later;
      due.sort((a, b) => a.at - b.at);
      for (const { event } of due) sink(event);
    }
  }

  #source(endpoint: ScenarioEndpoint, id: number): Source {
    const { scenario, random } = { scenario: this.#scenario, random: this.#random };
    const interval = endpoint.interval ?? scenario.interval;
    const first = (endpoint.from ?? 0) + (interval * id) / scenario.endpoints.length;
    return {
      id,
      endpoint,
      faults: (scenario.faults ?? []).filter(({ on }) => on === 'all' || on.includes(endpoint.name)),
      interval,
      first,
      next: first,
      slot: 0,
      seq: 0,
      nextSpike: 17 + (scenario.spike_mode === 'probe' ? random.uniform() * 40 : 0),
      lastAnswered: -9,
    };
  }

  /** Everything but the probes. */
  #plan(): void {
    const { endpoints, interval, traffic, suspend = [], stall = [], resolved = [], duration } = this.#scenario;
    endpoints.forEach((endpoint, id) => {
      const { name, place, n, from = 0, to } = endpoint;
      this.#push(from, {
        type: 'endpoint',
        endpoint: id,
        info: hostInfo({
          id,
          target: name,
          kind: place === 'beyond' ? 'host' : place,
          hop: n === undefined ? null : FIRST_HOP + n,
          interval: (endpoint.interval ?? interval) * 1000,
        }),
        at: START + from * 1000,
      });
      if (to !== undefined) this.#push(to, { type: 'removed', endpoint: id, at: START + to * 1000 });
    });
    for (const [from, to] of suspend) this.#gap(from, to, 'suspend');
    for (const [from, to] of stall) {
      this.#push(to, { type: 'stall', from: START + from * 1000, to: START + to * 1000 });
      this.#gap(from, to, 'stall');
    }
    for (const { at, on, address } of resolved) {
      const id = endpoints.findIndex(({ name }) => name === on);
      this.#push(at, { type: 'resolved', endpoint: id, address, at: START + at * 1000 });
    }
    if (traffic === undefined) return;
    // The line has been seen full before.
    this.#traffic(0, 1);
    for (let at = 1; at <= duration; at++) {
      const share = traffic.reduce((now, [from, to, value]) => (from < at && at <= to ? value : now), 0);
      this.#traffic(at, share);
    }
  }

  #gap(from: number, to: number, reason: 'suspend' | 'stall'): void {
    this.#push(to, { type: 'gap', from: START + from * 1000, to: START + to * 1000, reason });
  }

  #traffic(at: number, share: number): void {
    const bytes = Math.round(share * LINE_BYTES);
    this.#push(at, {
      type: 'traffic',
      at: START + at * 1000,
      receivedBytes: [bytes],
      sentBytes: [Math.round(bytes / 40)],
    });
  }

  #push(at: number, event: SimulatedEvent): void {
    this.#pending.push({ at, event });
  }

  #probe(source: Source, until: number): void {
    const { suspend = [], stall = [] } = this.#scenario;
    const { endpoint, id } = source;
    const end = Math.min(until, endpoint.to ?? Infinity);
    for (; source.next < end; source.next = source.first + ++source.slot * source.interval) {
      const sent = source.next;
      if (isWithin(suspend, sent) || isWithin(stall, sent)) continue;
      const seq = source.seq++;
      this.#push(sent, { type: 'sent', endpoint: id, seq, at: START + sent * 1000 });
      const weather = weatherAt(source, sent);
      const rtt = this.#rtt(source, sent, weather);
      const isAnswered = weather.error === null && this.#isAnswered(source, sent, weather, rtt);
      const settled = weather.error !== null ? sent : sent + (isAnswered ? rtt / 1000 : this.#timeout);
      const woken = suspend.find(([from]) => sent < from && from <= settled);
      if (woken !== undefined) this.#push(woken[1], { type: 'void', endpoint: id, seq });
      else if (weather.error !== null) this.#push(sent, { type: 'unsent', endpoint: id, seq, error: weather.error });
      else if (isAnswered) {
        // What arrives over a stall is read when it is over; the kernel has stamped it.
        const read = stall.find(([from, to]) => from <= settled && settled < to)?.[1] ?? settled;
        this.#push(read, { type: 'answered', endpoint: id, seq, rtt, ttl: 57 });
      } else {
        this.#push(settled, { type: 'lost', endpoint: id, seq });
        const late = rtt / 1000 > this.#timeout ? rtt : null;
        if (late !== null) this.#push(sent + late / 1000, { type: 'late', endpoint: id, seq, rtt: late, ttl: 57 });
      }
    }
  }

  #isAnswered(source: Source, sent: number, { loss, late, limit }: Weather, rtt: number): boolean {
    const { uniform } = this.#random;
    if (uniform() < loss) return false;
    if (uniform() < late) {
      // It is late by up to a second.
      const took = (this.#timeout + uniform()) * 1000;
      this.#push(sent + took / 1000, { type: 'late', endpoint: source.id, seq: source.seq - 1, rtt: took, ttl: 57 });
      return false;
    }
    if (rtt >= this.#timeout * 1000) return false;
    if (limit !== null && sent - source.lastAnswered < 1 / limit - 1e-9) return false;
    source.lastAnswered = sent;
    return true;
  }

  #rtt(source: Source, sent: number, { add, jitter, dist, hold }: Weather): number {
    const { uniform, gauss } = this.#random;
    const { spike, spike_mode } = this.#scenario;
    let rtt = source.endpoint.rtt + add;
    if (dist === 'gauss') rtt += Math.abs(gauss() * jitter);
    else if (dist === 'lognormal') rtt += jitter * Math.exp(gauss());
    else rtt += jitter * ((1 - uniform()) ** (-1 / 1.6) - 1);
    if (spike !== undefined) {
      if (sent >= source.nextSpike + 0.3) source.nextSpike += 60;
      if (sent >= source.nextSpike) {
        rtt += spike_mode === 'probe' ? spike : Math.max(0, spike - 1000 * (sent - source.nextSpike));
        if (spike_mode === 'probe') source.nextSpike += 60;
      }
    }
    return hold === null ? rtt : rtt + (hold - sent) * 1000;
  }
}

const isWithin = (spans: readonly (readonly [number, number])[], at: number): boolean =>
  spans.some(([from, to]) => from <= at && at < to);

const weatherAt = ({ endpoint, faults }: Source, at: number): Weather => {
  const weather: Weather = {
    loss: endpoint.loss ?? 0,
    late: 0,
    add: 0,
    jitter: endpoint.jitter ?? 1,
    dist: endpoint.dist ?? 'gauss',
    limit: null,
    hold: null,
    error: null,
  };
  for (const fault of faults) {
    if (at < fault.from || at >= fault.to) continue;
    if (fault.every !== undefined && (at - fault.from) % fault.every >= (fault.lasts ?? 0)) continue;
    weather.loss = 1 - (1 - weather.loss) * (1 - (fault.loss ?? 0));
    weather.late += fault.late ?? 0;
    weather.add += (fault.add ?? 0) * shapeOf(fault, at);
    weather.jitter = Math.max(weather.jitter, fault.jitter ?? 0);
    weather.dist = fault.dist ?? weather.dist;
    weather.limit = fault.limit ?? weather.limit;
    if (fault.hold === true) weather.hold = fault.to;
    if (fault.unsent === true) weather.error = fault.error ?? 'ENETUNREACH';
  }
  return weather;
};

const shapeOf = ({ shape, from, to, period = 1 }: ScenarioFault, at: number): number => {
  if (shape === 'ramp') return (at - from) / (to - from);
  if (shape === 'sine') return 0.5 - 0.5 * Math.cos((2 * Math.PI * (at - from)) / period);
  return 1;
};
