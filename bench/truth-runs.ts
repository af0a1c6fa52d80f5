// The two long runs that only pingem can be asked about: eight endpoints with a vice each, slot by slot, and a link and a
// route that go away and come back.

import { setTimeout as sleep } from 'node:timers/promises';
import { startPingem } from '../test/support/pingem-run.js';
import { reply } from '../test/support/responder-script.js';
import { eightScripts } from '../test/support/scripted-endpoints.js';
import { duplicatesSent, impostorsSent, slotDifferences } from '../test/support/slot-truth.js';
import { fixed } from './figures.js';
import { withPair, withResponder } from './run.js';
import type { Table } from './table.js';

const RATE = 10;
const TIMEOUT_MS = 1000;
const VICES = [
  'fast and regular',
  'every 5th lost, a burst, a random tenth',
  'replies after 1.5 s and 3 s',
  'odd replies overtaken',
  'hostile replies',
  'ICMP errors, some followed by the reply',
  'payload cut to 64 bytes',
  'duplicates, of late replies too',
];

/** `seconds` at 10 probes/s against each. */
export const eightEndpoints = (seconds: number): Promise<Table> =>
  withPair(8, (pair) => {
    const count = seconds * RATE;
    const scripts = eightScripts({ router: pair.router4, neighbour: pair.far4[0] ?? '', family: 4, count, rate: RATE });
    const addresses = Object.fromEntries(pair.far4.map((address, n) => [address, scripts[n] ?? []]));
    return withResponder(pair, addresses, async (responder) => {
      const args = ['-i', '0.1', '-W', '1', '-s', '100', '-c', String(count), ...pair.far4];
      const { record } = await startPingem(pair, args).ended;
      const log = responder.log();
      return {
        title: `Eight scripted endpoints at once, ${seconds} s`,
        columns: ['endpoint', 'slots', 'answered', 'late', 'lost', 'unreachable', 'slots wrong'],
        rows: pair.far4.map((address, id) => {
          const slots = record.slots[id] ?? [];
          const wrong = slotDifferences(slots, log, { id, address }, TIMEOUT_MS);
          const states = ['answered', 'late', 'lost', 'unreachable'] as const;
          const counts = states.map((state) => slots.filter((slot) => slot.state === state).length);
          return [VICES[id] ?? '', ...[slots.length, ...counts, wrong.length].map(String)];
        }),
        notes: [
          `Duplicates: ${record.duplicates} recorded, ${duplicatesSent(log)} sent. Packets rejected: ${record.rejected}, impostors sent: ${impostorsSent(log)}.`,
        ],
      };
    });
  });

/** The link is down in the second sixth, the route gone in the fourth. */
export const linkAndRoute = (seconds: number): Promise<Table> =>
  withPair(2, (pair) => {
    const addresses = Object.fromEntries([...pair.far4, ...pair.far6].map((address) => [address, [[reply(5)]]]));
    return withResponder(pair, addresses, async (responder) => {
      const names = Object.keys(addresses);
      const run = startPingem(pair, ['-i', '0.1', '-W', '1', '-w', String(seconds), ...names]);
      while (responder.requests().length === 0) await sleep(5);
      const start = performance.now();
      const changes: number[] = [];
      for (const [n, act] of [pair.linkDown, pair.linkUp, pair.deleteRoutes, pair.restoreRoutes].entries()) {
        await sleep(start + ((n + 1) * seconds * 1000) / 6 - performance.now());
        act();
        changes.push(Date.now() / 1000);
      }
      const { code, record } = await run.ended;
      const rows = names.map((name, id) => {
        const ledger = record.outages.filter((outage) => outage.endpoint === id);
        const edges = ledger.flatMap((outage) => [outage.from, outage.to ?? Number.NaN]);
        const offsets = changes.map((change, n) => `${fixed(((edges[n] ?? Number.NaN) - change) * 1000, 0)} ms`);
        const unsent = (record.slots[id] ?? []).filter((slot) => slot.state === 'unsent').length;
        return [name, String(record.slots[id]?.length ?? 0), String(unsent), String(ledger.length), ...offsets];
      });
      return {
        title: `Link down from ${seconds / 6} s to ${seconds / 3} s, route deleted from ${seconds / 2} s to ${(seconds * 2) / 3} s`,
        columns: ['endpoint', 'slots', 'unsent', 'outages', 'link down', 'link up', 'route gone', 'route back'],
        rows,
        notes: [
          `${seconds * RATE} slots are due (+- 2). The last four columns: the ledger's time minus the time of the change, wanted within 200 ms. Exit status ${code}.`,
        ],
      };
    });
  });
