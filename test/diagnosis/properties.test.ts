// What must hold of every verdict, whatever befalls the network.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { EndpointEvidence, VerdictEvent } from '../../src/events/verdict.js';
import { SimulatedNetwork } from './simulation/network.js';
import type { Scenario, ScenarioEndpoint, ScenarioFault } from './simulation/scenario.js';

const endpoints: readonly ScenarioEndpoint[] = [
  { name: 'gw', place: 'gateway', rtt: 2, loss: 0.001 },
  { name: 'isp', place: 'provider', rtt: 9, loss: 0.001 },
  { name: 'hop', place: 'hop', n: 1, rtt: 12, loss: 0.001 },
  { name: 'a', place: 'beyond', rtt: 15, jitter: 2, loss: 0.001 },
  { name: 'b', place: 'beyond', rtt: 90, jitter: 3, loss: 0.005 },
  { name: 'late', place: 'beyond', rtt: 40, from: 150 },
];
const names = endpoints.map(({ name }) => name);
const DURATION = 260;

const fault: fc.Arbitrary<ScenarioFault> = fc
  .record({
    from: fc.integer({ min: 0, max: 220 }),
    length: fc.integer({ min: 1, max: 120 }),
    on: fc.oneof(fc.constant('all' as const), fc.subarray([...names], { minLength: 1 })),
    what: fc.constantFrom<Partial<ScenarioFault>>(
      { loss: 1 },
      { loss: 0.3 },
      { loss: 0.1 },
      { add: 60 },
      { jitter: 80 },
      { late: 0.2 },
      { limit: 1 },
      { unsent: true },
      { hold: true },
    ),
  })
  .map(({ from, length, on, what }) => ({ from, to: from + length, on, ...what }));

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    faults: fc.array(fault, { maxLength: 4 }),
    interval: fc.constantFrom(0.2, 0.5, 1),
    suspend: fc.constantFrom<Scenario['suspend']>(undefined, [[100, 130]]),
    stall: fc.constantFrom<Scenario['stall']>(undefined, [[60, 63]]),
  })
  .map(({ faults, interval, suspend, stall }) => ({
    name: 'made up',
    duration: DURATION,
    interval,
    endpoints,
    faults,
    ...(suspend === undefined ? {} : { suspend }),
    ...(stall === undefined ? {} : { stall }),
    expect: [],
  }));

const RANKS: Readonly<Record<string, number>> = { gw: 1, isp: 2, hop: 3, a: 1000, b: 1000, late: 1000 };
const rankOf = ({ label }: EndpointEvidence): number => RANKS[label] ?? 1000;

const verdictsOf = (made: Scenario, seed: number): VerdictEvent[] => {
  const verdicts: VerdictEvent[] = [];
  const diagnosis = new Diagnosis({ timeout: 2000, onVerdict: (verdict) => verdicts.push(verdict) });
  new SimulatedNetwork(made, seed).run(made.duration, (event) => diagnosis.apply(event));
  return verdicts;
};

const blames = ({ code }: VerdictEvent): boolean => !['starting', 'not-collecting', 'fine', 'machine'].includes(code);

describe('every verdict', () => {
  it('blames nobody who has somebody cleared behind, or somebody bad and not acquitted in front', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 1000 }), (made, seed) => {
        for (const verdict of verdictsOf(made, seed).filter(blames)) {
          const { endpoints: all } = verdict.evidence;
          const blamed = all.filter(({ part }) => part === 'blamed');
          expect(blamed.map(({ endpoint }) => endpoint)).toEqual(verdict.endpoints);
          const nearest = Math.min(...blamed.map(rankOf));
          const cleared = all.filter(({ part }) => part === 'cleared');
          expect(cleared.filter((one) => rankOf(one) > nearest)).toEqual([]);
          if (verdict.code === 'unclear') continue;
          const front = all.filter((one) => rankOf(one) < nearest && isBad(one) && one.part !== 'acquitted');
          expect(front.filter(({ endpoint }) => !isOtherFault(verdict, endpoint))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('rests on nobody without data, and comes in order of time', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 1000 }), (made, seed) => {
        const verdicts = verdictsOf(made, seed);
        let before: VerdictEvent | null = null;
        for (const verdict of verdicts) {
          expect(verdict.at).toBeGreaterThanOrEqual(before?.at ?? 0);
          expect(verdict.since).toBeLessThanOrEqual(verdict.at);
          const isSame = before?.code === verdict.code && before.endpoints.join() === verdict.endpoints.join();
          expect(isSame).toBe(false);
          before = verdict;
          const unknown = verdict.evidence.endpoints.filter(({ conditions }) => conditions.includes('no data'));
          expect(unknown.filter(({ part }) => part !== 'none')).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

const isBad = ({ conditions }: EndpointEvidence): boolean =>
  conditions.some((one) => one === 'lossy' || one === 'slow' || one === 'jittery' || one === 'down');

/** Bad in another way, by a fault of its own that is told beside this one. */
const isOtherFault = ({ evidence }: VerdictEvent, endpoint: number): boolean =>
  evidence.others.some((other) => other.endpoints.includes(endpoint));
