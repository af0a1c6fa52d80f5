// A prober on a simulated network, with its events, for tests: one call sets all of it up.

import { PLAIN_HOST } from '../../src/events/endpoint-info.js';
import type { ProbeEvent } from '../../src/events/events.js';
import type { EndpointPlan, ProbePlan } from '../../src/probe/endpoint-plan.js';
import { Prober } from '../../src/probe/prober.js';
import type { RouteTable } from '../../src/probe/route/default-route.js';
import type { Millis } from '../../src/events/units.js';
import type { Family, IcmpSocket, Resolver } from '../../src/probe/ports.js';
import { SessionClock } from '../../src/probe/clock/session-clock.js';
import { SimulatedNetwork } from './simulated-network.js';
import { ManualClock } from './simulated-network-clock.js';

export type SessionOptions = Partial<Omit<ProbePlan, 'endpoints'>> & {
  /** Names or addresses; endpoint ids are their positions. */
  targets: readonly string[];
  /** Of every endpoint that has none of its own. */
  interval?: Millis;
  sizeBytes?: number;
  /** What an endpoint has of its own, by id. */
  own?: Readonly<Record<number, Partial<EndpointPlan>>>;
  family?: Family | null;
  firstSeq?: number;
  resolver?: Resolver;
  routes?: RouteTable;
  sockets?: Partial<Record<Family, IcmpSocket | null>>;
  /** Sees events as they come; `events` keeps them only where this is left out. */
  sink?: (event: ProbeEvent) => void;
};

export type SimulatedSession = {
  clock: ManualClock;
  network: SimulatedNetwork;
  sessionClock: SessionClock;
  prober: Prober;
  events: ProbeEvent[];
  /** The events of one type. */
  of: <T extends ProbeEvent['type']>(type: T) => Extract<ProbeEvent, { type: T }>[];
  done: () => boolean;
};

/** A plain host, 10 times a second unless told. */
export const planOf = (plan: Pick<EndpointPlan, 'id' | 'target'> & Partial<EndpointPlan>): EndpointPlan => ({
  ...PLAIN_HOST,
  label: plan.target,
  interval: 100,
  sizeBytes: 56,
  family: null,
  ...plan,
});

/** Deterministic bytes: the run's ids and cookie. */
const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => (i * 37 + 11 + count) & 255);

export const simulatedSession = (options: SessionOptions): SimulatedSession => {
  const clock = new ManualClock();
  const network = new SimulatedNetwork(clock);
  const sessionClock = new SessionClock(clock.monotonic, clock.wall, clock.uptime);
  const events: ProbeEvent[] = [];
  let done = 0;
  const {
    targets,
    family = null,
    firstSeq = 0,
    resolver,
    sockets,
    sink,
    own = {},
    routes = { defaultRoute: () => null },
    ...rest
  } = options;
  const { interval = 100, sizeBytes = 56, ...plan } = rest;
  const endpoints = targets.map((target, id) => ({
    ...planOf({ id, target, interval, sizeBytes, family }),
    firstSeq,
    ...own[id],
  }));
  const prober = new Prober(
    {
      timeout: 1000,
      count: null,
      resolveEvery: null,
      ...plan,
      endpoints,
    },
    {
      clock: clock.monotonic,
      sessionClock,
      timers: clock.timers,
      random: { bytes },
      resolver: resolver ?? { resolve: () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' })) },
      routes,
      sockets: { ...network.sockets, ...sockets },
    },
    sink ?? ((event) => events.push(event)),
    () => done++,
  );
  return {
    clock,
    network,
    sessionClock,
    prober,
    events,
    of: <T extends ProbeEvent['type']>(type: T) =>
      events.filter((event): event is Extract<ProbeEvent, { type: T }> => event.type === type),
    done: () => {
      if (done > 1) throw new Error('onDone was called more than once');
      return done === 1;
    },
  };
};
