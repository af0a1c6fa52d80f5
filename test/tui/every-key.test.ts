// Every key that the help lists does what it says there. The list of checks is as long as the table of keys, or it doesn't
// compile.

import { describe, expect, it } from 'vitest';
import type { EndpointState } from '../../src/diagnosis/endpoint-state.js';
import { keyBindings } from '../../src/tui/input/keys.js';
import type { Action } from '../../src/tui/input/keys.js';
import { probes, TestScreen } from '../support/terminal-screen.js';

const start = Date.parse('2025-11-23T12:00:00Z');
const now = Date.parse('2025-11-23T14:32:07Z');

const opened = async (): Promise<TestScreen> => {
  const screen = new TestScreen({
    startedAt: start,
    now,
    columns: 100,
    rows: 24,
    endpoints: ['gateway=192.168.1.1', '8.8.8.8', 'gone=9.9.9.9'],
    interval: 1000,
  });
  for (const endpoint of [0, 1, 2]) {
    screen.events(
      probes({ endpoint, from: start, to: now, every: 1000 }, (at) =>
        endpoint === 1 && at >= now - 60_000 && at < now - 30_000 ? 'lost' : { rtt: 10 },
      ),
    );
  }
  screen.events([{ type: 'removed', endpoint: 2, at: now - 1000 }]);
  return screen.draw();
};

/** What a terminal sends for a key that isn't a character. */
const SENT: Readonly<Record<string, string>> = {
  left: '\u001b[D',
  right: '\u001b[C',
  up: '\u001b[A',
  down: '\u001b[B',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  home: '\u001b[H',
  end: '\u001b[F',
  enter: '\r',
  linefeed: '\n',
  escape: '\u001b',
  backspace: '\u007f',
  space: ' ',
  tab: '\t',
  f1: '\u001bOP',
  'C-l': '\u000c',
  'C-c': '\u0003',
};

const sentBy = (key: string): string => {
  const shifted = /^S-(.)$/.exec(key)?.[1];
  return shifted === undefined ? (SENT[key] ?? key) : shifted.toUpperCase();
};

const text = (screen: TestScreen): string => screen.terminal.text();
const column = ({ app }: TestScreen): number => (app.view.cursor ?? 0) / app.view.width;

const FINE: EndpointState = {
  conditions: ['fine'],
  isAcquitted: false,
  acquittedBy: [],
  usualP50: 10,
  usualP90: 12,
  quality: null,
};

/** What the key does to a screen that has just been opened; `press` presses it. */
type Check = (screen: TestScreen, press: () => Promise<unknown>) => Promise<void>;

const CHECKS: Readonly<Record<Action, Check>> = {
  wider: async (screen, press) => {
    await press();
    expect(screen.terminal.text()).toContain('epoch 10 s');
  },
  narrower: async (screen, press) => {
    await press();
    expect(screen.terminal.text()).toContain('epoch 2 s');
  },
  left: async (screen, press) => {
    await screen.press('Left', 'Left');
    const before = column(screen);
    await press();
    expect(before - column(screen)).toBe(1);
  },
  right: async (screen, press) => {
    await screen.press('Left', 'Left', 'Left');
    const before = column(screen);
    await press();
    expect(column(screen) - before).toBe(1);
  },
  'page-left': async (screen, press) => {
    await screen.press('Left');
    const before = column(screen);
    await press();
    expect(before - column(screen)).toBeGreaterThan(80);
  },
  'page-right': async (screen, press) => {
    await screen.press('Left', 'PgUp', 'PgUp');
    const before = column(screen);
    await press();
    expect(column(screen) - before).toBeGreaterThan(80);
  },
  oldest: async (screen, press) => {
    await press();
    expect(text(screen)).toContain('cursor 12:00:00');
  },
  newest: async (screen, press) => {
    await screen.press('Home');
    await press();
    expect(screen.app.view).toMatchObject({ cursor: null, right: null, frozenAt: null });
  },
  go: async (screen, press) => {
    await press();
    await screen.press('1', '3', ':', '0', '0', 'Enter');
    expect(text(screen)).toContain('cursor 13:00:00');
  },
  up: async (screen, press) => {
    await screen.press('Down');
    await press();
    expect(text(screen)).toMatch(/^▸gateway/m);
  },
  down: async (screen, press) => {
    await press();
    expect(text(screen)).toMatch(/^▸8\.8\.8\.8/m);
  },
  details: async (screen, press) => {
    await press();
    await screen.draw();
    expect([screen.app.view.page, /p50 .*\n/.test(text(screen))]).toEqual(['details', true]);
  },
  path: async (screen, press) => {
    await press();
    expect(screen.requests).toMatchObject([{ type: 'path', endpoint: 0 }]);
  },
  back: async (screen, press) => {
    await screen.press('?');
    await press();
    expect(screen.app.view.page).toBe('wall');
    await screen.press('Left');
    await press();
    expect(screen.app.view.cursor).toBeNull();
  },
  scale: async (screen, press) => {
    const { scale } = screen.app.view;
    const before = text(screen);
    await press();
    expect(screen.app.view.scale).not.toBe(scale);
    expect(text(screen)).not.toBe(before);
  },
  sort: async (screen, press) => {
    screen.verdicts.hear([
      [0, { ...FINE, conditions: ['fine'] }],
      [1, { ...FINE, conditions: ['lossy'] }],
    ]);
    await screen.draw();
    const isWorstFirst = (): boolean => screen.terminal.rowOf('8.8.8.8') < screen.terminal.rowOf('gateway');
    expect(isWorstFirst()).toBe(false);
    await press();
    expect(isWorstFirst()).toBe(true);
    await press();
    expect(isWorstFirst()).toBe(false);
  },
  freeze: async (screen, press) => {
    await press();
    expect(text(screen)).toMatch(/frozen/i);
    await press();
    expect(text(screen)).not.toMatch(/frozen/i);
  },
  mark: async (screen, press) => {
    await press();
    await screen.press('w', 'o', 'r', 'd', 'Enter');
    expect(screen.marks).toEqual([{ text: 'word', at: now }]);
  },
  next: async (screen, press) => {
    await screen.press('Enter');
    await press();
    expect(screen.app.view.metric).toBe('loss');
    await screen.press('Escape', 'o');
    await press();
    expect(screen.app.view.list.of).toBe(0);
  },
  days: async (screen, press) => {
    await press();
    await screen.draw();
    expect(text(screen)).toContain('Days by 15 minutes');
  },
  episodes: async (screen, press) => {
    await press();
    await screen.draw();
    expect(text(screen)).toContain('Episodes and events');
  },
  add: async (screen, press) => {
    await press();
    await screen.press('x', '=', '1', '0', '.', '0', '.', '0', '.', '1', 'Enter');
    expect(screen.requests).toMatchObject([{ type: 'add', text: 'x=10.0.0.1' }]);
  },
  edit: async (screen, press) => {
    await press();
    expect(text(screen)).toContain('gateway=192.168.1.1');
    await screen.press('Enter');
    expect(screen.requests).toMatchObject([{ type: 'change', endpoint: 0 }]);
  },
  remove: async (screen, press) => {
    await press();
    expect(screen.requests).toEqual([]);
    await screen.press('y');
    expect(screen.requests).toMatchObject([{ type: 'remove', endpoint: 0 }]);
  },
  removed: async (screen, press) => {
    expect(text(screen)).toMatch(/\bgone\b/);
    await press();
    expect(text(screen)).not.toMatch(/\bgone\b/);
  },
  diagnostics: async (screen, press) => {
    const before = text(screen);
    await press();
    expect(screen.app.view.diagnosticsShown).toBe(true);
    expect(text(screen)).not.toBe(before);
  },
  help: async (screen, press) => {
    await press();
    expect(text(screen)).toContain('wider epochs');
  },
  repaint: async (screen, press) => {
    const before = text(screen);
    screen.terminal.write('\u001b[2J\u001b[Hgarbage');
    await press();
    expect(text(screen)).toBe(before);
  },
  quit: async (screen, press) => {
    await press();
    expect([screen.quits, screen.picture]).toEqual([1, null]);
  },
  leave: async (screen, press) => {
    await press();
    expect([screen.quits, screen.picture?.includes('8.8.8.8')]).toEqual([1, true]);
  },
};

describe('the key', () => {
  const all = keyBindings.flatMap(({ action, keys, help }) => keys.map((key) => [key, help, action] as const));

  it.each(all)('%s: %s', async (key, _help, action) => {
    const screen = await opened();
    expect.hasAssertions();
    await CHECKS[action](screen, () => screen.press(sentBy(key)));
  });

  it('is on the page of help with its meaning', async () => {
    const screen = await opened();
    await screen.resize(200, 80);
    await screen.press('?');
    const missing = keyBindings.filter(({ shown, help }) => {
      const row = screen.terminal.rowOf(help);
      return row < 0 || !screen.terminal.line(row).trimStart().startsWith(shown);
    });
    expect(missing).toEqual([]);
  });
});
