// Operating characteristics: the same fault in all strengths and at all intervals. The provider's router and two hosts have
// it, or one host alone; the gateway hasn't.

import { Diagnosis } from '#dist/diagnosis/diagnosis.js';
import { runScenario } from '../test/diagnosis/simulation/run.js';
import type { Scenario, ScenarioFault } from '../test/diagnosis/simulation/scenario.js';
import { scoreOf } from '../test/diagnosis/simulation/score.js';
import { COLUMNS, rowOf } from './diagnosis-row.js';
import type { Table } from './table.js';

type Strength = { name: string; fault: Partial<ScenarioFault> };

const STRENGTHS: readonly Strength[] = [
  ...[0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.5, 1].map((loss) => ({ name: `${100 * loss} % loss`, fault: { loss } })),
  ...[35, 40, 60, 100].map((add) => ({ name: `+${add} ms`, fault: { add } })),
];
/** Intervals, and how long a fault lasts at each: 1,500 probes at most, as many as endpoints are compared over. */
const INTERVALS = [
  { interval: 0.1, before: 200, lasts: 200 },
  { interval: 0.2, before: 300, lasts: 300 },
  { interval: 1, before: 600, lasts: 1200 },
  { interval: 5, before: 1500, lasts: 3600 },
];

const scenarioFor = (
  interval: number,
  before: number,
  lasts: number,
  strength: Strength,
  isHost: boolean,
): Scenario => {
  const code = isHost ? 'host' : 'provider';
  const to = before + lasts;
  const duration = to + 60 + lasts;
  return {
    name: `${code}, ${strength.name} at ${interval} s`,
    duration,
    interval,
    endpoints: [
      { name: 'gw', place: 'gateway', rtt: 2, loss: 0.001 },
      { name: 'isp', place: 'provider', rtt: 9, loss: 0.001 },
      { name: 'a', place: 'beyond', rtt: 15, jitter: 2, loss: 0.001 },
      { name: 'b', place: 'beyond', rtt: 90, jitter: 3, loss: 0.001 },
    ],
    faults: [{ from: before, to, on: isHost ? ['b'] : ['isp', 'a', 'b'], ...strength.fault }],
    expect: [
      [0, before, 'fine'],
      [before, to, code, before],
      [to, duration, 'fine'],
    ],
  };
};

export const characteristics = (seeds: number, progress: (text: string) => void): Table => {
  const rows: (readonly string[])[] = [];
  for (const isHost of [false, true]) {
    for (const { interval, before, lasts } of INTERVALS) {
      for (const strength of STRENGTHS) {
        const scenario = scenarioFor(interval, before, lasts, strength, isHost);
        const runs = Array.from({ length: seeds }, (_, index) => {
          const verdicts = runScenario(scenario, index + 1, Diagnosis);
          return { score: scoreOf(scenario, verdicts), verdicts };
        });
        const { cells } = rowOf(scenario, runs);
        progress(cells.join('  '));
        rows.push(cells.slice(0, -1));
      }
    }
  }
  return {
    title: 'Operating characteristics',
    columns: COLUMNS.slice(0, -1),
    rows,
    notes: [
      `${seeds} seeds each. Seconds, as median/90th percentile. Faults last 200, 300, 1200 and 3600 s at 0.1, 0.2, 1 and 5 s; "never" is within that.`,
    ],
  };
};
