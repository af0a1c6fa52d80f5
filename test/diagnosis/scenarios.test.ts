// Every scenario of the folder beside: the right code is said in time, and no wrong one. More seeds are run by
// `npm run bench -- diagnosis`.

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { scenariosIn } from './simulation/files.js';
import { runScenario } from './simulation/run.js';
import type { Scenario } from './simulation/scenario.js';
import { scoreOf } from './simulation/score.js';

const scenarios = scenariosIn(fileURLToPath(new URL('scenarios', import.meta.url)));
const SEEDS = [1, 2, 3];
const LONG = 1000;

const seedsFor = ({ duration, interval }: Scenario): readonly number[] =>
  duration > LONG || interval < 0.1 ? SEEDS.slice(0, 1) : SEEDS;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

describe('scenarios', () => {
  it.each(scenarios)('$name', (scenario) => {
    const scores = seedsFor(scenario).map((seed) => scoreOf(scenario, runScenario(scenario, seed, Diagnosis)));
    const named = scores.flatMap((score) => score.named);
    const ended = scores.flatMap((score) => score.ended);
    expect(named, 'an expected code was never said').not.toContain(null);
    expect(ended, 'it never ended').not.toContain(null);
    for (const { wrong } of scores) expect(wrong, 'seconds of a wrong code').toBeLessThanOrEqual(scenario.wrong ?? 0);
    const { named: soon = Infinity, since = Infinity, ended: over = Infinity } = scenario.limits ?? {};
    const seconds = (values: readonly (number | null)[]): number => median(values.map((value) => value ?? Infinity));
    expect(seconds(named)).toBeLessThanOrEqual(soon);
    expect(seconds(ended)).toBeLessThanOrEqual(over);
    expect(median(scores.flatMap((score) => score.since.map(Math.abs)))).toBeLessThanOrEqual(since);
  });
});
