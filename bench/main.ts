// `npm run bench [-- [--quick] [table..]]`: builds its own namespaces, asks one question after the other and writes the
// answers to docs/benchmarks.md. Needs root. Packets go to addresses in namespaces made here and nowhere else.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { startJanitor } from '../test/support/janitor.js';
import { netnsObstacle } from '../test/support/netns.js';
import { projectRoot } from '../test/support/responder-client.js';
import { accuracy } from './accuracy.js';
import { cost } from './cost.js';
import { describeMachine } from './machine.js';
import { rate } from './rate.js';
import { slowTerminal } from './slow-terminal.js';
import { start } from './start.js';
import { formatTable, mergeSections, parseSections } from './table.js';
import type { Bench, Section } from './table.js';
import { truth } from './truth.js';
import { web } from './web.js';

const PAGE = join(projectRoot, 'docs/benchmarks.md');
const HEAD = `# Benchmarks

Written by \`npm run bench\` (bench/); each section says when, where and how it was made. Every packet went between network
namespaces of one machine. How it is measured: docs/decisions/0041-the-bench.md.
`;

/** Loaded only when it is its turn: it needs no network, and nothing of it must weigh on the others. */
const history: Bench = {
  name: 'history',
  question: 'months of history: memory, ingestion, drawing, replay',
  run: async (options) => (await import('./history.js')).benchHistory(options),
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const complain = (error: unknown): void => {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
};

const runBench = async (bench: Bench, quick: boolean, command: string): Promise<Section> => {
  const [load = 0] = loadavg();
  const tables = await bench.run({ quick, progress: (text) => process.stderr.write(`  ${text}\n`) });
  const about = [
    `Made on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC by \`${command}\`${quick ? ', the SHORT form' : ''}; load average before it ${load.toFixed(1)}.`,
    ...describeMachine(),
  ];
  const text = [
    `## ${bench.name}: ${bench.question}`,
    '',
    ...about.map((line) => `- ${line}`),
    '',
    ...tables.map(formatTable),
  ].join('\n');
  say(text);
  return { name: bench.name, text: text.trimEnd() };
};

const main = async (args: readonly string[]): Promise<void> => {
  if (args[0] === 'diagnosis') {
    // Needs no network, has options of its own, and its tables stand in another page.
    (await import('./diagnosis.js')).benchDiagnosis(args.slice(1));
    return;
  }
  const benches = [accuracy, truth, cost, start, rate, slowTerminal, web, history];
  const names = args.filter((arg) => !arg.startsWith('-'));
  const unknown = args.filter((arg) => arg !== '--quick' && !benches.some((bench) => bench.name === arg));
  if (unknown.length > 0) {
    throw new Error(
      `unknown: ${unknown.join(' ')}; tables: ${benches.map((bench) => bench.name).join(' ')} diagnosis; option: --quick`,
    );
  }
  const obstacle = netnsObstacle();
  if (obstacle !== null) throw new Error(`network namespaces can't be made: ${obstacle}`);
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const fresh: Section[] = [];
  for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
    try {
      fresh.push(await runBench(bench, args.includes('--quick'), command));
    } catch (error) {
      // The others' answers are not lost by it.
      complain(error);
      continue;
    }
    // After each: a long run that is cut short leaves what it has.
    const old = existsSync(PAGE) ? parseSections(readFileSync(PAGE, 'utf8')) : [];
    const sections = mergeSections(
      old,
      fresh,
      benches.map((one) => one.name),
    );
    writeFileSync(PAGE, [HEAD, ...sections.map((section) => `${section.text}\n`)].join('\n'));
  }
};

const clearAway = startJanitor();
try {
  await main(process.argv.slice(2));
} catch (error) {
  complain(error);
}
await clearAway();
