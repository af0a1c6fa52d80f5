// A terminal that stops reading: the tmux server, which reads what the program writes, is stopped with SIGSTOP.

import { setTimeout as sleep } from 'node:timers/promises';
import { reply } from '../test/support/responder-script.js';
import { startCapture } from './capture.js';
import { fixed, micros, percentile } from './figures.js';
import { hasEnded, residentMiB } from './process-tree.js';
import { punctuality } from './punctuality.js';
import { withPair, withPingemScreen, withResponder } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';

const WARM_UP_S = 10;
const INTERVAL_S = 0.1;

const endsWithin = async (pid: number, milliseconds: number): Promise<number | null> => {
  const started = performance.now();
  while (performance.now() - started < milliseconds) {
    if (hasEnded(pid)) return performance.now() - started;
    await sleep(5);
  }
  return null;
};

const run = async ({ quick, progress }: BenchOptions): Promise<Table[]> => {
  const seconds = quick ? 15 : 60;
  progress(`slow terminal: ${seconds} s`);
  return withPair(8, (pair) =>
    withResponder(pair, Object.fromEntries(pair.far4.map((address) => [address, [[reply(10)]]])), async () => {
      const capture = await startCapture(pair);
      const { result, record } = await withPingemScreen(
        pair,
        ['-i', String(INTERVAL_S), ...pair.far4],
        async (pane) => {
          await sleep(WARM_UP_S * 1000);
          const before = residentMiB(pane.pid);
          process.kill(pane.serverPid, 'SIGSTOP');
          await sleep(seconds * 1000);
          const growth = residentMiB(pane.pid) - before;
          process.kill(pane.serverPid, 'SIGCONT');
          await sleep(2000);
          const screen = pane.capture();
          process.kill(pane.serverPid, 'SIGSTOP');
          await sleep(3000);
          process.kill(pane.pid, 'SIGTERM');
          const ended = await endsWithin(pane.pid, 10_000);
          process.kill(pane.serverPid, 'SIGCONT');
          await sleep(500);
          return {
            growth,
            ended,
            whole: pair.far4.every((address) => screen.includes(address)),
            after: pane.capture(),
          };
        },
      );
      const wire = await capture.stop();
      const { missed, lateness } = punctuality(record);
      const captured = new Map(wire.map((one) => [`${one.to} ${one.seq16}`, one.rtt]));
      const errors = record.slots.flatMap((slots, id) =>
        slots.flatMap((slot) => {
          const truth = captured.get(`${pair.far4[id]} ${slot.seq & 0xffff}`);
          return slot.rtt === null || truth === null || truth === undefined ? [] : [slot.rtt - truth];
        }),
      );
      const notAnswered = record.slots
        .flat()
        .filter((slot) => slot.state !== 'answered' && slot.state !== 'in-flight').length;
      const met = (yes: boolean): string => (yes ? 'met' : 'NOT MET');
      return [
        {
          title: `Nobody reads the terminal for ${seconds} s; 8 endpoints at ${INTERVAL_S} s`,
          columns: ['', 'measured', 'wanted'],
          rows: [
            ['slots missing', String(missed), `0: ${met(missed === 0)}`],
            ['probes not answered', String(notAnswered), `0: ${met(notAnswered === 0)}`],
            ['RTT error p50 / p99', `${micros(percentile(errors, 50))} / ${micros(percentile(errors, 99))} us`, ''],
            ['slots late p99', `${fixed(percentile(lateness, 99), 2)} ms`, ''],
            ['memory growth', `${fixed(result.growth, 1)} MiB`, `<= 20 MiB: ${met(result.growth <= 20)}`],
            ['screen whole 2 s after', result.whole ? 'yes' : 'no', `yes: ${met(result.whole)}`],
            [
              'SIGTERM while it is stopped',
              result.ended === null ? 'did not end in 10 s' : `ended in ${fixed(result.ended, 0)} ms`,
              `<= 1000 ms: ${met(result.ended !== null && result.ended <= 1000)}`,
            ],
          ],
          notes: [],
        },
      ];
    }),
  );
};

export const slowTerminal: Bench = {
  name: 'slow-terminal',
  question: 'what does a terminal that stops reading cost?',
  run,
};
