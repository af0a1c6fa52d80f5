// The path page: hops as a table, who only answers ping badly, other routes; and the key that leads there.

import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import type { EndpointInfo } from '../../src/events/endpoint-info.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';

const start = Date.UTC(2026, 10, 23, 14, 0, 0);
const now = start + 120_000;

const hop = (id: number, n: number, more: Partial<EndpointInfo> = {}): ProbeEvent => {
  const info: EndpointInfo = {
    id,
    target: '203.0.113.9',
    label: `hop ${n}`,
    kind: 'hop',
    place: null,
    hop: n,
    interval: 1000,
    sizeBytes: 56,
    address: null,
    ...more,
  };
  return { type: 'endpoint', endpoint: id, info, at: start };
};

const resolved = (endpoint: number, address: string, more: { name?: string; at?: number } = {}): ProbeEvent => ({
  type: 'resolved',
  endpoint,
  address,
  at: start + 1000,
  ...more,
});

/** Two endpoints, and four hops to the first: the second of them neglects ping, the third keeps silent. */
const screenOn = async (more: Partial<TestScreenOptions> = {}): Promise<TestScreen> => {
  const screen = new TestScreen({
    startedAt: start,
    now,
    endpoints: ['game=203.0.113.9', '192.0.2.2'],
    columns: 120,
    rows: 30,
    ...more,
  });
  const spans = { from: start, to: now, every: 1000 };
  screen.events([hop(2, 1), hop(3, 2), hop(4, 3), hop(5, 4)]);
  screen.events([
    resolved(0, '203.0.113.9'),
    resolved(2, '192.168.1.1'),
    resolved(2, '192.168.1.1', { name: 'fritz.box' }),
    resolved(3, '100.64.0.1'),
    resolved(5, '198.51.100.1'),
    resolved(5, '198.51.100.7', { at: start + 61_000 }),
  ]);
  for (const [endpoint, rtt] of [
    [0, 30],
    [1, 5],
    [2, 2],
    [5, 20],
  ] as const) {
    screen.events(probes({ endpoint, ...spans }, () => ({ rtt })));
  }
  screen.events(probes({ endpoint: 3, ...spans }, (_, n) => (n % 4 === 0 ? { rtt: 9 } : 'lost')));
  screen.events(probes({ endpoint: 4, ...spans }, () => 'lost'));
  return screen.draw();
};

const table = (screen: TestScreen): string[] =>
  screen.terminal
    .lines()
    .filter((line) => /^[ ▸] [ \d]\d? /.test(line) && /\d %/.test(line))
    .map((line) =>
      line
        .replace(/ [^ ]*[▁-█▀·┊▲]+$/, '')
        .trim()
        .replaceAll(/ +/g, ' '),
    );

describe('the path page', () => {
  it('is a table of the hops, the host behind them', async () => {
    const screen = await screenOn();
    await screen.press('p');
    expect(screen.terminal.text()).toContain('path to game: 4 hops, numbers of the last 10 m');
    expect(table(screen)).toEqual([
      '1 192.168.1.1 fritz.box 0.0 % 0.0 % 2.0 2.0 2.0 0.00',
      '2 100.64.0.1 75.0 % 0.0 % lost 9.0 9.0 0.00',
      '3 (silent) 100 % 0.0 % lost - - -',
      '4 198.51.100.7 0.0 % 0.0 % 20 20 20 0.00',
      '▸ 5 203.0.113.9 game 0.0 % 0.0 % 30 30 30 0.00',
    ]);
  });

  it('says who only answers ping badly, and when the route was another one', async () => {
    const screen = await screenOn();
    await screen.press('p');
    expect(screen.terminal.text()).toContain('hop 2 only answers ping badly: behind it less than half as much is lost');
    expect(screen.terminal.text()).toContain('14:01:01  route: hop 4 198.51.100.1 to 198.51.100.7');
  });

  it('says when the path became longer or shorter', async () => {
    const screen = await screenOn();
    screen.events([
      { ...hop(6, 5), at: start + 90_000 } as ProbeEvent,
      { type: 'removed', endpoint: 6, at: start + 100_000 },
    ]);
    await screen.draw();
    await screen.press('p');
    expect(screen.terminal.text()).toContain('14:01:30  route: hop 5 is new: the path is longer');
    expect(screen.terminal.text()).toContain('14:01:40  route: hop 5 is gone: the path is shorter');
  });

  it.each([
    [40, 10],
    [60, 14],
    [80, 24],
    [200, 50],
    [32, 6],
    [20, 5],
  ])('fits %i x %i', async (columns, rows) => {
    const screen = await screenOn({ columns, rows });
    await screen.press('p');
    const text = screen.terminal.text();
    expect(text).toContain('path to game');
    expect(table(screen).length).toBeGreaterThanOrEqual(Math.min(5, rows - 4));
    expect(text).toContain(columns < 27 ? '203.0' : '203.0.113');
    expect(text).toContain(columns < 27 ? '203.0' : 'Esc: back');
    // Lost and p50 are what a narrow one keeps.
    expect(table(screen).at(-1)).toMatch(columns < 27 ? /0\.0 %/ : /0\.0 % .*30/);
  });

  it('without colours and in ASCII tells the same', async () => {
    const screen = await screenOn({ ascii: true, env: { TERM: 'vt100' } });
    await screen.press('p');
    expect(screen.terminal.text()).toContain('hop 2 only answers ping badly');
    expect(screen.terminal.text()).not.toMatch(/[^\x20-\x7e\n]/);
  });

  it('scrolls with the endpoint that is chosen, and Enter shows its details', async () => {
    const screen = await screenOn({ rows: 8 });
    await screen.press('p', 'Home');
    expect(table(screen)[0]).toContain('192.168.1.1');
    expect(screen.app.view.selected).toBe(2);
    await screen.press('Down', 'Down');
    expect(screen.app.view.selected).toBe(4);
    await screen.press('End', 'Up');
    expect(screen.app.view.selected).toBe(5);
    await screen.press('Enter');
    expect(screen.app.view.page).toBe('details');
  });

  it('of a hop is that of its host; p and Esc lead back', async () => {
    const screen = await screenOn();
    await screen.press('Up', 'Up', 'Up', 'Up', 'p');
    expect(screen.terminal.text()).toContain('path to game');
    await screen.press('p');
    expect(screen.app.view.page).toBe('wall');
    await screen.press('p', 'Escape');
    expect(screen.app.view.page).toBe('wall');
  });
});

describe('the key p', () => {
  it('asks the run for the path of a host that has none, and says what it answers; the second time it shows it', async () => {
    const screen = await screenOn();
    await screen.press('Down', 'p');
    expect(screen.requests).toEqual([{ type: 'path', request: 'screen 0', endpoint: 1 }]);
    expect(screen.app.view.page).toBe('wall');
    screen.app.news({
      type: 'answer',
      request: 'screen 0',
      done: true,
      text: 'looking for the routers on the way to x',
    });
    await screen.draw();
    expect(screen.terminal.text()).toContain('looking for the routers on the way to x');
    await screen.press('p');
    expect(screen.terminal.text()).toContain('path to 192.0.2.2: no router on the way found');
  });

  it('says why not where the run refuses', async () => {
    const screen = await screenOn();
    await screen.press('Down', 'p');
    screen.app.news({ type: 'answer', request: 'screen 0', done: false, text: 'no' });
    await screen.draw();
    expect(screen.terminal.text()).toContain(' no');
    await screen.press('p');
    expect(screen.requests).toHaveLength(2);
  });

  it('in a replay shows the path that is on record, and says so where there is none', async () => {
    const screen = await screenOn({ mode: 'replay' });
    await screen.press('Down', 'p');
    expect(screen.requests).toEqual([]);
    expect(screen.terminal.text()).toContain('a replay shows what was recorded: it has no path to 192.0.2.2');
    await screen.press('Up', 'p');
    expect(screen.terminal.text()).toContain('path to game: 4 hops');
  });

  it('a path is removed with its host, and shown as it was', async () => {
    const screen = await screenOn();
    screen.events([0, 2, 3, 4, 5].map((endpoint) => ({ type: 'removed', endpoint, at: now }) as const));
    await screen.draw();
    await screen.press('Up', 'Up', 'p');
    expect(table(screen)).toHaveLength(5);
  });
});

it('on the wall, a hop that neglects ping says so, in grey', async () => {
  const screen = await screenOn({ rows: 40 });
  const header = screen.terminal.lines().find((line) => line.startsWith(' hop 2'));
  expect(header).toContain('neglects ping');
  expect(screen.terminal.lines().filter((line) => line.includes('neglects ping'))).toHaveLength(1);
});

it('on the wall, hops stand above the host that they lead to', async () => {
  const screen = await screenOn({ rows: 40 });
  const names = screen.terminal
    .lines()
    .flatMap((line) => /^ (hop \d|game|other|203\.0\.113\.9|192\.0\.2\.2)/.exec(line)?.[1] ?? []);
  expect(names).toEqual(['hop 1', 'hop 2', 'hop 3', 'hop 4', 'game', '192.0.2.2']);
});
