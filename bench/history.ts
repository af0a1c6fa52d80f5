// Months of history: how fast probes are taken in, what they cost in memory, and how long a frame's numbers take once a
// month is on record. The clock is simulated, no packet is sent.
//
// On its own: node dist/bench/history.js [--quick]

import { pathToFileURL } from 'node:url';
import { EPOCH_WIDTHS } from '#dist/history/epoch-widths.js';
import type { SessionHistory } from '#dist/history/session-history.js';
import { fixed, percentile } from './figures.js';
import { SimulatedNetwork } from './history-network.js';
import { openMonthScreen, screenFrames } from './history-screen.js';
import { formatTable } from './table.js';
import type { BenchOptions, Table } from './table.js';

const ENDPOINTS = 8;
const INTERVAL = 100;
const DAY = 86_400_000;
const COLUMNS = 200;
const MINUTE = 60_000;
const FRAMES_PER_WIDTH = 150;
const MIB = 2 ** 20;

/** Asked for by docs/decisions/0011. */
const WANTED = { rate: 1_000_000, memory: 450, p99: 12, max: 40 };

const residentMiB = (): number => process.memoryUsage().rss / MIB;

type Month = { history: SessionHistory; network: SimulatedNetwork; table: Table };

const simulate = (
  network: SimulatedNetwork,
  history: SessionHistory,
  days: number,
  progress: BenchOptions['progress'],
): Month => {
  const rows: string[][] = [];
  const resident: number[] = [];
  let probes = 0;
  let seconds = 0;
  for (let day = 1; day <= days; day++) {
    const started = process.cpuUsage();
    const before = network.probes;
    network.run(DAY, (event) => history.apply(event));
    const used = process.cpuUsage(started);
    const took = (used.user + used.system) / 1e6;
    seconds += took;
    probes += network.probes - before;
    resident.push(residentMiB());
    progress(
      `history: day ${day}, ${fixed(residentMiB(), 0)} MiB, ${fixed((network.probes - before) / took / 1e6, 2)} million probes/s`,
    );
    if (day === 1 || day % 5 === 0 || day === days) {
      rows.push([
        `${day}`,
        fixed(probes / 1e6, 1),
        fixed(residentMiB(), 0),
        fixed((network.probes - before) / took / 1e6, 2),
      ]);
    }
  }
  const last20 = resident.slice(-20);
  const growth = (last20.at(-1) ?? 0) - (last20[0] ?? 0);
  const rate = probes / seconds;
  return {
    history,
    network,
    table: {
      title: `${days} simulated days, ${ENDPOINTS} endpoints, every ${INTERVAL / 1000} s`,
      columns: ['day', 'million probes', 'resident MiB', 'million probes/s of CPU'],
      rows,
      notes: [
        `Resident memory of the whole process: ${fixed(residentMiB(), 0)} MiB (wanted: at most ${WANTED.memory} MB); over the last ${last20.length} days ${growth >= 0 ? '+' : ''}${fixed(growth, 0)} MiB.`,
        `Ingested: ${fixed(rate / 1e6, 2)} million probes a second of CPU time, all threads of the process, making the events included (wanted: 1 million).`,
        'A probe is two events, sent and its outcome. Losses come after 2 s, some replies late, some minutes of outage a day.',
      ],
    },
  };
};

/** One frame's worth of numbers, in milliseconds: the columns of all endpoints and the spans of their headers. */
const frameTime = (history: SessionHistory, width: number, firstIndex: number): number => {
  const now = history.lastAt ?? 0;
  const started = performance.now();
  let slots = 0;
  for (const endpoint of history.endpoints) {
    slots += endpoint.epochs(width, firstIndex, COLUMNS).length;
    slots += endpoint.span(now - 10 * MINUTE, now).slots + endpoint.span(now - 60 * MINUTE, now).slots;
  }
  const took = performance.now() - started;
  if (slots === 0) throw new Error('an empty frame');
  return took;
};

const frames = ({ history, network }: Month): Table => {
  const from = history.firstAt ?? 0;
  const rows: string[][] = [];
  const all: number[] = [];
  const measure = (name: string, times: number[]): void => {
    all.push(...times);
    rows.push([name, ...[50, 99, 100].map((q) => fixed(percentile(times, q), 2))]);
  };
  const lastIndex = (width: number): number => Math.floor((history.lastAt ?? 0) / width) - COLUMNS + 1;
  // First of all, cold: the first press of each key after a month.
  measure(
    'each width once, at the newest',
    EPOCH_WIDTHS.map((width) => frameTime(history, width, lastIndex(width))),
  );
  for (const width of EPOCH_WIDTHS) {
    const oldest = Math.floor(from / width);
    const range = Math.max(1, lastIndex(width) - oldest);
    const jumps = Array.from({ length: FRAMES_PER_WIDTH }, () => oldest + Math.floor(network.random() * range));
    measure(
      `jumps at ${width / 1000} s`,
      jumps.map((index) => frameTime(history, width, index)),
    );
  }
  const widths = Array.from(
    { length: 300 },
    () => EPOCH_WIDTHS[Math.floor(network.random() * EPOCH_WIDTHS.length)] ?? 1000,
  );
  measure(
    'another width each frame, at the newest',
    widths.map((width) => frameTime(history, width, lastIndex(width))),
  );
  for (const width of [1000, 5000, 3_600_000]) {
    const live = Array.from({ length: 300 }, () => {
      network.run(250, (event) => history.apply(event));
      return frameTime(history, width, lastIndex(width));
    });
    measure(`live at ${width / 1000} s, a frame every 250 ms`, live);
  }
  measure('all of these', [...all]);
  return {
    title: `The numbers of one frame: ${COLUMNS} columns x ${ENDPOINTS} endpoints, and 10 min and 1 h of each`,
    columns: ['frames', 'p50 ms', 'p99 ms', 'max ms'],
    rows,
    notes: [
      `Wanted: p99 at most ${WANTED.p99} ms and max at most ${WANTED.max} ms, so that drawing fits into 16 and 50 ms.`,
      'A jump goes anywhere in the month, so its epochs are not in any cache.',
    ],
  };
};

/** Ingestion and memory, then frames: their numbers, and all of them. The history is that of a real screen. */
export const benchHistory = async ({ quick, progress }: BenchOptions): Promise<Table[]> => {
  const network = new SimulatedNetwork(ENDPOINTS, INTERVAL);
  const screen = openMonthScreen(network.info);
  const month = simulate(network, screen.history, quick ? 3 : 30, progress);
  await Promise.resolve();
  return [month.table, frames(month), screenFrames(screen, () => network.random())];
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const quick = process.argv.includes('--quick');
  const progress = (text: string): void => void process.stderr.write(`${text}\n`);
  for (const table of await benchHistory({ quick, progress })) process.stdout.write(`${formatTable(table)}\n`);
}
