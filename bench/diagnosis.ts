// `npm run bench -- diagnosis [--scenarios FILE] [--table NAME] [--seeds N] [--write]`: how soon and how rightly the
// diagnosis speaks, in simulated networks; no packet is sent. With a file, its scenarios only; otherwise those of
// test/diagnosis/scenarios, then the operating characteristics and clean traffic, or one of these tables; --write puts
// them into docs/diagnosis.md, each to its place.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Diagnosis } from '#dist/diagnosis/diagnosis.js';
import { CLEAN_KINDS, cleanScenario } from '../test/diagnosis/simulation/clean.js';
import { parseScenarios, scenariosIn } from '../test/diagnosis/simulation/files.js';
import { runScenario } from '../test/diagnosis/simulation/run.js';
import type { Scenario } from '../test/diagnosis/simulation/scenario.js';
import { scoreOf } from '../test/diagnosis/simulation/score.js';
import { projectRoot } from '../test/support/responder-client.js';
import { characteristics } from './diagnosis-characteristics.js';
import { COLUMNS, rowOf } from './diagnosis-row.js';
import type { Row } from './diagnosis-row.js';
import { formatTable } from './table.js';
import type { Table } from './table.js';

const PAGE = join(projectRoot, 'docs/diagnosis.md');
const END = '<!-- end -->';
const SEEDS = 100;
/** A scenario longer than this is run with a tenth of the seeds. */
const LONG_S = 1000;
const CLEAN_DAYS = 100;
const CLEAN_INTERVALS = [0.1, 0.2, 1, 5];

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const progress = (text: string): void => void process.stderr.write(`  ${text}\n`);

const runAll = (scenario: Scenario, seeds: number): Row => {
  const count = scenario.duration > LONG_S ? Math.ceil(seeds / 10) : seeds;
  const runs = Array.from({ length: count }, (_, index) => {
    const verdicts = runScenario(scenario, index + 1, Diagnosis);
    return { score: scoreOf(scenario, verdicts), verdicts };
  });
  const row = rowOf(scenario, runs);
  progress(row.cells.join('  '));
  return row;
};

const tableOf = (title: string, scenarios: readonly Scenario[], seeds: number): Table => {
  const rows = scenarios.map((scenario) => runAll(scenario, seeds));
  const missed = rows.flatMap(({ failures }) => failures);
  return {
    title,
    columns: COLUMNS,
    rows: rows.map(({ cells }) => cells),
    notes: [
      `${seeds} seeds each, ${Math.ceil(seeds / 10)} where a scenario takes more than ${LONG_S} s. Seconds, as median/90th percentile; the timeout and the second that a judgement waits are included.`,
      'wrong and unclear: seconds in all runs together, and in how many runs.',
      missed.length === 0 ? 'Every limit was met.' : `Not met: ${missed.join('; ')}.`,
    ],
  };
};

const clean = (days: number): Table => {
  const hours = Math.max(1, Math.round((days * 24) / (CLEAN_INTERVALS.length * CLEAN_KINDS.length)));
  let all = 0;
  const rows = CLEAN_INTERVALS.flatMap((interval) =>
    CLEAN_KINDS.map((kind, index) => {
      const verdicts = runScenario(cleanScenario(kind, interval, hours), 1 + index, Diagnosis);
      const codes = verdicts.map(({ code }) => code).filter((code) => code !== 'starting' && code !== 'fine');
      all += codes.length;
      progress(`clean: ${kind} at ${interval} s: ${codes.length}`);
      return [`${interval} s`, kind, `${hours}`, codes.length === 0 ? '0' : `${codes.length} (${codes.join(' ')})`];
    }),
  );
  const total = Math.round((hours * rows.length) / 24);
  return {
    title: 'Clean traffic',
    columns: ['interval', 'distribution', 'hours', 'false episodes'],
    rows,
    notes: [`${all} in ${total} days (wanted: at most 1 in 100).`],
  };
};

type Making = { seeds: number; cleanDays: number };

const TABLES: Readonly<Record<string, (making: Making) => Table>> = {
  scenarios: ({ seeds }) => tableOf('Scenarios', scenariosIn(join(projectRoot, 'test/diagnosis/scenarios')), seeds),
  characteristics: ({ seeds }) => characteristics(seeds, progress),
  clean: ({ cleanDays }) => clean(cleanDays),
};

/** In the place of the table of that name. */
const write = (name: string, text: string): void => {
  const begin = `<!-- written by npm run bench -- diagnosis --table ${name} --write -->`;
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest] = page.split(begin);
  if (rest === undefined) throw new Error(`${PAGE} has no place for ${name}: ${begin}`);
  const after = rest.slice(rest.indexOf(END) + END.length);
  writeFileSync(PAGE, `${before}${begin}\n\n${text.trimEnd()}\n\n${END}${after}`);
};

/** Prints what it has found. */
export const benchDiagnosis = (args: readonly string[]): void => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenarios: { type: 'string' },
      seeds: { type: 'string' },
      'clean-days': { type: 'string' },
      table: { type: 'string' },
      write: { type: 'boolean' },
    },
  });
  const seeds = Number(values.seeds ?? SEEDS);
  if (!(seeds >= 1)) throw new Error(`--seeds ${values.seeds ?? ''}: a number of runs, from 1`);
  if (values.scenarios !== undefined) {
    const scenarios = parseScenarios(readFileSync(values.scenarios, 'utf8'));
    say(formatTable(tableOf(values.scenarios, scenarios, seeds)));
    return;
  }
  const names = values.table === undefined ? Object.keys(TABLES) : [values.table];
  for (const name of names) {
    const make = TABLES[name];
    if (make === undefined) throw new Error(`--table ${name}: give one of ${Object.keys(TABLES).join(', ')}`);
    const text = formatTable(make({ seeds, cleanDays: Number(values['clean-days'] ?? CLEAN_DAYS) }));
    say(text);
    if (values.write === true) write(name, text);
  }
};
