// What pages and a scraper cost a run: one run in three parts, with nobody, with one page, and with two (one of them on a slow
// line) and a scraper each second. A page is what it sends and reads: its columns once, then the stream.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetPair } from '../test/support/netns.js';
import { startPingem } from '../test/support/pingem-run.js';
import type { PingemRecord } from '../test/support/pingem-run.js';
import { reply } from '../test/support/responder-script.js';
import { startCapture } from './capture.js';
import { fixed, micros, percent, percentile } from './figures.js';
import type { WirePair } from './pcap.js';
import { outputOf, withPair, withResponder } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';

const ENDPOINTS = 8;
const INTERVAL_S = 0.1;
const PATH_MS = 8;
const SETTLING_MS = 3000;
const PLACE = '127.0.0.1:7464';
const TICKS_PER_SECOND = 100;
/** Of a core, what one more page may cost the threads that don't probe. */
const WANTED_A_PAGE = 0.03;

type Part = { name: string; from: number; to: number; main: number; others: number };

/** Of the thread that probes, and of all others together. */
const cpuOf = (pid: number): { main: number; others: number } => {
  const sums = { main: 0, others: 0 };
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const text = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    if (task === String(pid)) sums.main += seconds;
    else sums.others += seconds;
  }
  return sums;
};

/** Reads `bytesPerSecond` of the stream at most. */
const pageScript = (token: string, bytesPerSecond: number): string => `
const headers = { Authorization: 'Bearer ${token}' };
const http = require('node:http');
(async () => {
  for (let id = 0; id < ${ENDPOINTS}; id++) {
    await (await fetch('http://${PLACE}/api/columns?width=1000&endpoint=' + id, { headers })).text();
  }
  http.get('http://${PLACE}/api/stream?width=1000&columns=300', { headers }, async (stream) => {
    for await (const chunk of stream) await new Promise((done) => setTimeout(done, 1000 * chunk.length / ${bytesPerSecond}));
  });
})();`;

const SCRAPER = `setInterval(async () => { await (await fetch('http://${PLACE}/metrics')).text(); }, 1000);`;

const client = (pair: NetPair, script: string): ChildProcess =>
  pair.spawnNear([process.execPath, '-e', script], { stdio: 'ignore' });

const FAST = 1e9;
const THROTTLED = 2000;

type Measured = { parts: Part[]; record: PingemRecord; wire: WirePair[]; addresses: readonly string[] };

const measure = async (pair: NetPair, seconds: number, progress: (text: string) => void): Promise<Measured> => {
  const addresses = pair.far4;
  for (const address of addresses) await outputOf(pair, ['ping', '-c', '1', address], SETTLING_MS);
  const capture = await startCapture(pair);
  const run = startPingem(pair, ['--json', '--web', '--metrics', '-i', String(INTERVAL_S), ...addresses]);
  let said = '';
  run.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('metrics:')) await sleep(50);
  const token = /token=(\S+)/.exec(said)?.[1] ?? '';
  const { pid } = run.child;
  if (pid === undefined) throw new Error('pingem did not start');
  const parts: Part[] = [];
  const clients: ChildProcess[] = [];
  const part = async (name: string): Promise<void> => {
    progress(`web: ${name}`);
    await sleep(SETTLING_MS);
    const [before, from] = [cpuOf(pid), Date.now()];
    await sleep(seconds * 1000);
    const [after, to] = [cpuOf(pid), Date.now()];
    parts.push({ name, from, to, main: after.main - before.main, others: after.others - before.others });
  };
  await part('nobody');
  clients.push(client(pair, pageScript(token, FAST)));
  await part('one page');
  clients.push(client(pair, pageScript(token, THROTTLED)), client(pair, SCRAPER));
  await part('two pages, one throttled, and a scraper');
  const gone = clients.map((one) => once(one, 'close'));
  for (const one of clients) one.kill('SIGKILL');
  await Promise.all(gone);
  run.child.kill('SIGTERM');
  const { record } = await run.ended;
  return { parts, record, wire: await capture.stop(), addresses };
};

/** Reported minus captured, of the probes sent in that part. */
const errorsIn = ({ from, to }: Part, { record, wire, addresses }: Measured): number[] => {
  const reported = addresses.map((_, id) => new Map((record.slots[id] ?? []).map((slot) => [slot.seq & 0xffff, slot])));
  return wire.flatMap(({ to: address, seq16, requestAt, rtt }) => {
    const slot = reported[addresses.indexOf(address)]?.get(seq16);
    const isWithin = requestAt >= from && requestAt < to;
    return slot === undefined || slot.rtt === null || rtt === null || !isWithin ? [] : [slot.rtt - rtt];
  });
};

/** Slots of the plan in gaps that overlap the part. */
const missedIn = ({ from, to }: Part, { gaps }: PingemRecord): number =>
  gaps.filter((gap) => gap.from * 1000 < to && gap.to * 1000 > from).length;

const run = async ({ quick, progress }: BenchOptions): Promise<Table[]> => {
  const seconds = quick ? 10 : 60;
  const measured = await withPair(ENDPOINTS, (pair) =>
    withResponder(pair, Object.fromEntries(pair.far4.map((address) => [address, [[reply(PATH_MS)]]])), () =>
      measure(pair, seconds, progress),
    ),
  );
  const { parts, record } = measured;
  const share = (used: number, { from, to }: Part): number => (used * 1000) / (to - from);
  const [nobody, one, two] = parts as [Part, Part, Part];
  const onePage = share(one.others, one) - share(nobody.others, nobody);
  const bothPages = (share(two.others, two) - share(nobody.others, nobody)) / 2;
  const noSlot = parts.every((part) => missedIn(part, record) === 0);
  const met = onePage <= WANTED_A_PAGE && bothPages <= WANTED_A_PAGE && noSlot;
  return [
    {
      title: `${ENDPOINTS} endpoints at ${1 / INTERVAL_S}/s, ${seconds} s each, one run`,
      columns: ['part', 'main thread', 'other threads', 'error p50 us', 'error p99 us', 'gaps', 'probes'],
      rows: parts.map((part) => {
        const errors = errorsIn(part, measured);
        return [
          part.name,
          percent(share(part.main, part)),
          percent(share(part.others, part)),
          micros(percentile(errors, 50)),
          micros(percentile(errors, 99)),
          String(missedIn(part, record)),
          String(errors.length),
        ];
      }),
      notes: [
        `Wanted: no gap, and at most ${percent(WANTED_A_PAGE, 0)} of a core more a page in the threads that don't probe. ` +
          `One page: ${percent(onePage)}; two and a scraper, halved: ${percent(bothPages)}. ${met ? 'Met.' : 'NOT MET.'}`,
        `The throttled page reads ${fixed(THROTTLED / 1000, 0)} kB/s. Error: reported minus captured RTT, over a path of ${PATH_MS} ms.`,
      ],
    },
  ];
};

export const web: Bench = {
  name: 'web',
  question: 'what do open pages and a scraper cost the run?',
  run,
};
