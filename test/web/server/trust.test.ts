// Who is let in, and by which name: the doors of docs/security.md.

import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HostCheck, isLoopback, isOwnOrigin } from '../../../src/web/server/http/host-check.js';
import { Secrets } from '../../../src/web/server/http/secrets.js';
import { servedRun, TOKEN } from '../../support/web-fixture.js';
import type { ServedRun } from '../../support/web-fixture.js';

const cookieOf = (header: string | string[] | undefined): string => String(header).split(';')[0] ?? '';

/** Opens the page by its URL, as a browser does. */
const opened = async (run: ServedRun): Promise<string> => {
  const { status, headers } = await run.ask(`/?token=${TOKEN}&endpoints=a`, { trusted: false });
  expect(status).toBe(200);
  return cookieOf(headers['set-cookie']);
};

describe('the server', () => {
  it('refuses a name that is led to its address (DNS rebinding)', async (test) => {
    const run = await servedRun(test, ['a']);
    const { port } = run.place;
    const hosts = [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1:${port}.evil.example`,
      `127.0.0.1:${port + 1}`,
      `localhost:${port}`,
      `127.0.0.1`,
      `x127.0.0.1:${port}`,
      `127.0.0.1.:${port}`,
      `127.1:${port}`,
    ];
    for (const host of hosts) {
      for (const path of ['/', `/?token=${TOKEN}`, '/api/session', '/metrics']) {
        expect([host, path, (await run.ask(path, { headers: { Host: host } })).status]).toEqual([host, path, 403]);
      }
    }
    expect((await run.ask('/api/session')).status).toBe(200);
  });

  it('refuses what another page sends', async (test) => {
    const run = await servedRun(test, ['a']);
    const { port } = run.place;
    const cookie = await opened(run);
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${port + 1}`,
      `http://127.0.0.1:${port}.evil.example`,
      `http://evil@127.0.0.1:${port}`,
      '',
    ]) {
      const headers = { Cookie: cookie, Origin: origin };
      expect([origin, (await run.post('/api/watch', { endpoints: 'a' }, headers)).status]).toEqual([origin, 403]);
      expect([origin, (await run.ask('/api/session', { headers, trusted: false })).status]).toEqual([origin, 403]);
    }
    expect(run.commands).toEqual([]);
    const own = { Cookie: cookie, Origin: `http://127.0.0.1:${port}` };
    expect((await run.ask('/api/session', { headers: own, trusted: false })).status).toBe(200);
  });

  it('takes no form that a page can send without asking first', async (test) => {
    const run = await servedRun(test, ['a']);
    const cookie = await opened(run);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      undefined,
    ]) {
      const headers = { Cookie: cookie, ...(type !== undefined && { 'Content-Type': type }) };
      const asked = { method: 'POST', headers, body: '{"endpoints":"a"}', trusted: false };
      expect((await run.ask('/api/watch', asked)).status).toBe(415);
    }
    expect(run.commands).toEqual([]);
  });

  it('refuses whoever has no token', async (test) => {
    const run = await servedRun(test, ['a']);
    for (const path of [
      '/api/session',
      '/api/stream',
      '/api/columns?endpoint=0&width=1000',
      `/api/session?token=${TOKEN}`,
    ]) {
      expect((await run.ask(path, { trusted: false })).status).toBe(401);
    }
    for (const wrong of ['', 'x', TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase()]) {
      const bearer = { headers: { Authorization: `Bearer ${wrong}` }, trusted: false };
      expect((await run.ask('/api/session', bearer)).status).toBe(401);
      const page = await run.ask(`/?token=${wrong}`, { trusted: false });
      expect([page.status, page.headers['set-cookie']]).toEqual([401, undefined]);
      expect(page.body).toContain('opens by the whole URL');
    }
    expect((await run.post('/api/watch', {}, { Authorization: '' })).status).toBe(401);
    expect(run.opened).toBe(0);
  });

  it('gives a cookie for the token, which is neither the token nor good elsewhere', async (test) => {
    const [run, restarted, kept] = [
      await servedRun(test, ['a']),
      await servedRun(test, ['a'], { token: 'another-token-than-before' }),
      await servedRun(test, ['a']),
    ];
    const page = await run.ask(`/?token=${TOKEN}`, { trusted: false });
    expect(page.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^pingem-${run.place.port}=[\\w-]{22}\\.[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    const cookie = cookieOf(page.headers['set-cookie']);
    expect(cookie).not.toContain(TOKEN);
    expect((await run.ask('/api/session', { headers: { Cookie: `a=b; ${cookie}` }, trusted: false })).status).toBe(200);
    expect(run.opened).toBe(1);
    // After a restart without --token-file, and at another port.
    for (const other of [restarted, kept]) {
      const renamed = cookie.replace(String(run.place.port), String(other.place.port));
      expect((await other.ask('/api/session', { headers: { Cookie: renamed }, trusted: false })).status).toBe(401);
      expect((await other.ask('/', { headers: { Cookie: renamed }, trusted: false })).status).toBe(401);
    }
    expect((await restarted.ask(`/?token=${TOKEN}`, { trusted: false })).status).toBe(401);
    for (const forged of [
      `${cookie}x`,
      cookie.replace('.', '.x'),
      `pingem-${run.place.port}=${TOKEN}`,
      `pingem-${run.place.port}=.`,
    ]) {
      expect((await run.ask('/api/session', { headers: { Cookie: forged }, trusted: false })).status).toBe(401);
    }
  });

  it('reads nothing of 100 MB', async (test) => {
    const run = await servedRun(test, ['a']);
    const before = process.memoryUsage().arrayBuffers;
    const head =
      `POST /api/watch HTTP/1.1\r\nHost: 127.0.0.1:${run.place.port}\r\nAuthorization: Bearer ${TOKEN}\r\n` +
      'Content-Type: application/json\r\n';
    const asking = connect(run.place.port, '127.0.0.1');
    asking.write(`${head}Content-Length: 100000000\r\nExpect: 100-continue\r\n\r\n`);
    expect(String((await once(asking, 'data'))[0])).toMatch(/^HTTP\/1.1 413 /);
    // Without a word on how much it is, and without stopping.
    const socket = connect(run.place.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    const megabyte = Buffer.alloc(1_000_000, 0x20);
    let [sent, answer] = [0, ''];
    socket.on('data', (data: Buffer) => (answer += data.toString()));
    const flood = (): void => {
      while (sent < 100 && !socket.destroyed) {
        sent++;
        if (!socket.write(`F4240\r\n${megabyte.toString()}\r\n`)) return;
      }
    };
    socket.on('drain', flood);
    flood();
    await new Promise((resolve) => socket.on('close', resolve));
    expect(sent).toBeLessThan(30);
    // It may be lost with the connection.
    expect(['', 'HTTP/1.1 413']).toContain(answer.slice(0, 12));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60e6);
    expect((await run.ask('/api/session')).status).toBe(200);
  });

  it('says what browsers may do with its pages, and how long they may keep them', async (test) => {
    const run = await servedRun(test, ['a']);
    for (const path of ['/', '/api/session', '/api/nothing', '/metrics', `/?token=${TOKEN}`]) {
      const { headers } = await run.ask(path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('gives metrics to this machine, and only metrics where nothing else was asked for', async (test) => {
    const listeners = [{ address: '127.0.0.1', port: 0, page: false, metrics: true }];
    const run = await servedRun(test, ['a'], { listeners });
    expect((await run.ask('/metrics', { trusted: false })).status).toBe(200);
    for (const path of ['/', '/api/session', `/?token=${TOKEN}`]) expect((await run.ask(path)).status).toBe(404);
    const pageOnly = await servedRun(test, ['a'], {
      listeners: [{ address: '127.0.0.1', port: 0, page: true, metrics: false }],
    });
    expect((await pageOnly.ask('/metrics')).status).toBe(404);
  });
});

describe('a host', () => {
  it.for([
    [
      { address: '127.0.0.1', port: 7464 },
      ['127.0.0.1:7464'],
      ['127.0.0.1', 'pi.lan:7464', '127.0.0.2:7464', '[::1]:7464'],
    ],
    [{ address: '::1', port: 7464 }, ['[::1]:7464'], ['::1:7464', '[::1]', '[::2]:7464', '127.0.0.1:7464']],
    [
      { address: '192.168.1.5', port: 80 },
      ['192.168.1.5', '192.168.1.5:80', 'pi.lan', 'PI.lan:80'],
      ['192.168.1.5:8080', 'xpi.lan'],
    ],
    [
      { address: '0.0.0.0', port: 7464 },
      ['10.0.0.1:7464', '[2001:db8::1]:7464', 'pi.lan:7464', '127.0.0.1:7464'],
      [
        '10.0.0.1',
        '10.0.0.1:7465',
        'evil.example:7464',
        '10.0.0.1.evil.example:7464',
        '10.1:7464',
        '[10.0.0.1]:7464',
        '2001:db8::1:7464',
        'localhost:7464',
        ':7464',
      ],
    ],
  ] as const)('is compared as a whole: %j', ([listening, ours, others]) => {
    const check = new HostCheck(
      listening,
      listening.address === '127.0.0.1' || listening.address === '::1' ? [] : ['pi.lan'],
    );
    expect(ours.filter((host) => !check.isOurs(host))).toEqual([]);
    expect(others.filter((host) => check.isOurs(host))).toEqual([]);
    expect(check.isOurs(undefined)).toBe(false);
  });

  it('has an origin of its own, with or without a proxy that encrypts', () => {
    expect(['http://a:1', 'https://a:1', undefined].every((origin) => isOwnOrigin(origin, 'a:1'))).toBe(true);
    expect(
      ['http://a:12', 'http://a', 'a:1', 'ftp://a:1', 'null', ''].some((origin) => isOwnOrigin(origin, 'a:1')),
    ).toBe(false);
  });

  it('is this machine only by its own addresses', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
    expect(['10.0.0.1', '::2', '1127.0.0.1', '::ffff:10.0.0.1', '', '127.0.0.1.example'].some(isLoopback)).toBe(false);
  });
});

describe('a cookie', () => {
  it('holds as long as the token does', () => {
    const cookie = cookieOf(new Secrets('first').newCookie(1));
    expect(new Secrets('first').isCookie(cookie, 1)).toBe(true);
    expect(new Secrets('second').isCookie(cookie, 1)).toBe(false);
    expect(new Secrets('first').isCookie(cookie, 2)).toBe(false);
    expect(new Secrets('first').isCookie(undefined, 1)).toBe(false);
  });
});
