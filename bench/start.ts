// How soon it is there. Every figure stands beside `node -e 0` of the same minute, since that is the floor.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { NetPair } from '../test/support/netns.js';
import { pingemProgram, rootEnvironment } from '../test/support/pingem-run.js';
import { fixed, median } from './figures.js';
import { withPair } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';

/** How long a plain command takes, in milliseconds. */
const timeOf = (args: readonly string[]): number => {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - started;
};

/** Milliseconds until a command in a pty of 200x50 has written `text`, or has ended where `text` is null. */
const timeInPty = async (pair: NetPair, args: readonly string[], text: string | null): Promise<number> => {
  const inside = `stty cols 200 rows 50; exec ip netns exec ${pair.near} ${process.execPath} ${args.join(' ')}`;
  const started = performance.now();
  const child = spawn('script', ['-qec', inside, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...rootEnvironment(), TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  });
  const ended = once(child, 'exit');
  let output = '';
  const seen = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (text !== null && output.includes(text)) done();
    });
  });
  await (text === null ? ended : Promise.race([seen, ended]));
  const took = performance.now() - started;
  if (text === null) return took;
  if (!output.includes(text)) throw new Error(`ended without showing ${text}: ${output}`);
  child.stdin.write('q');
  await ended;
  return took;
};

const run = async ({ quick, progress }: BenchOptions): Promise<Table[]> => {
  const runs = quick ? 5 : 25;
  const times = {
    floor: [] as number[],
    version: [] as number[],
    help: [] as number[],
    ptyFloor: [] as number[],
    paint: [] as number[],
  };
  progress(`start: ${runs} runs of each`);
  await withPair(1, async (pair) => {
    // In turns, so that a slow moment of the machine falls on all.
    for (let n = 0; n < runs; n++) {
      times.floor.push(timeOf(['-e', '0']));
      times.version.push(timeOf([pingemProgram, '--version']));
      times.help.push(timeOf([pingemProgram, '--help']));
      times.ptyFloor.push(await timeInPty(pair, ['-e', '0'], null));
      times.paint.push(await timeInPty(pair, [pingemProgram, pair.near4], pair.near4));
    }
  });
  const floor = median(times.floor);
  const row = (name: string, own: readonly number[], wanted: number | null): string[] => {
    const ratio = median(own) / floor;
    const verdict = wanted === null ? '' : `<= ${fixed(wanted, 1)}: ${ratio <= wanted ? 'met' : 'NOT MET'}`;
    return [name, `${fixed(median(own), 0)} ms`, fixed(ratio, 2), verdict];
  };
  return [
    {
      title: `Medians of ${runs} runs`,
      columns: ['', 'median', 'x node -e 0', 'wanted'],
      rows: [
        row('node -e 0', times.floor, null),
        row('--version', times.version, 2),
        row('--help', times.help, 2),
        row('first paint', times.paint, 5),
        row('node -e 0 in the same pty and namespace', times.ptyFloor, null),
      ],
      notes: ["First paint: the endpoint's name is on the terminal, a pty of 200x50 made by script(1) in a namespace."],
    },
  ];
};

export const start: Bench = { name: 'start', question: 'how soon is it there?', run };
