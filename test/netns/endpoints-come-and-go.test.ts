// Endpoints added, changed and removed by keys, in a real terminal and between real kernels: what came to the responder
// and what the record says are the same, slot by slot, each with the interval and the size that it had then.

import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import type { NetPair } from '../support/netns.js';
import { pairFor, responderFor, withoutNetns } from '../support/netns-suite.js';
import { pingemProgram, readRecord } from '../support/pingem-run.js';
import type { PingemRecord, Slot } from '../support/pingem-run.js';
import { reply } from '../support/responder-script.js';
import type { LogLine } from '../support/responder-script.js';
import { slotDifferences } from '../support/slot-truth.js';
import { withoutTmux } from '../support/tmux-gate.js';
import { isUnreadable, nodeStaysRoot } from '../support/processes.js';
import { TmuxShell } from '../support/tmux-shell.js';

const TIMEOUT_MS = 2000;
const WHOLE_TEST_MS = 90_000;

/** pingem on a screen in the near namespace. */
class Session {
  readonly shell = new TmuxShell(120, 30);
  readonly #folder = mkdtempSync(join(tmpdir(), 'pingem-keys-'));
  readonly #path = join(this.#folder, 'record.jsonl');

  constructor(test: TestContext, pair: NetPair, args: readonly string[]) {
    test.onTestFinished(() => {
      this.shell.close();
      rmSync(this.#folder, { recursive: true, force: true });
    });
    // Whoever pingem becomes has to be able to write there.
    chmodSync(this.#folder, 0o777);
    const words = [process.execPath, pingemProgram, ...args, '--record', this.#path];
    this.shell.type(`ip netns exec ${pair.near} env -u SUDO_UID -u SUDO_GID ${words.join(' ')}`);
  }

  async started(): Promise<void> {
    await this.shows(/loss +0 %/);
  }

  async shows(text: RegExp): Promise<void> {
    await this.shell.until(String(text), (rows) => rows.some((row) => text.test(row)));
  }

  /** Opens a prompt by its key, replaces what stands in it, and waits for what it says when it is done. */
  async prompt(key: string, text: string, said: RegExp): Promise<void> {
    this.shell.keys(key);
    await this.shows(/ (add|change): /);
    this.shell.keys('C-u');
    this.shell.type(text);
    await this.shows(said);
  }

  async ended(): Promise<PingemRecord> {
    this.shell.keys('q');
    await this.shell.until('the shell', (rows) => rows.at(-1)?.trim() === '$');
    return readRecord(readFileSync(this.#path, 'utf8'));
  }
}

type Plan = { at: number; address: string; interval: number; sizeBytes: number };

/** By endpoint, what the record says of it, from when on (Unix ms). */
const plansOf = ({ lines, session }: PingemRecord): Plan[][] => {
  const plans = session.endpoints.map(({ target, interval, size }): Plan[] => [
    { at: 0, address: target, interval: interval * 1000, sizeBytes: size },
  ]);
  for (const line of lines) {
    if (line.type !== 'endpoint') continue;
    const plan = { at: line.at * 1000, address: line.target, interval: line.interval * 1000, sizeBytes: line.size };
    plans[line.id] = [...(plans[line.id] ?? []), plan];
  }
  return plans;
};

/** Every probe on the wire that was not of the size that the record gives it. */
const sizeDifferences = (
  slots: readonly Slot[],
  plans: readonly Plan[],
  id: number,
  log: readonly LogLine[],
): string[] =>
  log.flatMap((line) => {
    if (line.type !== 'request' || line.endpoint !== id) return [];
    const slot = slots[line.seq ?? -1];
    const plan = plans.findLast(({ at }) => at <= (slot?.sentAt ?? -1));
    return plan?.sizeBytes === line.sizeBytes ? [] : [`endpoint ${id} slot ${line.seq}: ${line.sizeBytes} bytes`];
  });

/** The median distance of the slots that were sent under each plan. */
const intervalsOf = (slots: readonly Slot[], plans: readonly Plan[]): number[] =>
  plans.map(({ at }, i) => {
    const until = plans[i + 1]?.at ?? Infinity;
    const times = slots.map(({ sentAt }) => sentAt).filter((time) => time >= at && time < until);
    const steps = times.slice(1).map((time, k) => time - (times[k] ?? 0));
    return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? NaN;
  });

/** Everything that the record and the wire disagree on. What is in flight at the end nobody waits for. */
const differences = (record: PingemRecord, log: readonly LogLine[]): string[] =>
  plansOf(record).flatMap((plans, id) => {
    const all = record.slots[id] ?? [];
    const slots = all.at(-1)?.state === 'in-flight' ? all.slice(0, -1) : all;
    const own = log.filter(
      (line) => line.type !== 'request' || (line.endpoint === id && (line.seq ?? Infinity) < slots.length),
    );
    const address = plans[0]?.address ?? '';
    return [...slotDifferences(slots, own, { id, address }, TIMEOUT_MS), ...sizeDifferences(slots, plans, id, own)];
  });

describe.skipIf(withoutNetns || withoutTmux)('endpoints by keys', { timeout: WHOLE_TEST_MS }, () => {
  it('come, change and go without a slot lost, doubled or of another size', async (test) => {
    const pair = pairFor(test, 3);
    const [first = '', second = '', third = ''] = pair.far4;
    const responder = await responderFor(test, pair, {
      addresses: Object.fromEntries(pair.far4.map((address) => [address, [[reply()]]])),
    });
    const session = new Session(test, pair, ['-i', '0.2', first]);
    await session.started();
    await session.prompt('a', `fast=${second},interval=0.05,size=1000`, /added fast, every 0\.05 s, 1000 bytes/);
    await session.prompt('a', `${third},interval=0.1`, /added 10\.77\.0\.13, every 0\.1 s, 56 bytes/);
    await sleep(2000);
    session.shell.keys('D');
    await session.shows(new RegExp(`remove ${first}\\? y/n`));
    session.shell.keys('y');
    await session.shows(new RegExp(`^ removed ${first}`));
    session.shell.keys('Down', 'Down');
    await session.prompt('e', `slow=${third},interval=0.5,size=200`, /changed slow, every 0\.5 s, 200 bytes/);
    await sleep(4000);
    const record = await session.ended();
    const log = responder.log();

    expect(differences(record, log)).toEqual([]);
    const counts = record.slots.map((slots) => slots.length);
    expect(log.filter(({ type }) => type === 'request').length).toBe(counts.reduce((sum, count) => sum + count, 0));
    const plans = plansOf(record);
    expect(
      plans.map((own) => own.map(({ address, interval, sizeBytes }) => ({ address, interval, sizeBytes }))),
    ).toEqual([
      [{ address: first, interval: 200, sizeBytes: 56 }],
      [{ address: second, interval: 50, sizeBytes: 1000 }],
      [
        { address: third, interval: 100, sizeBytes: 56 },
        { address: third, interval: 500, sizeBytes: 200 },
      ],
    ]);
    for (const [id, own] of plans.entries()) {
      const measured = intervalsOf(record.slots[id] ?? [], own);
      for (const [i, interval] of measured.entries()) expect(interval / (own[i]?.interval ?? NaN)).toBeCloseTo(1, 1);
    }
    // The first one has no slot after it was removed; the others went on.
    const removed = record.lines.find((line) => line.type === 'removed');
    expect(removed).toMatchObject({ endpoint: 0 });
    const removedAt = (removed?.at ?? 0) * 1000;
    const last = record.slots.map((slots) => slots.at(-1)?.sentAt ?? 0);
    expect(last[0]).toBeLessThan(removedAt);
    expect(Math.min(last[1] ?? 0, last[2] ?? 0)).toBeGreaterThan(removedAt + 3000);
    expect(record.summaries.map(({ slots }) => slots)).toEqual(counts);
  });

  it.skipIf(nodeStaysRoot || isUnreadable)('come of the other family too, after root is dropped', async (test) => {
    const pair = pairFor(test, 1);
    const [four = '', six = ''] = [pair.far4[0], pair.far6[0]];
    const responder = await responderFor(test, pair, { addresses: { [four]: [[reply()]], [six]: [[reply()]] } });
    const session = new Session(test, pair, ['--user', 'nobody', '-i', '0.1', four]);
    await session.started();
    await session.prompt('a', six, new RegExp(`added ${six}`));
    await session.prompt('a', '::1', /added ::1/);
    await sleep(2000);
    const record = await session.ended();

    expect(record.slots[2]?.length).toBeGreaterThan(10);
    expect(record.slots[2]?.filter(({ state }) => state !== 'answered' && state !== 'in-flight')).toEqual([]);
    // Nobody logs what came to ::1.
    const probed = { ...record, lines: record.lines.filter((line) => line.type !== 'endpoint' || line.id !== 2) };
    expect(differences(probed, responder.log())).toEqual([]);
    expect(record.slots[1]?.length).toBeGreaterThan(10);
  });
});
