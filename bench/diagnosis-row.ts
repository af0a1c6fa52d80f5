// One scenario's runs as a row of a table, and which of its limits they missed.

import type { VerdictEvent } from '../src/events/verdict.js';
import type { Scenario } from '../test/diagnosis/simulation/scenario.js';
import type { Score } from '../test/diagnosis/simulation/score.js';
import { percentile } from './figures.js';

export type Run = { score: Score; verdicts: readonly VerdictEvent[] };
export type Row = { cells: readonly string[]; failures: readonly string[] };

export const COLUMNS = ['case', 'expected', 'said', 'delay', 'since error', 'end', 'wrong', 'unclear', 'limits'];

const CALM = new Set(['starting', 'fine', 'not-collecting']);
const SAID = 3;

/** As median/90th percentile; what never came is said first. */
const spread = (values: readonly (number | null)[]): string => {
  const found = values.filter((value) => value !== null);
  const missed = values.length - found.length;
  if (values.length === 0) return '-';
  const digits = (value: number): string =>
    (Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)).replace(/\.0$/, '');
  const text = found.length === 0 ? '' : `${digits(percentile(found, 50))}/${digits(percentile(found, 90))}`;
  return missed === 0 ? text : `never in ${missed} of ${values.length} ${text}`.trim();
};

const sumOf = (runs: readonly Run[], key: 'wrong' | 'unclear'): string => {
  const with1 = runs.filter(({ score }) => score[key] > 0);
  return with1.length === 0 ? '0' : `${with1.reduce((sum, { score }) => sum + score[key], 0)} in ${with1.length}`;
};

/** The codes other than fine, as often as they were said, the most frequent first. */
const saidIn = (runs: readonly Run[]): string => {
  const runsWith = new Map<string, number>();
  for (const { verdicts } of runs) {
    for (const code of new Set<string>(verdicts.map((verdict) => verdict.code))) {
      if (!CALM.has(code)) runsWith.set(code, (runsWith.get(code) ?? 0) + 1);
    }
  }
  if (runsWith.size === 0) return 'fine';
  return [...runsWith]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SAID)
    .map(([code, times]) => (times === runs.length ? code : `${code} (${times})`))
    .join(' ');
};

export const rowOf = (scenario: Scenario, runs: readonly Run[]): Row => {
  const { name, expect, limits = {}, wrong = 0 } = scenario;
  const named = runs.flatMap(({ score }) => score.named);
  const ended = runs.flatMap(({ score }) => score.ended);
  const since = runs.flatMap(({ score }) => score.since.map(Math.abs));
  const expected = [...new Set(expect.map(([, , code]) => code))].filter((code) => !CALM.has(code));
  const failures: string[] = [];
  const atMost = (what: string, values: readonly (number | null)[], limit: number | undefined): void => {
    if (limit === undefined || values.length === 0) return;
    const at90 = percentile(
      values.map((value) => value ?? Infinity),
      90,
    );
    if (at90 > limit) failures.push(`${name}: ${what} ${at90.toFixed(1)} s, wanted ${limit}`);
  };
  atMost('named after', named, limits.named);
  atMost('since off by', since, limits.since);
  atMost('ended after', ended, limits.ended);
  if (named.includes(null)) failures.push(`${name}: never named in ${named.filter((value) => value === null).length}`);
  const isWrong = runs.filter(({ score }) => score.wrong > wrong).length;
  if (isWrong > 0) failures.push(`${name}: a wrong code in ${isWrong} of ${runs.length} runs`);
  const { named: n, since: s, ended: e } = limits;
  return {
    cells: [
      name,
      expected.length === 0 ? 'fine' : expected.join(' '),
      saidIn(runs),
      spread(named),
      spread(since),
      spread(ended),
      sumOf(runs, 'wrong'),
      sumOf(runs, 'unclear'),
      [n, s, e].every((limit) => limit === undefined) ? '-' : [n, s, e].map((limit) => limit ?? '-').join('/'),
    ],
    failures,
  };
};
