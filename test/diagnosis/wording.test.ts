import { describe, expect, it } from 'vitest';
import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { headlineOf, proofOf, sentenceOf } from '../../src/diagnosis/wording/verdict-words.js';
import type { VerdictEvent } from '../../src/events/verdict.js';
import { runScenario } from './simulation/run.js';
import type { Scenario, ScenarioFault } from './simulation/scenario.js';

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);

const verdictOf = (fault: Partial<ScenarioFault>, more: Partial<Scenario> = {}): VerdictEvent => {
  const scenario: Scenario = {
    name: 'one fault',
    duration: 130,
    interval: 0.2,
    endpoints: [
      { name: 'gw', place: 'gateway', rtt: 2, jitter: 0.01 },
      { name: 'isp', place: 'provider', rtt: 9, jitter: 0.01 },
      { name: 'a', place: 'beyond', rtt: 15, jitter: 0.01 },
      { name: 'b', place: 'beyond', rtt: 90, jitter: 0.01 },
    ],
    faults: [{ from: 100, to: 130, on: ['isp', 'a', 'b'], ...fault }],
    expect: [],
    ...more,
  };
  const last = runScenario(scenario, 1, Diagnosis).at(-1);
  if (last === undefined) throw new Error('nothing was said');
  return last;
};

describe('a verdict in words', () => {
  it('says whose fault, what, since when, and the proof', () => {
    expect(sentenceOf(verdictOf({ loss: 1 }), clock)).toBe(
      'beyond your router: the line or the provider: no answer, since 15:41:40 (gw clean 2.0 ms; isp, a and b together)',
    );
    expect(sentenceOf(verdictOf({ on: ['b'], add: 200 }), clock)).toBe(
      'only b: +199 ms, since 15:41:40 (gw, isp and a clean; 290 ms, usual 91; call: good, R 83, MOS 4.1 (est., to b))',
    );
    expect(sentenceOf(verdictOf({ on: 'all', unsent: true }), clock)).toBe(
      'this machine, since 15:41:40 (no route (ENETUNREACH))',
    );
    expect(sentenceOf(verdictOf({ add: 200 }, { traffic: [[100, 130, 0.97]] }), clock)).toMatch(
      /^your own traffic fills the line: \+\d+ ms, since 15:41:40 \(download 97 Mbit\/s, highest 100 Mbit\/s; gw clean/,
    );
  });

  it('says what would tell', () => {
    const endpoints = [
      { name: 'gw', place: 'gateway', rtt: 2, jitter: 0.01 },
      { name: 'b', place: 'beyond', rtt: 90, jitter: 0.01 },
    ] as const;
    const verdict = verdictOf({ on: ['b'], loss: 1 }, { endpoints });
    expect(headlineOf(verdict, { columns: 80, clock, lasting: 5000 })).toBe(
      'UNCLEAR WHOSE FAULT: no answer since 15:41:40 (5 s)',
    );
    expect(proofOf(verdict, 80)).toBe('a second host would tell · gw clean 2.0 ms');
  });

  it.each([120, 80, 60, 40, 20, 10, 1])('fits into %i columns', (columns) => {
    for (const fault of [{ loss: 1 }, { loss: 0.4 }, { add: 90, jitter: 50 }, { on: ['b'], loss: 1 }]) {
      const verdict = verdictOf(fault);
      expect(headlineOf(verdict, { columns, clock, lasting: 3_725_000 }).length).toBeLessThanOrEqual(columns);
      expect(proofOf(verdict, columns).length).toBeLessThanOrEqual(columns);
    }
  });
});
