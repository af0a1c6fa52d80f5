// Where Node refuses to change users: UV_USE_IO_URING makes any Node one of those. bin/pingem has setpriv do it, with
// one capability left, and without setpriv nothing is sent as root.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setprivArguments, userOption } from '../../src/cli/arguments/setpriv-arguments.js';
import { isLookupNode, NOBODY } from '../support/processes.js';
import { projectRoot } from '../support/responder-client.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and giving up root needs root');
  process.stderr.write('SKIPPED: tests of giving up root need root\n');
}

const CAP_NET_RAW = '0000000000002000';
const NO_CAPABILITY = '0000000000000000';
const PROGRAM = '/mnt/bin/pingem';

/** As `sudo` of nobody would start it, the checkout bound to a folder that everybody may enter. */
const command = (args: readonly string[]): [string, string[]] => [
  'unshare',
  ['-m', 'sh', '-c', 'mount --bind "$0" /mnt && exec "$@"', projectRoot, PROGRAM, ...args],
];
const env = {
  ...process.env,
  UV_USE_IO_URING: '1',
  SUDO_UID: String(NOBODY),
  SUDO_GID: String(NOBODY),
  SUDO_USER: 'nobody',
};

const threadsOf = (pid: number): { id: number; status: string }[] =>
  readdirSync(`/proc/${pid}/task`).map((id) => ({
    id: Number(id),
    status: readFileSync(`/proc/${pid}/task/${id}/status`, 'latin1'),
  }));
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
const field = (status: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
/** The kernel's own threads of io_uring, which only UV_USE_IO_URING brings. */
const isNode = ({ status }: { status: string }): boolean => !field(status, 'Name').startsWith('iou-');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-second-'));
  if (privileged) chownSync(folder, NOBODY, NOBODY);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what setpriv is told', () => {
  it('is the account, its groups as far as they are known, and the one capability', () => {
    const account = { name: 'u', uid: 1000, gid: 1001 };
    const capability = ['--inh-caps=+net_raw', '--ambient-caps=+net_raw'];
    expect(setprivArguments(account, true)).toEqual(['--reuid=1000', '--regid=1001', '--init-groups', ...capability]);
    expect(setprivArguments(account, false)).toEqual(['--reuid=1000', '--regid=1001', '--groups=1001', ...capability]);
  });

  it.each([
    [['--user', 'a', '::1'], 'a'],
    [['--user=a', '--user=b'], 'b'],
    [['::1', '--', '--user=a'], null],
    [['::1'], null],
  ])('for --user in %j', (argv, name) => {
    expect(userOption(argv)).toBe(name);
  });
});

describe.skipIf(!privileged)('a Node that refuses to change users', () => {
  it('runs as the user who called sudo, with CAP_NET_RAW alone, raised on its main thread alone', async () => {
    const record = join(folder, 'r');
    const [file, args] = command(['127.0.0.1', '-i', '0.1', '--json', '--record', record]);
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = child.pid ?? 0;
    child.stdout.resume();
    await once(child.stdout, 'data');
    await sleep(300);
    const threads = threadsOf(pid);
    const niceness = threads.filter(isNode).map(({ id }) => [id === pid, getPriority(id)]);
    const { uid } = statSync(record);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    for (const { status } of threads) {
      expect(field(status, 'Uid')).toBe(Array.from({ length: 4 }, () => NOBODY).join('\t'));
      expect(field(status, 'Gid')).toBe(Array.from({ length: 4 }, () => NOBODY).join('\t'));
      for (const set of ['CapPrm', 'CapEff', 'CapInh', 'CapAmb']) expect(field(status, set)).toBe(CAP_NET_RAW);
    }
    expect(niceness.length).toBeGreaterThan(4);
    expect(niceness.filter(([isMain]) => isMain)).toEqual([[true, -10]]);
    expect(niceness.filter(([isMain]) => !isMain).every(([, nice]) => nice === 0)).toBe(true);
    expect(uid).toBe(NOBODY);
    expect(code).toBe(0);
  });

  it('gives its child no capability in any set, and normal priority', async () => {
    const [file, args] = command(['localhost', '-i', '0.1', '--json']);
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = child.pid ?? 0;
    child.stdout.resume();
    const lookups = (): number[] => childrenOf(pid).filter(isLookupNode);
    await expect.poll(lookups, { timeout: 10_000 }).toHaveLength(1);
    await expect.poll(() => threadsOf(lookups()[0] ?? 0).length).toBeGreaterThan(1);
    expect(field(readFileSync(`/proc/${pid}/status`, 'latin1'), 'CapEff')).toBe(CAP_NET_RAW);
    const threads = threadsOf(lookups()[0] ?? 0).filter(isNode);
    const niceness = threads.map(({ id }) => getPriority(id));
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(threads.length).toBeGreaterThan(1);
    for (const { status } of threads) {
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) expect(field(status, set)).toBe(NO_CAPABILITY);
      expect(field(status, 'Uid')).toBe(Array.from({ length: 4 }, () => NOBODY).join('\t'));
      expect(field(status, 'NoNewPrivs')).toBe('1');
    }
    expect(niceness).toEqual(threads.map(() => 0));
  });

  it('is told so in one line where there is no setpriv, and sends nothing', () => {
    for (const name of ['sh', 'id', 'node', 'readlink', 'dirname', 'ldd']) {
      const from = name === 'node' ? process.execPath : spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
      symlinkSync(from, join(folder, name));
    }
    const [, , ...rest] = ['unshare', ...command(['127.0.0.1', '-c', '1'])[1]];
    const mount = 'mount --bind "$0" /mnt && PATH=$BARE exec "$@"';
    const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', mount, ...rest.slice(3)], {
      env: { ...env, BARE: folder },
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/^pingem: this Node refuses to become nobody .*setpriv.*--user root\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('stays root where --user root says so', () => {
    const [file, args] = command(['127.0.0.1', '-c', '1', '--user', 'root']);
    const { status, stderr } = spawnSync(file, args, { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe.skipIf(!privileged)('a copy of node that may open raw sockets', () => {
  it('runs without root, and its child has nothing of it, though the file would give it', async () => {
    const node = join(folder, 'ping-node');
    copyFileSync(process.execPath, node);
    chmodSync(node, 0o755);
    chmodSync(folder, 0o755);
    expect(spawnSync('setcap', ['cap_net_raw+ep', node]).status).toBe(0);
    const user = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', '--'];
    const mount = 'mount --bind "$0" /mnt && exec setpriv "$@"';
    const words = [...user, node, '/mnt/bin/pingem.js', 'localhost', '-i', '0.1', '--json'];
    const child = spawn('unshare', ['-m', 'sh', '-c', mount, projectRoot, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = child.pid ?? 0;
    child.stdout.resume();
    const lookups = (): number[] =>
      childrenOf(pid).filter((id) => /^\S*ping-node\0.*lookup-child/.test(readFileSync(`/proc/${id}/cmdline`, 'utf8')));
    await expect.poll(lookups, { timeout: 10_000 }).toHaveLength(1);
    const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapAmb'];
    const own = readFileSync(`/proc/${pid}/status`, 'latin1');
    const theirs = readFileSync(`/proc/${lookups()[0]}/status`, 'latin1');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(field(own, 'CapEff')).toBe(CAP_NET_RAW);
    expect(sets.map((set) => field(theirs, set))).toEqual(sets.map(() => NO_CAPABILITY));
  });
});
