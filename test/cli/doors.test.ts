// What another local user could get from a running program: descriptors, a debugger, capabilities. Each door of
// docs/security.md that a test can push at.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pingemProgram } from '../support/pingem-run.js';
import { isLookupNode, isUnreadable, NOBODY, nodeStaysRoot } from '../support/processes.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and tests with raw sockets need root');
  process.stderr.write('SKIPPED: what a root-started program gives away needs root\n');
}

/** Where the user can't read it, names are resolved without a child. */
const hasNoDroppedChild = nodeStaysRoot || isUnreadable;
const CAP_NET_RAW = 13;
const DEBUGGER_PORT = 9229;
const TEST_MS = 30_000;

let folder = '';
const living = new Set<ChildProcess>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-doors-'));
});
afterEach(() => {
  for (const child of living) child.kill('SIGKILL');
  living.clear();
  rmSync(folder, { recursive: true });
});

type Start = { env?: NodeJS.ProcessEnv; extra?: number; through?: readonly string[]; node?: readonly string[] };

/** A run that has sent its first probe. */
const start = async (args: readonly string[], { env = {}, extra, through = [], node = [] }: Start = {}) => {
  const [command = '', ...rest] = [...through, process.execPath, ...node, pingemProgram, '--json', ...args];
  const child = spawn(command, rest, {
    // Far from the others: Node itself keeps those that are near from its children.
    stdio: ['ignore', 'pipe', 'pipe', ...(extra === undefined ? [] : [...Array<'ignore'>(60).fill('ignore'), extra])],
    env: { ...process.env, SUDO_UID: undefined, SUDO_GID: undefined, ...env },
  });
  living.add(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes('"type":"probe"')) {
    if (child.exitCode !== null) throw new Error(`ended: ${output}`);
    await sleep(20);
  }
  return { child, pid: child.pid ?? 0 };
};

const dropped = { SUDO_UID: String(NOBODY), SUDO_GID: String(NOBODY), SUDO_USER: 'nobody' };

const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );

/** What the descriptors of a process point at, those left out that are nobody's. */
const openFiles = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`)
    .map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
    .filter((link) => link !== '/dev/null' && !link.startsWith('anon_inode:'));

const rawSockets = (pid: number): string[] =>
  ['raw', 'raw6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((row) => (row.trim() === '' ? [] : [`socket:[${row.trim().split(/\s+/)[9]}]`])),
  );

const capabilities = (pid: number, set: string): bigint =>
  BigInt(`0x${new RegExp(`^${set}:\\s*(\\w+)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''}`);

/** Process ids of whoever listens on Node's port for debuggers. */
const debuggerListens = (pid: number): boolean => {
  const port = DEBUGGER_PORT.toString(16).toUpperCase();
  const listening = readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .filter((row) => new RegExp(`^\\s*\\d+: \\w+:${port} \\w+:0000 0A `).test(row))
    .map((row) => `socket:[${row.trim().split(/\s+/)[9]}]`);
  const own = new Set(openFiles(pid));
  return listening.some((socket) => own.has(socket));
};

describe.skipIf(!privileged)('a program that was started as root', () => {
  it('starts its lookup child with none of its own descriptors', { timeout: TEST_MS }, async () => {
    const secret = openSync(join(folder, 'secret'), 'w', 0o600);
    const { pid } = await start(['-i', '0.1', '--record', join(folder, 'r'), 'localhost', '127.0.0.1', '::1'], {
      extra: secret,
    });
    closeSync(secret);
    const children = childrenOf(pid);
    expect(children).toHaveLength(1);
    const ours = new Set(openFiles(pid));
    expect([...ours].filter((file) => file.endsWith('/secret'))).toHaveLength(1);
    const sockets = rawSockets(pid).filter((socket) => ours.has(socket));
    expect(sockets).toHaveLength(2);
    const theirs = openFiles(children[0] ?? 0);
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.filter((file) => ours.has(file))).toEqual([]);
  });

  it.skipIf(hasNoDroppedChild)('lets it see neither our environment nor our folder', { timeout: TEST_MS }, async () => {
    const env = { ...dropped, SECRET: 'of root', NODE_OPTIONS: '--no-warnings', RES_OPTIONS: 'attempts:1' };
    const { pid } = await start(['-i', '0.1', 'localhost'], { env });
    const [child = 0] = childrenOf(pid);
    await expect.poll(() => isLookupNode(child)).toBe(true);
    const names = readFileSync(`/proc/${child}/environ`, 'utf8')
      .split('\0')
      .map((variable) => variable.split('=')[0]);
    expect(names).toContain('RES_OPTIONS');
    expect(names).not.toContain('SECRET');
    expect(names).not.toContain('NODE_OPTIONS');
    expect(readlinkSync(`/proc/${child}/cwd`)).toBe('/');
  });

  it.skipIf(hasNoDroppedChild)('starts it with no priority of its own', { timeout: TEST_MS }, async () => {
    const { pid } = await start(['-i', '0.1', 'localhost'], { env: dropped });
    expect(getPriority(pid)).toBe(-10);
    const [child = 0] = childrenOf(pid);
    await expect.poll(() => isLookupNode(child)).toBe(true);
    const threads = readdirSync(`/proc/${child}/task`).map(Number);
    expect(threads.map((thread) => getPriority(thread))).toEqual(threads.map(() => 0));
  });

  it.skipIf(isUnreadable)('gives the child of an unprivileged start no capability', { timeout: TEST_MS }, async () => {
    const caps = '--inh-caps=-all,+net_raw';
    const through = ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
    const { pid } = await start(['-i', '0.1', 'localhost'], {
      through: [...through, caps, '--ambient-caps=+net_raw', '--'],
    });
    expect((capabilities(pid, 'CapEff') >> BigInt(CAP_NET_RAW)) & 1n).toBe(1n);
    const children = childrenOf(pid);
    expect(children).toHaveLength(1);
    await expect.poll(() => capabilities(children[0] ?? 0, 'CapEff')).toBe(0n);
    for (const set of ['CapInh', 'CapPrm', 'CapAmb']) expect(capabilities(children[0] ?? 0, set)).toBe(0n);
  });

  it.each(hasNoDroppedChild ? [{}] : [{}, dropped])(
    'opens no debugger at SIGUSR1, nor does its child: %j',
    { timeout: TEST_MS },
    async (env) => {
      const { child, pid } = await start(['-i', '0.1', 'localhost'], { env });
      const [lookup = 0] = childrenOf(pid);
      for (const each of [pid, lookup]) process.kill(each, 'SIGUSR1');
      await sleep(500);
      expect(child.exitCode).toBeNull();
      expect([pid, lookup].map(debuggerListens)).toEqual([false, false]);
    },
  );

  it('does not start while a debugger listens', async () => {
    const { stderr, code } = await refused([`--inspect=127.0.0.1:0`], {});
    expect(stderr).toMatch(
      /^pingem: Node's debugger listens on ws:\/\/127\.0\.0\.1:\d+\/[^ ]+, .*leave --inspect out/m,
    );
    expect(code).toBe(2);
    expect(await refused([], { NODE_OPTIONS: '--inspect=127.0.0.1:0' })).toMatchObject({ code: 2 });
  });
});

const refused = async (
  node: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; stderr: string }> => {
  const child = spawn(process.execPath, [...node, pingemProgram, '-c', '1', '127.0.0.1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: code as number | null, stderr };
};
