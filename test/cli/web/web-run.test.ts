// --web and pingem serve as the program that people start. Loopback only.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { pingemProgram, rootEnvironment } from '../../support/pingem-run.js';

const withoutRoot = process.getuid?.() !== 0;
if (withoutRoot && process.env['CI'] === 'true') throw new Error('CI=true, and this is not root');
if (withoutRoot) process.stderr.write('SKIPPED: tests of --web need root for raw sockets\n');

type Run = {
  said: () => string;
  stdout: () => string;
  url: (line: string) => Promise<string>;
  stop: () => Promise<number | null>;
};

const startFor = (test: TestContext, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run => {
  const child = spawn(process.execPath, [pingemProgram, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...rootEnvironment(), ...env },
  });
  const closed = once(child, 'close');
  test.onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    said: () => stderr,
    stdout: () => stdout,
    url: async (line) => {
      const pattern = new RegExp(`^pingem: ${line}: (.*)$`, 'm');
      while (!pattern.test(stderr)) {
        if (child.exitCode !== null) throw new Error(`ended: ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return pattern.exec(stderr)?.[1] ?? '';
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = (await closed) as [number | null];
      return code;
    },
  };
};

/** By the token of a URL. */
const asker = (url: string) => {
  const { origin, searchParams } = new URL(url);
  const headers = { Authorization: `Bearer ${searchParams.get('token')}`, 'Content-Type': 'application/json' };
  return async (path: string, fields?: object): Promise<{ status: number; answer: Record<string, unknown> }> => {
    const post = fields === undefined ? {} : { method: 'POST', body: JSON.stringify(fields) };
    const response = await fetch(`${origin}${path}`, { headers, ...post });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
};

describe.skipIf(withoutRoot)('pingem serve', () => {
  it('watches nobody until a page asks for some, then those, as the URL says', async (test) => {
    const run = startFor(test, ['serve', '--web', '127.0.0.1:0']);
    const ask = asker(await run.url('page'));
    expect((await ask('/api/session')).answer['endpoints']).toEqual([]);
    const wanted = { endpoints: '127.0.0.1,127.0.0.2', interval: '0.1', packet_size: '64' };
    const { status, answer } = await ask('/api/watch', wanted);
    expect([status, answer['results']]).toEqual([
      200,
      [
        { endpoint: '127.0.0.1', done: true, text: 'added 127.0.0.1, every 0.1 s, 56 bytes' },
        { endpoint: '127.0.0.2', done: true, text: 'added 127.0.0.2, every 0.1 s, 56 bytes' },
      ],
    ]);
    // What is watched is left alone, however it is asked for.
    const again = await ask('/api/watch', { endpoints: '127.0.0.1', interval: '1' });
    expect(again.answer['results']).toEqual([
      { endpoint: '127.0.0.1', done: true, text: '127.0.0.1 is watched already, every 0.1 s, 56 bytes' },
    ]);
    // Unless with settings of its own.
    const other = await ask('/api/watch', { endpoint: 'big=127.0.0.1,size=1000' });
    expect(other.answer['results']).toMatchObject([{ done: true, text: 'added big, every 0.2 s, 1000 bytes' }]);
    const refused = [
      [{ endpoint: 'x=127.0.0.3,interval=0.005' }, 'interval= of x: a page may ask for 0.01 s and more'],
      [
        { endpoints: '224.0.0.1' },
        '224.0.0.1 is a multicast address: give the address of one host, such as 192.168.1.1',
      ],
      [{ endpoints: 'no such name' }, '"no such name" is no host name and no address: give a name such as example.org'],
      [{ endpoint: 'big=127.0.0.4' }, 'the label "big" is given twice: use one label per endpoint'],
    ] as const;
    for (const [fields, error] of refused)
      expect(await ask('/api/watch', fields)).toMatchObject({ status: 400, answer: { error } });
    // Up to 64 of them.
    const many = Array.from({ length: 62 }, (_, i) => `127.0.1.${i + 1}`).join();
    expect(await ask('/api/watch', { endpoints: many, interval: 1 })).toMatchObject({
      status: 400,
      answer: { error: '64 endpoints are watched, as many as a page may have: remove one first' },
    });
    await ask('/api/mark', { text: 'here' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { endpoints } = (await ask('/api/session')).answer as {
      endpoints: { lastState: string; recent: { slots: number } }[];
    };
    expect(endpoints).toHaveLength(64);
    expect(endpoints[0]).toMatchObject({ lastState: 'answered' });
    expect(endpoints[0]?.recent.slots).toBeGreaterThan(8);
    const { events } = (await ask('/api/events')).answer as { events: { type: string }[] };
    expect(events.filter(({ type }) => type === 'mark')).toMatchObject([{ text: 'here' }]);
    expect(await run.stop()).toBe(0);
    expect(run.said()).toMatch(/^pingem: page: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{22}\n$/);
  });

  it('keeps its token in a file, so that pages go on after a restart', async (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-serve-'));
    test.onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'token');
    const args = ['serve', '--token-file', file, '--web'];
    const first = startFor(test, [...args, '127.0.0.1:0', '127.0.0.1']);
    const url = await first.url('page');
    const { port, host } = new URL(url);
    const cookie = (await fetch(url)).headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await first.stop()).toBe(0);
    expect(url).toContain(`?token=${readFileSync(file, 'utf8').trim()}`);
    const second = startFor(test, [...args, `127.0.0.1:${port}`, '127.0.0.1']);
    expect(await second.url('page')).toBe(url);
    expect((await fetch(`http://${host}/api/session`, { headers: { Cookie: cookie } })).status).toBe(200);
    await second.stop();
  });
});

describe.skipIf(withoutRoot)('--web', () => {
  it('leaves standard output to JSON', async (test) => {
    const run = startFor(test, ['--json', '--web', '127.0.0.1:0', '--metrics', '127.0.0.1', '-i', '0.1']);
    const ask = asker(await run.url('page'));
    expect((await fetch(await run.url('metrics'))).status).toBe(200);
    expect((await ask('/api/session')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await run.stop();
    const lines = run
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]?.type).toBe('session');
    expect(run.stdout()).not.toContain('token');
  });

  it('says in one line why it can not listen, before anything is sent', async (test) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    test.onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const cases = [
      [
        `127.0.0.1:${port}`,
        `can't listen at 127.0.0.1:${port} (EADDRINUSE): something listens there already: give another port`,
      ],
      [
        '203.0.113.9:1',
        "can't listen at 203.0.113.9:1 (EADDRNOTAVAIL): this machine does not have that address: ip address shows those that it has",
      ],
      ['localhost:1', '--web takes an address and a port, not "localhost:1": give such as 127.0.0.1:1'],
    ] as const;
    for (const [place, message] of cases) {
      const run = startFor(test, ['--text', '--web', place, '127.0.0.1']);
      await expect(run.url('page')).rejects.toThrow(`pingem: ${message}\n`);
      expect(run.stdout()).toBe('');
      expect(await run.stop()).toBe(2);
    }
  });

  it('listens as the user that it becomes, which may not have the ports below 1024', async (test) => {
    const sudo = { SUDO_UID: '65534', SUDO_GID: '65534', SUDO_USER: 'nobody' };
    const run = startFor(test, ['--text', '--web', '127.0.0.1:80', '127.0.0.1'], sudo);
    await expect(run.url('page')).rejects.toThrow("can't listen at 127.0.0.1:80 (EACCES)");
    const high = startFor(test, ['--text', '--web', '127.0.0.1:0', '127.0.0.1'], sudo);
    expect((await asker(await high.url('page'))('/api/session')).status).toBe(200);
    await high.stop();
  });

  it('is told on stderr who can reach it, where others can', async (test) => {
    const run = startFor(test, ['serve', '--web', '0.0.0.0:0', '--web-host', 'pi.lan']);
    expect(await run.url('page')).toMatch(/^http:\/\/pi\.lan:\d+\/\?token=/);
    await run.stop();
    expect(run.said()).toContain(
      'pingem: open to every network that this machine is in, unencrypted, to whoever has the token\n',
    );
  });
});
