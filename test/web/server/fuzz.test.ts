// Whatever is sent to the server gets a 4xx or a closed connection, and costs the run no slot.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pingemProgram, rootEnvironment } from '../../support/pingem-run.js';
import { servedRun, TOKEN } from '../../support/web-fixture.js';
import { sampleProbes } from '../../support/record-sample.js';

const withoutRoot = process.getuid?.() !== 0;
if (withoutRoot && process.env['CI'] === 'true') throw new Error('CI=true, and this is not root');
if (withoutRoot) process.stderr.write('SKIPPED: the siege of a run needs root for raw sockets\n');

/** Sends bytes as they are; what comes back within the time, and whether it was closed. */
const raw = async (port: number, bytes: string | Buffer, within = 300): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.end(bytes);
  await Promise.race([new Promise((resolve) => socket.on('close', resolve)), sleep(within)]);
  socket.destroy();
  return text;
};

const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);

const NAMES = ['endpoint', 'width', 'from', 'to', 'columns', 'token', 'x', '__proto__', 'constructor'];
const PATHS = [
  'session',
  'columns',
  'verdict',
  'episodes',
  'events',
  'endpoint',
  'watch',
  'mark',
  '__proto__',
  '',
  '..',
  '%00',
];

const value = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom('', '-1', '0', '1e9', 'NaN', 'Infinity', '9'.repeat(400), '0x10', ' 1', '1.5', '%', '\u0000', '😀'),
  fc.integer().map(String),
);

describe('the server under fire', () => {
  it('answers any path and any parameter with what is right, or a 4xx', async (test) => {
    const run = await servedRun(test, ['a']);
    run.feed(sampleProbes(0, [1, 2, 'lost']));
    const query = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/api/', '/', '/web/', '//'),
        fc.constantFrom(...PATHS),
        query,
        async (root, path, pairs) => {
          const { status } = await run.ask(`${root}${path}?${new URLSearchParams(pairs).toString()}`);
          expect(status === 200 || (status >= 400 && status < 500)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
    expect(run.faults).toEqual([]);
  });

  it('answers any body with a 4xx, or what is right', async (test) => {
    const run = await servedRun(test, ['a']);
    const fields = fc.dictionary(
      fc.constantFrom('endpoints', 'endpoint', 'interval', 'packet_size', 'text', 'at', '__proto__'),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), value),
    );
    const body = fc.oneof(
      fields.map((one) => JSON.stringify(one)),
      fc.json(),
      fc.string(),
      fc.constant('{"a":'.repeat(5000)),
    );
    // Whoever is asked for is refused at once.
    const timer = setInterval(() => {
      for (const command of run.commands.splice(0)) {
        if (command.type === 'watch')
          run.server.news({ type: 'answer', request: command.request, done: false, text: 'no' });
      }
    }, 1);
    test.onTestFinished(() => clearInterval(timer));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/api/watch', '/api/mark'), body, async (path, text) => {
        const headers = { 'Content-Type': 'application/json' };
        const { status } = await run.ask(path, { method: 'POST', headers, body: text });
        const isMark = path === '/api/mark' && status === 200;
        expect(isMark || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(run.faults).toEqual([]);
  });

  it('closes what is no HTTP', async (test) => {
    const run = await servedRun(test, ['a']);
    const host = `Host: 127.0.0.1:${run.place.port}`;
    const auth = `Authorization: Bearer ${TOKEN}`;
    const odd = [
      'GET / HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\n${host}\r\n${host}\r\n\r\n`,
      `GET http://evil.example/ HTTP/1.1\r\n${host}\r\n${auth}\r\n\r\n`,
      `OPTIONS * HTTP/1.1\r\n${host}\r\n${auth}\r\n\r\n`,
      `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host}\r\n${auth}\r\n\r\n`,
      `GET /api/stream HTTP/1.1\r\n${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      `GET / HTTP/9.9\r\n${host}\r\n\r\n`,
      `TRACE / HTTP/1.1\r\n${host}\r\n${auth}\r\n\r\n`,
      `POST /api/watch HTTP/1.1\r\n${host}\r\n${auth}\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `POST /api/watch HTTP/1.1\r\n${host}\r\n${auth}\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n`,
      `GET /?${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      '\u0016\u0003\u0001\u0002\u0000\u0001',
      '\n\n\n\n',
    ];
    for (const bytes of odd) {
      const status = statusOf(await raw(run.place.port, bytes));
      expect([bytes.slice(0, 60), status === 0 || (status >= 400 && status < 500)]).toEqual([bytes.slice(0, 60), true]);
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const status = statusOf(await raw(run.place.port, Buffer.from(bytes), 50));
        expect(status === 0 || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: 50 },
    );
    expect((await run.ask('/api/session')).status).toBe(200);
    expect(run.faults).toEqual([]);
  });

  it('answers one request of a connection at a time', async (test) => {
    const run = await servedRun(test, ['a']);
    const one = `GET /api/session HTTP/1.1\r\nHost: 127.0.0.1:${run.place.port}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;
    const answers = await raw(run.place.port, one.repeat(300));
    expect(answers.split('HTTP/1.1 ').length - 1).toBeLessThanOrEqual(1);
    expect(statusOf(await raw(run.place.port, one))).toBe(200);
    // One after the other on one connection, as browsers do.
    const socket = connect(run.place.port, '127.0.0.1');
    test.onTestFinished(() => void socket.destroy());
    for (let i = 0; i < 5; i++) {
      socket.write(one);
      expect(statusOf(String((await once(socket, 'data'))[0]))).toBe(200);
    }
  });

  it('lets those in who have the token, while others hold all connections', async (test) => {
    const run = await servedRun(test, ['a']);
    const others: Socket[] = [];
    test.onTestFinished(() => others.forEach((socket) => socket.destroy()));
    for (let i = 0; i < 500; i++) {
      const socket = connect(run.place.port, '127.0.0.1');
      socket.on('error', () => {});
      // The beginning of a request, which never ends (slow loris).
      socket.write('GET / HTTP/1.1\r\nX-a: b\r\n');
      others.push(socket);
    }
    await sleep(300);
    for (let i = 0; i < 20; i++) expect((await run.ask('/api/session')).status).toBe(200);
    await sleep(100);
    expect(
      others.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open').length,
    ).toBeLessThanOrEqual(64);
  });

  it('lets go of whoever has not said what they want within seconds', { timeout: 15_000 }, async (test) => {
    const run = await servedRun(test, ['a']);
    const begun = performance.now();
    const [silent, slow] = [connect(run.place.port, '127.0.0.1'), connect(run.place.port, '127.0.0.1')];
    for (const socket of [silent, slow]) {
      socket.on('error', () => {});
      socket.resume();
    }
    const drip = setInterval(() => {
      if (slow.writable) slow.write('X');
    }, 200);
    test.onTestFinished(() => clearInterval(drip));
    await Promise.all([silent, slow].map((socket) => new Promise((resolve) => socket.on('close', resolve))));
    expect(performance.now() - begun).toBeLessThan(9000);
  });
});

describe.skipIf(withoutRoot)('a run under siege', () => {
  it('misses no slot', { timeout: 40_000 }, async (test) => {
    const args = [
      '--json',
      '--web',
      '127.0.0.1:0',
      '--metrics',
      '-i',
      '0.2',
      ...Array.from({ length: 8 }, (_, i) => `127.0.0.${i + 1}`),
    ];
    const child = spawn(process.execPath, [pingemProgram, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: rootEnvironment(),
    });
    const closed = once(child, 'close');
    test.onTestFinished(() => void child.kill('SIGKILL'));
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    while (!stderr.includes('metrics: ')) await sleep(20);
    const { origin, port, searchParams } = new URL(/page: (.*)/.exec(stderr)?.[1] ?? '');
    const headers = { Authorization: `Bearer ${searchParams.get('token')}` };
    const held: Socket[] = [];
    test.onTestFinished(() => held.forEach((socket) => socket.destroy()));
    for (let i = 0; i < 500; i++) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(
        i % 2 === 0
          ? 'GET / HTTP/1.1\r\n'
          : `POST /api/watch HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n${'x'.repeat(60_000)}`,
      );
      held.push(socket);
    }
    const until = performance.now() + 6000;
    let asked = 0;
    while (performance.now() < until) {
      const paths = [
        '/metrics',
        '/api/session',
        '/api/endpoint?endpoint=1',
        '/api/columns?endpoint=2&width=1000',
        '/api/x',
        '/api/columns',
      ];
      const replies = await Promise.all(paths.map((path) => fetch(`${origin}${path}`, { headers })));
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 404, 404]);
      await Promise.all(replies.map((reply) => reply.arrayBuffer()));
      asked++;
      await sleep(10);
    }
    child.kill('SIGTERM');
    await closed;
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; reason?: string });
    expect(lines.filter(({ type }) => type === 'gap')).toEqual([]);
    expect(lines.filter(({ type }) => type === 'probe').length).toBeGreaterThan(8 * 25);
    expect(asked).toBeGreaterThan(5);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });
});
