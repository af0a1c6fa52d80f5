// What watching costs: CPU of the whole process tree and resident memory, at 10 probes/s an endpoint, in a pane of 200x50.

import { setTimeout as sleep } from 'node:timers/promises';
import type { NetPair } from '../test/support/netns.js';
import { pingemProgram } from '../test/support/pingem-run.js';
import { reply } from '../test/support/responder-script.js';
import { fixed, percent } from './figures.js';
import { installed } from './machine.js';
import { cpuSeconds, residentMiB } from './process-tree.js';
import { withPair, withResponder } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';
import { openPane } from './tmux.js';

const PATH_MS = 10;

type Watcher = {
  name: string;
  executable: string;
  endpoints: readonly number[];
  command(addresses: readonly string[]): string[];
};

const watchers: readonly Watcher[] = [
  {
    name: 'pingem',
    executable: 'node',
    endpoints: [1, 8, 64],
    command: (addresses) => [process.execPath, pingemProgram, '-i', '0.1', ...addresses],
  },
  {
    name: 'gping',
    executable: 'gping',
    endpoints: [1, 8],
    command: (addresses) => ['gping', '--watch-interval', '0.1', ...addresses],
  },
  {
    name: 'trip (one target)',
    executable: 'trip',
    endpoints: [1],
    command: (addresses) => ['trip', '--min-round-duration', '100ms', '--max-round-duration', '100ms', ...addresses],
  },
  {
    name: 'noping',
    executable: 'noping',
    endpoints: [1, 8],
    command: (addresses) => ['noping', '-i', '0.1', ...addresses],
  },
  { name: 'mtr', executable: 'mtr', endpoints: [1], command: (addresses) => ['mtr', '-n', '-i', '0.1', ...addresses] },
  {
    name: 'fping (lines, no screen)',
    executable: 'fping',
    endpoints: [1, 8, 64],
    command: (addresses) => ['fping', '-l', '-p', '100', '-i', '1', ...addresses],
  },
];

async function measure(
  pair: NetPair,
  watcher: Watcher,
  count: number,
  from: number,
  to: number,
): Promise<{ cpu: number; memory: number }> {
  const pane = openPane(['ip', 'netns', 'exec', pair.near, ...watcher.command(pair.far4.slice(0, count))]);
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
  }
}

async function run({ quick, progress }: BenchOptions): Promise<Table[]> {
  const [from, to] = quick ? [4, 10] : [10, 40];
  const rows: string[][] = [];
  const eight = new Map<string, number>();
  await withPair(64, (pair) =>
    withResponder(pair, Object.fromEntries(pair.far4.map((address) => [address, [[reply(PATH_MS)]]])), async () => {
      for (const watcher of watchers.filter(({ executable }) => installed(executable))) {
        const cells: string[] = [];
        for (const count of [1, 8, 64]) {
          if (!watcher.endpoints.includes(count)) {
            cells.push('-', '-');
            continue;
          }
          progress(`cost: ${watcher.name}, ${count}`);
          const { cpu, memory } = await measure(pair, watcher, count, from, to);
          cells.push(percent(cpu), `${fixed(memory, 0)} MiB`);
          if (count === 8) eight.set(watcher.name, cpu);
        }
        rows.push([watcher.name, ...cells]);
      }
    }),
  );
  const own = eight.get('pingem') ?? Number.NaN;
  const gping = eight.get('gping');
  const limit = gping === undefined ? 0.05 : 2 * gping;
  return [
    {
      title: `CPU of one core from second ${from} to second ${to}, and resident memory at its end`,
      columns: ['', ...[1, 8, 64].flatMap((count) => [`${count} x CPU`, `${count} x RSS`])],
      rows,
      notes: [
        `Wanted of pingem with 8 endpoints: ${gping === undefined ? 'under 5 %, as gping is not installed' : "at most twice gping's"}. ${own < limit ? 'Met.' : 'NOT MET.'}`,
      ],
    },
  ];
}

export const cost: Bench = {
  name: 'cost',
  question: 'what does watching cost? (10 probes/s an endpoint, 200x50)',
  run,
};
