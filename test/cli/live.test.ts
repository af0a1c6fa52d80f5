// The real program on loopback, where a kernel answers: what it prints, what it exits with, whom it becomes.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordLine } from '../../src/record/lines/line-format.js';
import { pingemProgram } from '../support/pingem-run.js';
import { nodeStaysRoot } from '../support/processes.js';
import { projectRoot } from '../support/responder-client.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and tests with raw sockets need root');
  process.stderr.write('SKIPPED: tests with raw sockets on loopback need root\n');
}

/** nobody, on every Debian. */
const NOBODY = 65_534;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-live-'));
  chownSync(folder, NOBODY, NOBODY);
});
afterEach(() => rmSync(folder, { recursive: true }));

type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string; took: number };

const start = (args: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}) => {
  const child = spawn(process.execPath, [pingemProgram, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SUDO_UID: undefined, SUDO_GID: undefined, ...options.env },
  });
  const began = performance.now();
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended: Promise<Ended> = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stdout,
    stderr,
    took: performance.now() - began,
  }));
  return { child, ended };
};

const run = (args: string, options = {}): Promise<Ended> => start(args.split(' '), options).ended;

const linesOf = (text: string): RecordLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordLine);

describe.skipIf(!privileged)('a live run', () => {
  it('gives every slot of both families its line, as JSON', async () => {
    const { code, stdout, took } = await run('-c 20 -i 0.05 --json 127.0.0.1 ::1');
    const lines = linesOf(stdout);
    expect(lines[0]).toMatchObject({ type: 'session', interval: 0.05, timeout: 2, size: 56 });
    for (const endpoint of [0, 1]) {
      const probes = lines.filter((line) => line.type === 'probe' && line.endpoint === endpoint);
      expect(probes.map((line) => 'seq' in line && line.seq)).toEqual(Array.from({ length: 20 }, (_, seq) => seq));
      expect(probes.every((line) => 'state' in line && line.state === 'answered')).toBe(true);
    }
    expect(lines.slice(-2).map(({ type }) => type)).toEqual(['summary', 'summary']);
    expect(code).toBe(0);
    expect(took).toBeGreaterThan(950);
  });

  it('counts a name that does not resolve as unsent, and exits with 1', async () => {
    const { code, stdout } = await run('-c 3 -i 0.1 --json 127.0.0.1 no-such-host.invalid');
    const states = linesOf(stdout).flatMap((line) => (line.type === 'probe' && line.endpoint === 1 ? [line] : []));
    expect(states.map(({ state }) => state)).toEqual(['unsent', 'unsent', 'unsent']);
    expect(states.every((line) => line.state === 'unsent' && line.error.startsWith('E'))).toBe(true);
    expect(code).toBe(1);
  });

  it('prints text where stdout is no terminal, and a summary behind it', async () => {
    const { code, stdout } = await run('-c 15 -i 0.1 -e 1s 127.0.0.1');
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}127\.0\.0\.1 {2}loss 0\.0 %/);
    expect(stdout).toMatch(/\n {2}15 probes {2}answered 15 {2}loss 0\.0 %\n/);
    expect(code).toBe(0);
  });

  it('ends on a signal at once, with the summary', async () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const { child, ended } = start(['-i', '0.1', '--json', '127.0.0.1']);
      await once(child.stdout, 'data');
      await sleep(400);
      child.kill(signal);
      const { code, stdout } = await ended;
      expect(linesOf(stdout).at(-1)?.type).toBe('summary');
      expect(code).toBe(0);
    }
  });

  it('takes two signals in a moment, as timeout(1) sends them, for one', async () => {
    const { child, ended } = start(['-i', '0.1', '--json', '127.0.0.1']);
    await once(child.stdout, 'data');
    // Two of a kind may become one on their way; these don't.
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, signal, stdout } = await ended;
    expect([code, signal]).toEqual([0, null]);
    expect(linesOf(stdout).at(-1)?.type).toBe('summary');
  });

  it('ends when the reader of its output is gone', async () => {
    const { child, ended } = start(['-i', '0.1', '--json', '127.0.0.1']);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const { took, stderr } = await ended;
    expect(took).toBeLessThan(8000);
    expect(stderr).toBe('');
  });

  it('is not held up by a reader that has stopped, neither in probing nor at its end', async () => {
    const path = join(folder, 'r');
    const { child, ended } = start(['-i', '0.002', '--json', '--record', path, '127.0.0.1', '::1']);
    await once(child.stdout, 'data');
    child.stdout.pause();
    await sleep(3000);
    const asked = performance.now();
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(performance.now() - asked).toBeLessThan(1000);
    child.stdout.resume();
    await ended;
    const record = linesOf(readFileSync(path, 'utf8'));
    expect(record.filter(({ type }) => type === 'probe').length).toBeGreaterThan(2400);
    expect(record.some((line) => line.type === 'probe' && line.state === 'lost')).toBe(false);
  });

  it.skipIf(nodeStaysRoot)('becomes who ran sudo, or --user, and the record is theirs', async () => {
    for (const [args, env] of [
      ['', { SUDO_UID: String(NOBODY), SUDO_GID: String(NOBODY), SUDO_USER: 'nobody' }],
      ['--user nobody ', {}],
    ] as const) {
      const path = join(folder, `record${args.length}`);
      const { child, ended } = start(`${args}-i 0.1 --json --record ${path} 127.0.0.1`.split(' '), { env });
      await once(child.stdout, 'data');
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      expect(status).toMatch(new RegExp(`^Uid:\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}$`, 'm'));
      expect(status).toMatch(new RegExp(`^Gid:\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}$`, 'm'));
      expect(status).toMatch(/^CapEff:\s+0+$/m);
      child.kill('SIGTERM');
      expect((await ended).code).toBe(0);
      expect(statSync(path).uid).toBe(NOBODY);
    }
  });

  it.each([
    [
      '--record /no/such/folder/r 127.0.0.1',
      /^pingem: can't open the record .*; give --record a file that can be written\n$/,
    ],
    ['-I nosuchdev0 127.0.0.1', /^pingem: no such network interface: nosuchdev0.*\n$/],
    ['a\u001b[2Jb\u009b', /^pingem: "a\?\[2Jb\?" is no host name and no address[^\n]*\n$/],
    ['--\u001b[2J', /^pingem: unknown option --\?\[2J: see pingem --help\n$/],
    ['summary /no\u001b[2J\u202e', /^pingem: can't read \/no\?\[2J: ENOENT[^\n]*\n$/],
    ['fe80::1%nope 127.0.0.1', /^pingem: no such network interface, in fe80::1%nope: ip link shows them\n$/],
    ['--user no-such-user 127.0.0.1', /^pingem: --user no-such-user: there is no such user on this machine\n$/],
    ['-c 0 127.0.0.1', /^pingem: --count takes a whole number.*\n$/],
    ['--nonsense', /^pingem: unknown option --nonsense: see pingem --help\n$/],
    ['summary /etc/hostname', /^pingem: \/etc\/hostname is not a pingem record; give a file that --record wrote\n$/],
    ['replay /etc', /^pingem: .*\n$/],
  ])('says in one line what is wrong with %s', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('never touches a file that is no record', async () => {
    const path = join(folder, 'diary');
    writeFileSync(path, 'dear diary\n');
    const { code, stderr } = await run(`--record ${path} -c 1 127.0.0.1`);
    expect(stderr).toMatch(/is not a pingem record and stays as it is/);
    expect(code).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('dear diary\n');
  });

  it('says what to type to a user without privileges', async () => {
    // Bound to a folder that everybody may enter, because the checkout may be below one that is root's alone.
    const script = 'mount --bind "$0" /mnt && exec setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"';
    const program = [process.execPath, '/mnt/bin/pingem.js', '127.0.0.1', 'gw=::1', '-i', '0.1'];
    const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', script, projectRoot, ...program], {
      encoding: 'utf8',
    });
    expect(stderr).toMatch(
      /^pingem: no permission to open a raw ICMP socket; type: sudo .*pingem\.js 127\.0\.0\.1 gw=::1 -i 0\.1\n$/,
    );
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('goes on with its record after kill -9: no slot twice, no line unread, no second missing', async () => {
    const path = join(folder, 'r');
    const kills: number[] = [];
    for (let kill = 0; kill < 10; kill++) {
      const { child } = start(['-i', '0.01', '--json', '--record', path, '--resume', '127.0.0.1', '::1']);
      await once(child.stdout, 'data');
      await sleep(300 + ((kill * 137) % 500));
      kills.push(Date.now() / 1000);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const { stderr } = await run(`summary ${path}`);
    expect(stderr).toBe('');
    const lines = linesOf(readFileSync(path, 'utf8'));
    expect(lines.filter(({ type }) => type === 'session').length).toBe(10);
    const sent = lines.flatMap((line) => (line.type === 'probe' ? [line.sent] : []));
    const missing = kills.map((kill) => kill - Math.max(...sent.filter((at) => at < kill)));
    expect(Math.max(...missing)).toBeLessThan(1);
    for (const endpoint of [0, 1]) {
      const seqs = lines.flatMap((line) => (line.type === 'probe' && line.endpoint === endpoint ? [line.seq] : []));
      expect(new Set(seqs).size).toBe(seqs.length);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(seqs.length).toBeGreaterThan(150);
    }
  });

  it('adds up to the same numbers when its record is read again', async () => {
    const path = join(folder, 'r');
    const live = await run(`-c 200 -i 0.005 --text -e 1s --record ${path} 127.0.0.1 ::1`);
    const summaryOf = (text: string): string[] =>
      text.split('\n').filter((line) => !/^(\d{4}-|self: | {6})/.test(line));
    expect(summaryOf((await run(`summary ${path}`)).stdout)).toEqual(summaryOf(live.stdout));
    const ends = readFileSync(path, 'utf8')
      .match(/^\{"type":"(summary|outage)".*\n/gm)
      ?.join('');
    expect((await run(`summary --json ${path}`)).stdout).toBe(ends);
  });

  it.each([
    [{ SUDO_UID: '99999999999', SUDO_GID: '1' }, /^pingem: SUDO_UID=99999999999 is no id of a user: [^\n]+\n$/],
    [{ SUDO_UID: '4294967295', SUDO_GID: '1' }, /^pingem: SUDO_UID=4294967295 is no id of a user: /],
    [{ SUDO_UID: '', SUDO_GID: '1' }, /^pingem: SUDO_UID= is no id of a user: /],
    [{ SUDO_UID: 'abc', SUDO_GID: '1' }, /^pingem: SUDO_UID=abc is no id of a user: /],
    [{ SUDO_UID: '\u001b[2J', SUDO_GID: '1' }, /^pingem: SUDO_UID=\?\[2J is no id of a user: /],
    [{ SUDO_UID: '1000' }, /^pingem: SUDO_GID= is no id of a group: /],
  ])('does not stay root where sudo says whom to become in words that make no sense: %j', async (env, message) => {
    const { code, stdout, stderr } = await run('--text -c 1 127.0.0.1', { env });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.each([24, 32])('says in one line that %i file descriptors are too few', (most) => {
    const command = `ulimit -n ${most}; exec "$0" "$@"`;
    const args = ['-c', command, process.execPath, pingemProgram, '--text', '-c', '1', '127.0.0.1', '::1'];
    const { status, stdout, stderr } = spawnSync('sh', args, { encoding: 'utf8' });
    expect(stderr).toBe('pingem: too few file descriptors: raise the limit, such as with  ulimit -n 256\n');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('follows log rotation', async () => {
    const path = join(folder, 'r');
    const { child, ended } = start(['-i', '0.05', '--json', '--record', path, '127.0.0.1']);
    await once(child.stdout, 'data');
    await sleep(500);
    execFileSync('mv', [path, `${path}.1`]);
    child.kill('SIGUSR2');
    await sleep(500);
    child.kill('SIGTERM');
    await ended;
    const [old, current] = [`${path}.1`, path].map((file) => linesOf(readFileSync(file, 'utf8')));
    expect(current?.[0]?.type).toBe('session');
    const seqs = [...(old ?? []), ...(current ?? [])].flatMap((line) => (line.type === 'probe' ? [line.seq] : []));
    expect(seqs).toEqual(seqs.map((_, i) => i));
  });
});
