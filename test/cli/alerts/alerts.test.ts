// Who is told of episodes, and that nothing but the user's command is run for it.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { episodeAlerts } from '../../../src/cli/alerts/alerts.js';
import { EpisodeCommand } from '../../../src/cli/alerts/episode-command.js';
import { episodeVariables } from '../../../src/cli/alerts/episode-variables.js';
import { parseArguments } from '../../../src/cli/arguments/arguments.js';
import { NO_CONFIG } from '../../../src/cli/config/config.js';
import { DiagnosedStream } from '../../../src/cli/diagnosed-stream.js';
import type { Episode } from '../../../src/diagnosis/episodes/ledger.js';
import type { SessionInfo } from '../../../src/events/session-info.js';
import type { VerdictCode } from '../../../src/events/verdict.js';
import { SimulatedNetwork, START } from '../../diagnosis/simulation/network.js';
import type { ScenarioFault } from '../../diagnosis/simulation/scenario.js';
import { hostInfo } from '../../support/endpoint-info.js';
import { isRunning } from '../../support/processes.js';

const NAMES = ['a', 'b', 'c'];

const alertsOf = (faults: readonly ScenarioFault[], codes: ReadonlySet<VerdictCode> | null = null): string[] => {
  const info: SessionInfo = {
    startedAt: START,
    interval: 200,
    timeout: 2000,
    sizeBytes: 56,
    clock: 'kernel',
    endpoints: NAMES.map((target, id) => hostInfo({ id, target, interval: 200 })),
  };
  const stream = new DiagnosedStream(info);
  const alerts: string[] = [];
  const sink = episodeAlerts(stream.diagnosis, { codes, startedAt: START }, (event, { code }) =>
    alerts.push(`${event} ${code}`),
  );
  const { event } = stream.to([sink]);
  const endpoints = NAMES.map((name) => ({ name, place: 'beyond' as const, rtt: 10 }));
  new SimulatedNetwork({ name: 'x', duration: 200, interval: 0.2, endpoints, faults, expect: [] }, 3).run(
    200,
    (one) => {
      if (one.type !== 'endpoint') event(one);
    },
  );
  return alerts;
};

describe('alerts', () => {
  it('tell of an episode once it has lasted, and when it is over', () => {
    expect(alertsOf([{ from: 60, to: 90, on: ['c'], loss: 1 }])).toEqual(['begin host', 'end host']);
    expect(alertsOf([{ from: 60, to: 64, on: ['c'], loss: 1 }])).toEqual(['begin host', 'end host']);
  });

  it('tell nobody of what ends within 3 s, though a verdict was said', () => {
    expect(alertsOf([{ from: 60, to: 62.5, on: ['c'], loss: 1 }])).toEqual([]);
    expect(alertsOf([])).toEqual([]);
  });

  it('are limited to the codes that are wanted', () => {
    const faults = [{ from: 60, to: 90, on: ['c'], loss: 1 }];
    expect(alertsOf(faults, new Set(['provider', 'local']))).toEqual([]);
    expect(alertsOf(faults, new Set(['host']))).toEqual(['begin host', 'end host']);
  });
});

const HOSTILE = '$(touch x)`touch y`"; touch z #\'\n&& touch w\u001b]0;t\u0007';

const episode: Episode = {
  id: 0,
  code: 'host',
  from: START,
  to: null,
  lastBadAt: START + 4000,
  endpoints: [0, 1],
  worstLoss: 0.25,
  worstP50: 12.3456,
  outages: 0,
};

const variables = episodeVariables('begin', episode, {
  labelOf: (id) => (id === 0 ? HOSTILE : 'far'),
  now: START + 5000,
  clockOffset: 0,
  zone: () => 0,
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-alerts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A command of one word and arguments: a script that writes down its environment. */
const script = (body: string): string => {
  const path = join(folder, 'cmd.sh');
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
};

const numberIn = async (path: string): Promise<number> => {
  await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').trim() !== '', { timeout: 8000 }).toBe(true);
  return Number(readFileSync(path, 'utf8'));
};

describe('the command of an episode', () => {
  it('gets a hostile label as text, and nothing else is run', async () => {
    const out = join(folder, 'env');
    const troubles: (string | null)[] = [];
    const path = script(`cd ${folder}; env > env.part; printf '%s' "$1" > arg; mv env.part env`);
    const command = new EpisodeCommand([path, '$(touch v)'], (message) => troubles.push(message));
    command.run(variables);
    await expect.poll(() => existsSync(out), { timeout: 8000 }).toBe(true);
    const env = readFileSync(out, 'utf8').split('\n');
    expect(env).toContain('PINGEM_EVENT=begin');
    expect(env).toContain('PINGEM_CODE=host');
    expect(env).toContain('PINGEM_SINCE=2025-11-22T15:40:00+00:00');
    expect(env).toContain('PINGEM_LOSS=0.2500');
    expect(env).toContain('PINGEM_P50=12.346');
    expect(env).toContain('PINGEM_ENDPOINTS=$(touch x)`touch y`"; touch z #\' && touch w?]0;t?,far');
    expect(env.some((line) => line.startsWith('NODE_') || line.startsWith('SUDO_'))).toBe(false);
    expect(readFileSync(join(folder, 'arg'), 'utf8')).toBe('$(touch v)');
    for (const name of ['v', 'w', 'x', 'y', 'z']) {
      expect(existsSync(join(folder, name))).toBe(false);
      expect(existsSync(join('/', name))).toBe(false);
    }
    await sleep(100);
    expect(troubles).toEqual([]);
    command.close();
  });

  it('runs one at a time, in order', async () => {
    const path = script(`cd ${folder}; echo "in $PINGEM_EVENT" >> log; sleep 0.4; echo "out $PINGEM_EVENT" >> log`);
    const command = new EpisodeCommand([path], () => {});
    command.run({ PINGEM_EVENT: 'begin' });
    command.run({ PINGEM_EVENT: 'end' });
    const log = (): string => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '');
    await expect.poll(log, { timeout: 8000 }).toBe('in begin\nout begin\nin end\nout end\n');
    command.close();
  });

  it('leaves nobody behind, nor does what it has started', async () => {
    const path = script(`sleep 100 & echo $! > ${folder}/child; echo $$ > ${folder}/self; wait`);
    const command = new EpisodeCommand([path], () => {});
    command.run({});
    const pids = [await numberIn(join(folder, 'child')), await numberIn(join(folder, 'self'))];
    expect(pids.every(isRunning)).toBe(true);
    command.close();
    await expect.poll(() => pids.some(isRunning), { timeout: 5000 }).toBe(false);
  });

  it('says what went wrong, and that it works again', async () => {
    const troubles: (string | null)[] = [];
    const missing = new EpisodeCommand([join(folder, 'none')], (message) => troubles.push(message));
    missing.run({});
    await expect.poll(() => troubles.length, { timeout: 8000 }).toBe(1);
    expect(troubles[0]).toMatch(/--on-episode .*none (can't be run \(ENOENT\)|failed \(exit status 12[67]\))$/);
    troubles.length = 0;
    const path = script(`[ -e ${folder}/ok ] || exit 3`);
    const failing = new EpisodeCommand([path], (message) => troubles.push(message));
    failing.run({});
    await expect.poll(() => troubles, { timeout: 8000 }).toEqual([`--on-episode ${path} failed (exit status 3)`]);
    writeFileSync(join(folder, 'ok'), '');
    failing.run({});
    await expect.poll(() => troubles.at(-1), { timeout: 8000 }).toBeNull();
  });
});

describe('the options of alerts', () => {
  const parse = (...argv: string[]) =>
    parseArguments([...argv, '127.0.0.1'], {
      version: '0',
      columns: null,
      env: {},
      loadConfig: () => Promise.resolve({ config: NO_CONFIG, ownPath: null, account: null }),
    });

  it('are split into words without a shell', async () => {
    expect(await parse('--on-episode', `notify "it's bad" $HOME`)).toMatchObject({
      onEpisode: ['notify', "it's bad", '$HOME'],
    });
    expect(await parse('--bell', '--alert-on', 'local,provider')).toMatchObject({
      bell: true,
      alertOn: new Set(['local', 'provider']),
    });
  });

  it.each([
    [['--on-episode', 'notify "x'], /close it/],
    [['--on-episode', ''], /needs a command/],
    [['--alert-on', 'local'], /--bell and --on-episode/],
    [['--bell', '--alert-on', 'fine'], /--alert-on fine: give one of machine/],
  ])('are refused in one line: %j', async (argv, message) => {
    await expect(parse(...argv)).rejects.toThrow(message);
  });
});
