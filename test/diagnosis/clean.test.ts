// Clean traffic says nothing but fine. 100 days of it are run by `npm run bench -- diagnosis`.

import { describe, expect, it } from 'vitest';
import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { CLEAN_KINDS, cleanScenario } from './simulation/clean.js';
import { runScenario } from './simulation/run.js';

const HOURS = [
  [0.2, 3],
  [1, 12],
  [5, 24],
] as const;

describe('clean traffic', () => {
  it.each(CLEAN_KINDS.flatMap((kind) => HOURS.map(([interval, hours]) => ({ kind, interval, hours }))))(
    '$kind at $interval s for $hours h',
    ({ kind, interval, hours }) => {
      const verdicts = runScenario(cleanScenario(kind, interval, hours), 7, Diagnosis);
      expect(verdicts.map(({ code }) => code)).toEqual(['starting', 'fine']);
    },
  );
});
