// What each monitor says of a network whose behaviour is known, because it was scripted. pingem is judged slot by slot
// against the responder's log; the others by the counts and times that they print.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetPair } from '../test/support/netns.js';
import { startPingem } from '../test/support/pingem-run.js';
import type { PingemRecord } from '../test/support/pingem-run.js';
import type { Responder } from '../test/support/responder-client.js';
import { isGenuine, reply, steps } from '../test/support/responder-script.js';
import type { LogLine, Step } from '../test/support/responder-script.js';
import { hostileSteps } from '../test/support/scripted-endpoints.js';
import { slotDifferences } from '../test/support/slot-truth.js';
import { eightEndpoints, linkAndRoute } from './truth-runs.js';
import { fixed } from './figures.js';
import { rivals } from './rivals.js';
import type { Reported, Rival } from './rivals.js';
import { outputOf, withPair, withResponder } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';

const INTERVAL_S = 0.1;
/** pingem's default, which it is left at, as the others are at theirs. */
const PINGEM_TIMEOUT_MS = 2000;
/** Reported times may exceed the script's by the way there and back on a busy machine. */
const TIME_SLACK_MS = 60;

type Case = {
  name: string;
  count: number;
  /** The measured address first; others are there to be disturbed by it. */
  scripts(pair: NetPair): Record<string, readonly Step[]>;
  /** What else happens, from the first request on. */
  events?(pair: NetPair): Promise<void>;
  /** How many must be answered, where the log can't tell because a monitor may not send what is due. */
  answered?: readonly [least: number, most: number];
  /** Which RTTs can be true, in milliseconds. */
  rtts: readonly [min: number, max: number];
};

const alone = (pair: NetPair, own: readonly Step[]): Record<string, readonly Step[]> => ({ [pair.far4[0] ?? '']: own });

const cases: readonly Case[] = [
  {
    name: '60 probes, 30 genuine replies; the rest bad checksum, altered, wrong source, forged',
    count: 60,
    scripts: (pair) =>
      alone(
        pair,
        hostileSteps({ router: pair.router4, neighbour: pair.far4[1] ?? '', family: 4, count: 60, rate: 10 }),
      ),
    rtts: [20, 20],
  },
  {
    name: 'every 10th reply takes 3 s',
    count: 100,
    // Nothing late at the end, so that a monitor that stops 3 s after its last probe misses nothing.
    scripts: (pair) =>
      alone(
        pair,
        steps(100, (n) => [reply(n % 10 === 9 && n < 65 ? 3000 : 10)]),
      ),
    rtts: [10, 3000],
  },
  {
    name: 'odd replies take 150 ms, longer than the interval',
    count: 60,
    scripts: (pair) =>
      alone(
        pair,
        steps(60, (n) => [reply(n % 2 === 1 ? 150 : 10)]),
      ),
    rtts: [10, 150],
  },
  {
    name: 'every 5th lost for 15 s, beside a good host',
    count: 150,
    scripts: (pair) => ({
      ...alone(
        pair,
        steps(150, (n) => (n % 5 === 4 ? [] : [reply(10)])),
      ),
      [pair.far4[1] ?? '']: [[reply(10)]],
    }),
    rtts: [10, 10],
  },
  {
    name: 'no route from 1 s to 2 s of 4 s',
    count: 40,
    scripts: (pair) => alone(pair, [[reply(10)]]),
    events: async (pair) => {
      await sleep(1000);
      pair.deleteRoutes();
      await sleep(1000);
      pair.restoreRoutes();
    },
    answered: [28, 31],
    rtts: [10, 10],
  },
];

/** Probes that got a genuine reply, whenever it came. */
const answeredOf = (log: readonly LogLine[], address: string): number =>
  log.filter((line) => line.type === 'request' && line.to === address && line.step.some(isGenuine)).length;

const firstRequest = async (responder: Responder): Promise<void> => {
  while (responder.requests().length === 0) await sleep(5);
};

type Verdict = { text: string; right: boolean };

const judge = (scenario: Case, reported: Reported | null, answered: number): Verdict => {
  if (!reported) return { text: 'says nothing', right: false };
  const [least, most] = scenario.answered ?? [answered, answered];
  const { sent, answered: got, duplicates, min, mean, max } = reported;
  const right =
    sent === scenario.count &&
    got >= least &&
    got <= most &&
    min >= scenario.rtts[0] - 1 &&
    max <= scenario.rtts[1] + TIME_SLACK_MS &&
    mean <= max;
  const times = Number.isFinite(min) ? `, ${fixed(min, 1)}..${fixed(max, 1)} ms` : '';
  const absurd = mean > 1e6 ? `, mean ${mean.toExponential(1)} ms` : '';
  return { text: `${got}/${sent}${duplicates ? ` +${duplicates} dup` : ''}${times}${absurd}`, right };
};

/** Sets the case's stage for one monitor, runs it and lets `read` judge. */
const stage = async <T>(
  scenario: Case,
  act: (pair: NetPair, addresses: readonly string[]) => Promise<T>,
  read: (outcome: T, log: readonly LogLine[], address: string) => Verdict,
): Promise<Verdict> => {
  return withPair(2, (pair) => {
    const scripts = scenario.scripts(pair);
    const addresses = Object.keys(scripts);
    return withResponder(pair, scripts, async (responder) => {
      const events = firstRequest(responder).then(() => scenario.events?.(pair));
      const outcome = await act(pair, addresses);
      await events;
      return read(outcome, responder.log(), addresses[0] ?? '');
    });
  });
};

const rivalIn = (scenario: Case, rival: Rival): Promise<Verdict> =>
  stage(
    scenario,
    (pair, addresses) =>
      outputOf(pair, rival.command(scenario.count, INTERVAL_S, addresses), scenario.count * INTERVAL_S * 1000 + 12_000),
    (output, log, address) => judge(scenario, rival.reported(output, address), answeredOf(log, address)),
  );

const judgePingem = (scenario: Case, record: PingemRecord, log: readonly LogLine[], address: string): Verdict => {
  const slots = record.slots[0] ?? [];
  const wrong = slotDifferences(slots, log, { id: 0, address }, PINGEM_TIMEOUT_MS);
  const times = slots.flatMap((slot) => (slot.rtt === null ? [] : [slot.rtt]));
  const late = slots.filter((slot) => slot.state === 'late').length;
  const { text, right } = judge(
    scenario,
    {
      sent: slots.length,
      answered: times.length,
      lost: 0,
      duplicates: 0,
      min: Math.min(...times),
      mean: 0,
      max: Math.max(...times),
    },
    answeredOf(log, address),
  );
  return {
    text: `${text}${late ? `, ${late} late` : ''}; ${wrong.length} slots wrong`,
    right: right && wrong.length === 0,
  };
};

const pingemIn = (scenario: Case): Promise<Verdict> =>
  stage(
    scenario,
    async (pair, addresses) => {
      const run = startPingem(pair, ['-i', String(INTERVAL_S), '-c', String(scenario.count), ...addresses]);
      await once(run.child, 'exit');
      return (await run.ended).record;
    },
    (record, log, address) => judgePingem(scenario, record, log, address),
  );

const truthOf = (scenario: Case): string => {
  const [min, max] = scenario.rtts;
  const script = scenario.scripts({ far4: ['a', 'b'], router4: 'r' } as unknown as NetPair)['a'] ?? [];
  const answered = steps(scenario.count, (n) => script[n % script.length] ?? []).filter((step) =>
    step.some(isGenuine),
  ).length;
  return `${scenario.answered?.join(' to ') ?? answered}/${scenario.count}, ${min === max ? min : `${min} or ${max}`} ms`;
};

const run = async ({ quick, progress }: BenchOptions): Promise<Table[]> => {
  const others = rivals();
  const rows: string[][] = [];
  for (const scenario of cases) {
    progress(`truth: ${scenario.name}`);
    const verdicts = await Promise.all([pingemIn(scenario), ...others.map((rival) => rivalIn(scenario, rival))]);
    rows.push([
      scenario.name,
      truthOf(scenario),
      ...verdicts.map(({ text, right }) => (right ? text : `${text} (wrong)`)),
    ]);
  }
  const wrong = rows.filter((row) => row[2]?.endsWith('(wrong)')).length;
  progress('truth: eight endpoints, link and route');
  const [eight, outages] = await Promise.all([eightEndpoints(quick ? 10 : 30), linkAndRoute(quick ? 12 : 60)]);
  return [
    {
      title: 'Answered of sent, and the RTTs',
      columns: ['what truly happened', 'truth', 'pingem', ...others.map((rival) => rival.name)],
      rows,
      notes: [
        `pingem's wrong cells: ${wrong}. "wrong" is another number of probes sent or answered, or an RTT that no genuine reply had.`,
        'fping gives up on a probe when the next is due, unless told otherwise; mtr shows what it heard within its own 10 s.',
      ],
    },
    eight,
    outages,
  ];
};

export const truth: Bench = { name: 'truth', question: 'do the states reported equal what truly happened?', run };
