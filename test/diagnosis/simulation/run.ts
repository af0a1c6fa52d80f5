// Runs a scenario through a diagnosis. The diagnosis is passed in: tests bring the source, the bench what was built.

import type { ProbeEvent } from '../../../src/events/events.js';
import type { VerdictEvent } from '../../../src/events/verdict.js';
import { SimulatedNetwork } from './network.js';
import type { Scenario } from './scenario.js';

export type DiagnosisClass = new (options: { timeout: number; onVerdict: (verdict: VerdictEvent) => void }) => {
  apply: (event: ProbeEvent) => void;
};

/** The verdicts of one run. */
export const runScenario = (scenario: Scenario, seed: number, diagnosis: DiagnosisClass): VerdictEvent[] => {
  const verdicts: VerdictEvent[] = [];
  const timeout = (scenario.timeout ?? 2) * 1000;
  const judged = new diagnosis({ timeout, onVerdict: (verdict) => verdicts.push(verdict) });
  new SimulatedNetwork(scenario, seed).run(scenario.duration, (event) => judged.apply(event));
  return verdicts;
};
