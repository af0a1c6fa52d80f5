// Made-up sessions: what a network could do to a run of probes, as events in the order in which a live run, or a replayed
// record, would bring them. Deterministic: everything follows from the plan and its seed.

import fc from 'fast-check';
import { hostInfo } from '../support/endpoint-info.js';
import type { GapReason, OutcomeEvent, ProbeEvent } from '../../src/events/events.js';
import type { SessionInfo } from '../../src/events/session-info.js';

export const START = 1_763_826_054_123;

export type Weather =
  | 'good'
  | 'lossy'
  | 'dead'
  | 'unsent'
  | 'unreachable'
  | 'late'
  | 'very late'
  | 'void'
  | 'uncertain'
  | 'unfinished'
  | 'gap'
  | 'stall'
  | 'idle'
  | 'away'
  | 'clock';

/**
 * So many probes of the same weather in a row; a gap, stall or idle time is as long as so many intervals (away: minutes); a
 * clock step is one. */
export type Spell = { weather: Weather; probes: number };

export type Plan = {
  spells: Spell[];
  seed: number;
  interval: number;
  timeout: number;
  endpoints: number;
  firstSeq: number;
};

export const sessionInfo = (plan: Pick<Plan, 'interval' | 'timeout' | 'endpoints'>): SessionInfo => ({
  startedAt: START,
  interval: plan.interval,
  timeout: plan.timeout,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: Array.from({ length: plan.endpoints }, (_, id) =>
    hostInfo({
      id,
      target: `192.0.2.${id + 1}`,
      label: `host ${id}`,
      address: null,
      interval: plan.interval,
    }),
  ),
});

/** mulberry32: small, good enough, the same everywhere. */
export const randomFrom = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

type Timed = { at: number; event: ProbeEvent };

/** An hour either way, whole and odd seconds, next to nothing, days. */
const OFFSETS = [3_600_000, -3_600_000, 15_000, 3_217.25, -12.5, 2 * 86_400_000 + 151_000, 0];

const ERRORS = ['ENETUNREACH', 'EPERM', 'ENETDOWN'];

/** An RTT of a path with a queue on it: mostly near 12 ms, with a long tail. */
const makeRtt = (random: () => number): number => Math.round(1000 * (10 + 3 * random() + 40 * random() ** 8)) / 1000;

/** All events with the instants at which they happen, not in order. */
const happenings = (plan: Plan): Timed[] => {
  const random = randomFrom(plan.seed);
  const all: Timed[] = [];
  const { interval, timeout } = plan;
  for (let endpoint = 0; endpoint < plan.endpoints; endpoint++) {
    let seq = plan.firstSeq;
    let slot = START + (endpoint * interval) / plan.endpoints;
    for (const { weather, probes } of plan.spells) {
      if (weather === 'clock') {
        const offset = OFFSETS[probes % OFFSETS.length] as number;
        if (endpoint === 0) all.push({ at: slot - 0.1 * interval, event: { type: 'clock', at: slot, offset } });
        continue;
      }
      if (weather === 'away') {
        slot += probes * 60_000;
        continue;
      }
      if (weather === 'gap' || weather === 'stall' || weather === 'idle') {
        const reason: GapReason = weather === 'stall' ? 'stall' : 'suspend';
        const to = slot + (probes - 0.5) * interval;
        if (weather !== 'idle' && endpoint === 0) {
          all.push({ at: to, event: { type: 'gap', from: slot - 0.4 * interval, to, reason } });
        }
        slot += probes * interval;
        continue;
      }
      for (let i = 0; i < probes; i++, seq++, slot += interval) {
        const at = slot + Math.round(random() * 200) / 1000;
        all.push({ at, event: { type: 'sent', endpoint, seq, at } });
        const rtt = makeRtt(random);
        const lost: OutcomeEvent = { type: 'lost', endpoint, seq };
        const fate = weather === 'lossy' ? (random() < 0.3 ? 'dead' : random() < 0.1 ? 'late' : 'good') : weather;
        if (fate === 'good') all.push({ at: at + rtt, event: { type: 'answered', endpoint, seq, rtt, ttl: 57 } });
        else if (fate === 'uncertain') {
          all.push({ at: at + rtt, event: { type: 'answered', endpoint, seq, rtt, ttl: null, uncertain: true } });
        } else if (fate === 'dead') all.push({ at: at + timeout, event: lost });
        else if (fate === 'late' || fate === 'very late') {
          const delay = timeout + (fate === 'late' ? rtt * 30 : interval * 400 * (1 + random()));
          all.push({ at: at + timeout, event: lost });
          all.push({
            at: at + delay,
            event: { type: 'late', endpoint, seq, rtt: Math.round(delay * 1000) / 1000, ttl: 57 },
          });
        } else if (fate === 'unsent') {
          const error = ERRORS[Math.floor(random() * 3)] as string;
          all.push({ at, event: { type: 'unsent', endpoint, seq, error } });
        } else if (fate === 'unreachable') {
          const from = '192.0.2.254';
          all.push({ at: at + rtt, event: { type: 'unreachable', endpoint, seq, from, icmpType: 3, icmpCode: 1 } });
          // Now and then the host answers after all.
          if (random() < 0.1)
            all.push({ at: at + 2 * rtt, event: { type: 'answered', endpoint, seq, rtt: 2 * rtt, ttl: 57 } });
        } else if (fate === 'void') all.push({ at: at + timeout / 2, event: { type: 'void', endpoint, seq } });
      }
    }
  }
  return all;
};

/** The events of a plan as a live run brings them. */
export const liveEvents = (plan: Plan): ProbeEvent[] =>
  happenings(plan)
    .map((timed, index) => ({ ...timed, index }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ event }) => event);

/**
 * The same as a replayed record brings them: a probe is announced together with what it became at first; what was never
 * settled comes last.
 */
export const replayedEvents = (plan: Plan): ProbeEvent[] => {
  const sent = new Map<string, ProbeEvent>();
  const replayed: ProbeEvent[] = [];
  for (const event of liveEvents(plan)) {
    if (event.type === 'sent') sent.set(`${event.endpoint}/${event.seq}`, event);
    else {
      const name = 'seq' in event ? `${event.endpoint}/${event.seq}` : '';
      const announced = sent.get(name);
      if (announced !== undefined) replayed.push(announced);
      sent.delete(name);
      replayed.push(event);
    }
  }
  return [...replayed, ...sent.values()];
};

const weathers: Weather[] = [
  'good',
  'good',
  'lossy',
  'dead',
  'unsent',
  'unreachable',
  'late',
  'void',
  'uncertain',
  'unfinished',
  'gap',
  'stall',
  'idle',
];

export type PlanOptions = {
  spells: number;
  longest: number;
  interval?: number;
  endpoints?: number;
  more?: Weather[];
};

export const plans = (options: PlanOptions): fc.Arbitrary<Plan> =>
  fc.record({
    spells: fc.array(
      fc.record({
        weather: fc.constantFrom<Weather>(...weathers, ...(options.more ?? [])),
        probes: fc.integer({ min: 1, max: options.longest }),
      }),
      { minLength: 1, maxLength: options.spells },
    ),
    seed: fc.integer(),
    interval: fc.constant(options.interval ?? 500),
    timeout: fc.constantFrom(1000, 2000, 5000),
    endpoints: fc.constant(options.endpoints ?? 1),
    firstSeq: fc.constantFrom(0, 65_530, 2 ** 32 - 5, 2 ** 47),
  });

/**
 * The plan without probes that never settle: in a record those come last, far from their place, where a live run has none
 * but the newest.
 */
export const settling = (plan: Plan): Plan => ({
  ...plan,
  spells: plan.spells.filter(({ weather }, i) => weather !== 'unfinished' || i === plan.spells.length - 1),
});
