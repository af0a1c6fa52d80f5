// How far reported RTTs are from what tcpdump saw on the device. pingem with its screen live at 200x50 in tmux; the rivals
// have no screen to draw. The path takes 8 ms, so that programs which print three digits still show 10 us.

import type { NetPair } from '../test/support/netns.js';
import { reply } from '../test/support/responder-script.js';
import { startCapture } from './capture.js';
import { micros, percentile } from './figures.js';
import type { WirePair } from './pcap.js';
import { rivals } from './rivals.js';
import { outputOf, withBusyCores, withPair, withPingemScreen, withResponder } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';

const INTERVAL_S = 0.05;
const PATH_MS = 8;
const GRACE_MS = 15_000;

type Contender = {
  name: string;
  run(pair: NetPair, address: string, count: number): Promise<ReadonlyMap<number, number>>;
};

const pingem: Contender = {
  name: 'pingem, screen on',
  run: async (pair, address, count) => {
    const args = ['-i', String(INTERVAL_S), '-c', String(count), address];
    const { record } = await withPingemScreen(pair, args, (pane) => pane.ended(count * INTERVAL_S * 1000 + GRACE_MS));
    const answered = (record.slots[0] ?? []).flatMap(({ seq, rtt }) =>
      rtt === null ? [] : [[seq & 0xffff, rtt] as const],
    );
    return new Map(answered);
  },
};

const contenders = (): Contender[] => [
  pingem,
  ...rivals().map((rival) => ({
    name: rival.name,
    run: async (pair: NetPair, address: string, count: number) =>
      rival.rtts(
        await outputOf(pair, rival.command(count, INTERVAL_S, [address]), count * INTERVAL_S * 1000 + GRACE_MS),
      ),
  })),
];

/** Reported minus captured, probe by probe. What a program gave up on, it has no RTT of. */
const errorsOf = (reported: ReadonlyMap<number, number>, wire: readonly WirePair[]): number[] => {
  const errors = wire.flatMap(({ seq16, rtt }) => {
    const said = reported.get(seq16);
    return said === undefined || rtt === null ? [] : [said - rtt];
  });
  if (errors.length < wire.length / 2) throw new Error(`${reported.size} RTTs reported, ${wire.length} captured`);
  return errors;
};

const measure = async (contender: Contender, count: number): Promise<number[]> => {
  return withPair(1, (pair) => {
    const [address = ''] = pair.far4;
    return withResponder(pair, { [address]: [[reply(PATH_MS)]] }, async () => {
      // Otherwise the first probe waits for ARP, behind the program's own stamp and before the capture's.
      await outputOf(pair, ['ping', '-c', '1', address], GRACE_MS);
      const capture = await startCapture(pair);
      const reported = await contender.run(pair, address, count);
      return errorsOf(reported, await capture.stop());
    });
  });
};

const measureAll = async (
  rounds: number,
  count: number,
  progress: (text: string) => void,
): Promise<Map<string, number[]>> => {
  const errors = new Map<string, number[]>();
  // Rounds, so that a bad minute of the machine hits everyone.
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders()) {
      progress(`accuracy: ${contender.name}, round ${round + 1} of ${rounds}`);
      errors.set(contender.name, [...(errors.get(contender.name) ?? []), ...(await measure(contender, count))]);
    }
  }
  return errors;
};

const tableOf = (title: string, errors: ReadonlyMap<string, readonly number[]>, busy: boolean): Table => {
  const at = (name: string, rank: number): number => percentile(errors.get(name) ?? [], rank);
  const [p50, p99] = [at(pingem.name, 50), at(pingem.name, 99)];
  const fping = at('fping', 50);
  const met = p50 <= 0.05 && p99 <= 0.25 && (Number.isNaN(fping) || p50 <= 1.5 * fping);
  return {
    title,
    columns: ['error in us', 'p50', 'p90', 'p99', 'max', 'RTTs'],
    rows: [...errors].map(([name, own]) => [
      name,
      ...[50, 90, 99, 100].map((rank) => micros(percentile(own, rank))),
      String(own.length),
    ]),
    notes: busy
      ? [`Wanted of pingem here: p50 <= 50 us, p99 <= 250 us, p50 <= 1.5 x fping's. ${met ? 'Met.' : 'NOT MET.'}`]
      : [],
  };
};

const run = async ({ quick, progress }: BenchOptions): Promise<Table[]> => {
  const [rounds, count] = quick ? [1, 100] : [3, 300];
  const idle = await measureAll(rounds, count, progress);
  const busy = await withBusyCores(() => measureAll(rounds, count, progress));
  return [tableOf('Idle machine', idle, false), tableOf('One busy loop on each core', busy, true)];
};

export const accuracy: Bench = {
  name: 'accuracy',
  question: `how far is a reported RTT from the true one? (reported minus captured, 20 probes/s over a path of ${PATH_MS} ms)`,
  run,
};
