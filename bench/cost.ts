// What watching costs: CPU of the whole process tree and resident memory, at 10 probes/s an endpoint, in a pane of 200x50.
// What a target is set for is measured three times, in turns, and the median counts.

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetPair } from '../test/support/netns.js';
import { pingemProgram } from '../test/support/pingem-run.js';
import { reply } from '../test/support/responder-script.js';
import { fixed, median, percent } from './figures.js';
import { gpingCommand, gpingFound } from './gping.js';
import { installed } from './machine.js';
import { cpuSeconds, residentMiB } from './process-tree.js';
import { withPair, withResponder } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';
import { openPane } from './tmux.js';

const PATH_MS = 10;
const TURNS = 3;
const THOUSAND = 1000;
const RECORD = join(tmpdir(), `pingem-bench-${process.pid}.jsonl`);

const PINGEM = [process.execPath, pingemProgram];
/** Output goes where it costs nothing. */
const unseen = (command: readonly string[]): string[] => ['sh', '-c', 'exec "$@" > /dev/null', 'sh', ...command];

type Watcher = {
  name: string;
  present: boolean;
  endpoints: readonly number[];
  command(addresses: readonly string[]): string[];
  /** With 8 endpoints: CPU as a share of a core, and MiB. */
  wanted?: { cpu?: number; timesGping?: number; memory: number };
};

const watchers: readonly Watcher[] = [
  {
    name: 'pingem',
    present: true,
    endpoints: [1, 8, 64],
    command: (addresses) => [...PINGEM, '-i', '0.1', ...addresses],
    wanted: { timesGping: 1.7, memory: 85 },
  },
  {
    name: 'gping',
    present: gpingCommand !== null,
    endpoints: [1, 8],
    command: (addresses) => [...(gpingCommand ?? []), '--watch-interval', '0.1', ...addresses],
  },
  {
    name: 'pingem --json (no screen)',
    present: true,
    endpoints: [8],
    command: (addresses) => unseen([...PINGEM, '-i', '0.1', '--json', ...addresses]),
    wanted: { cpu: 0.025, memory: 60 },
  },
  {
    name: 'pingem --text --record (no screen)',
    present: true,
    endpoints: [8],
    command: (addresses) => unseen([...PINGEM, '-i', '0.1', '--text', '--record', RECORD, ...addresses]),
    wanted: { memory: 60 },
  },
  {
    name: 'pingem serve --metrics (no screen)',
    present: true,
    endpoints: [8],
    command: (addresses) => unseen([...PINGEM, 'serve', '-i', '0.1', '--metrics', ...addresses]),
    wanted: { memory: 80 },
  },
  {
    name: 'trip (one target)',
    present: installed('trip'),
    endpoints: [1],
    command: (addresses) => ['trip', '--min-round-duration', '100ms', '--max-round-duration', '100ms', ...addresses],
  },
  {
    name: 'noping',
    present: installed('noping'),
    endpoints: [1, 8],
    command: (addresses) => ['noping', '-i', '0.1', ...addresses],
  },
  {
    name: 'mtr',
    present: installed('mtr'),
    endpoints: [1],
    command: (addresses) => ['mtr', '-n', '-i', '0.1', ...addresses],
  },
  {
    name: 'fping (lines, no screen)',
    present: installed('fping'),
    endpoints: [1, 8, 64],
    command: (addresses) => ['fping', '-l', '-p', '100', '-i', '1', ...addresses],
  },
];

type Cost = { cpu: number; memory: number };

const measure = async (
  pair: NetPair,
  command: readonly string[],
  [from, to]: readonly [number, number],
): Promise<Cost> => {
  const pane = openPane(['ip', 'netns', 'exec', pair.near, ...command]);
  try {
    await sleep(from * 1000);
    const [before, started] = [cpuSeconds(pane.pid), performance.now()];
    await sleep((to - from) * 1000);
    return {
      cpu: ((cpuSeconds(pane.pid) - before) * 1000) / (performance.now() - started),
      memory: residentMiB(pane.pid),
    };
  } finally {
    pane.close();
    rmSync(RECORD, { force: true });
  }
};

const middle = (costs: readonly Cost[]): Cost => ({
  cpu: median(costs.map(({ cpu }) => cpu)),
  memory: median(costs.map(({ memory }) => memory)),
});

const cells = ({ cpu, memory }: Cost): string[] => [percent(cpu), `${fixed(memory, 0)} MiB`];
const metIf = (met: boolean): string => (met ? 'met' : 'NOT MET');

const watching = async ({ quick, progress }: BenchOptions, span: readonly [number, number]): Promise<Table> => {
  const present = watchers.filter((watcher) => watcher.present);
  const costs = new Map<string, Cost[]>();
  const add = async (pair: NetPair, watcher: Watcher, count: number): Promise<void> => {
    progress(`cost: ${watcher.name}, ${count}`);
    const cost = await measure(pair, watcher.command(pair.far4.slice(0, count)), span);
    const key = `${watcher.name} ${count}`;
    costs.set(key, [...(costs.get(key) ?? []), cost]);
  };
  await withPair(64, (pair) =>
    withResponder(pair, Object.fromEntries(pair.far4.map((address) => [address, [[reply(PATH_MS)]]])), async () => {
      for (const watcher of present) for (const count of watcher.endpoints) await add(pair, watcher, count);
      const compared = present.filter(({ name, wanted }) => wanted !== undefined || name === 'gping');
      for (let turn = 2; turn <= (quick ? 1 : TURNS); turn++) {
        for (const watcher of compared) await add(pair, watcher, 8);
      }
    }),
  );
  const costOf = (name: string, count: number): Cost => middle(costs.get(`${name} ${count}`) ?? []);
  const gping = gpingCommand === null ? null : costOf('gping', 8).cpu;
  const verdict = ({ name, wanted }: Watcher): string => {
    if (wanted === undefined) return '';
    const { cpu, memory } = costOf(name, 8);
    const limit =
      wanted.cpu ?? (wanted.timesGping === undefined || gping === null ? Infinity : wanted.timesGping * gping);
    const ofCpu = limit === Infinity ? '' : `<= ${percent(limit)}: ${metIf(cpu <= limit)}; `;
    return `${ofCpu}<= ${wanted.memory} MiB: ${metIf(memory <= wanted.memory)}`;
  };
  return {
    title: `CPU of one core from second ${span[0]} to second ${span[1]}, and resident memory at its end`,
    columns: ['', ...[1, 8, 64].flatMap((count) => [`${count} x CPU`, `${count} x RSS`]), 'wanted of 8'],
    rows: present.map((watcher) => [
      watcher.name,
      ...[1, 8, 64].flatMap((count) =>
        watcher.endpoints.includes(count) ? cells(costOf(watcher.name, count)) : ['-', '-'],
      ),
      verdict(watcher),
    ]),
    notes: [
      gpingFound(),
      `With 8 endpoints, gping and what a target is set for are medians of ${TURNS} runs in turns. With the screen at most 1.7 times gping's CPU is wanted.`,
    ],
  };
};

/** Addresses of the loopback interface, whose kernel answers at once. */
const loopback = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `127.0.${1 + Math.floor(i / 200)}.${1 + (i % 200)}`);

const thousand = async ({ quick, progress }: BenchOptions, span: readonly [number, number]): Promise<Table> => {
  const addresses = loopback(THOUSAND);
  const own = unseen([...PINGEM, '-i', '1', '--json', ...addresses]);
  const fping = unseen(['fping', '-l', '-p', '1000', '-i', '1', ...addresses]);
  const costs: { own: Cost[]; fping: Cost[] } = { own: [], fping: [] };
  await withPair(1, async (pair) => {
    for (let turn = 1; turn <= (quick ? 1 : TURNS); turn++) {
      progress(`cost: ${THOUSAND} endpoints, run ${turn}`);
      costs.own.push(await measure(pair, own, span));
      if (installed('fping')) costs.fping.push(await measure(pair, fping, span));
    }
  });
  const [mine, theirs] = [middle(costs.own), installed('fping') ? middle(costs.fping) : null];
  const ratio = theirs === null ? null : mine.cpu / theirs.cpu;
  return {
    title: `${THOUSAND} loopback endpoints at 1 probe/s, no screen, from second ${span[0]} to second ${span[1]}`,
    columns: ['', 'CPU', 'RSS'],
    rows: [['pingem --json', ...cells(mine)], ...(theirs === null ? [] : [['fping', ...cells(theirs)]])],
    notes: [
      `Medians of ${TURNS} runs in turns. Wanted: ${ratio === null ? 'fping is not installed' : `at most 1.7 times fping's CPU: ${fixed(ratio, 2)} times, ${metIf(ratio <= 1.7)}`}; at most 200 MiB: ${metIf(mine.memory <= 200)}.`,
    ],
  };
};

const run = async (options: BenchOptions): Promise<Table[]> => {
  const span = options.quick ? ([4, 10] as const) : ([10, 40] as const);
  return [await watching(options, span), await thousand(options, span)];
};

export const cost: Bench = {
  name: 'cost',
  question: 'what does watching cost? (10 probes/s an endpoint, 200x50)',
  run,
};
