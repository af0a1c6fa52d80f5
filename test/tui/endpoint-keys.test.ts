// Endpoints added, changed, removed and hidden by keys.

import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../src/view/theme/palette.js';
import type { RunAnswer } from '../../src/view/run-command.js';
import { hostInfo } from '../support/endpoint-info.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';

const start = Date.parse('2025-11-23T14:00:00Z');
const now = Date.parse('2025-11-23T14:02:00Z');

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 30 },
  { columns: 40, rows: 10 },
] as const;

const opened = async (more: Partial<TestScreenOptions> = {}): Promise<TestScreen> => {
  const screen = new TestScreen({
    startedAt: start,
    now,
    endpoints: ['gateway=192.0.2.1', '192.0.2.2'],
    interval: 500,
    ...more,
  });
  for (const endpoint of [0, 1]) {
    screen.events(probes({ endpoint, from: start, to: now, every: 500 }, () => ({ rtt: 10 })));
  }
  return screen.draw();
};

const answer = async (screen: TestScreen, done: boolean, text: string): Promise<void> => {
  const request = screen.requests.at(-1)?.request ?? '';
  screen.app.news({ type: 'answer', request, done, text } satisfies RunAnswer);
  await screen.terminal.settled();
};

const remove = async (screen: TestScreen, endpoint: number): Promise<void> => {
  screen.events([{ type: 'removed', endpoint, at: screen.now }]);
  await screen.draw();
};

describe.each(SIZES)('at $columns x $rows', (size) => {
  it('a asks the run, shows its refusal whole, and closes when it is done', async () => {
    const screen = await opened(size);
    await screen.press('a');
    expect(screen.terminal.text()).toContain('add: _ [label=]host');
    await screen.press('8', '.', '8', 'Enter');
    expect(screen.requests).toEqual([{ type: 'add', request: 'screen 0', text: '8.8' }]);
    await answer(screen, false, '"8.8" is no IPv4 address: it takes four numbers from 0 to 255, such as 192.168.1.1');
    const text = screen.terminal.text().replaceAll(/\s+/g, ' ');
    expect(text).toContain('"8.8" is no IPv4 address: it takes four numbers from 0 to 255, such as 192.168.1.1');
    expect(text).toContain('add: 8.8_');
    await screen.press('.', '8', '.', '8', 'Enter');
    expect(screen.requests.at(-1)).toEqual({ type: 'add', request: 'screen 1', text: '8.8.8.8' });
    await answer(screen, true, 'added 8.8.8.8, every 0.5 s, 56 bytes');
    expect(screen.terminal.text()).not.toContain('add: 8');
    expect(screen.terminal.text()).toContain('added 8.8.8.8, every 0.5 s, 56 bytes');
  });

  it('e begins with the endpoint as it is', async () => {
    const screen = await opened({ ...size, columns: Math.max(60, size.columns) });
    await screen.press('e');
    expect(screen.terminal.text()).toContain('change: gateway=192.0.2.1,interval=0.5,size=56_');
    await screen.press('Home', 'm', 'y', ' ', 'End', 'Backspace', 'Backspace', '1', '0', '0', 'Enter');
    expect(screen.requests).toEqual([
      { type: 'change', request: 'screen 0', endpoint: 0, text: 'my gateway=192.0.2.1,interval=0.5,size=100' },
    ]);
  });

  it('D asks first', async () => {
    const screen = await opened(size);
    for (const no of ['n', 'Escape', 'Enter', 'q']) {
      await screen.press('Down', 'D');
      expect(screen.terminal.text()).toContain('remove 192.0.2.2? y/n');
      await screen.press(no);
      expect(screen.terminal.text()).not.toContain('y/n');
    }
    expect([screen.requests, screen.quits]).toEqual([[], 0]);
    await screen.press('D', 'y');
    expect(screen.requests).toEqual([{ type: 'remove', request: 'screen 0', endpoint: 1 }]);
    await answer(screen, true, 'removed 192.0.2.2');
    expect(screen.terminal.text()).toContain('removed 192.0.2.2');
  });

  it('R hides the strip of one that was removed, and shows it again, in grey', async () => {
    const screen = await opened(size);
    await screen.press('R');
    expect(screen.terminal.text()).toContain('no endpoint has been removed');
    await remove(screen, 0);
    const name = 'gateway';
    const row = screen.terminal.rowOf(name);
    expect(screen.terminal.line(row)).toContain('removed');
    expect(screen.terminal.cell(1, row).foreground).toBe(PALETTES.dark.caption);
    await screen.press('R');
    expect(screen.terminal.rowOf(name)).toBe(-1);
    expect(screen.app.view.selected).toBe(1);
    await screen.press('R');
    expect(screen.terminal.rowOf(name)).toBe(row);
  });
});

describe('a prompt', () => {
  it('waits for the answer to what it has asked, and for no other', async () => {
    const screen = await opened();
    await screen.press('a', 'x', 'Enter', 'y', 'Enter');
    expect(screen.requests.length).toBe(1);
    screen.app.news({ type: 'answer', request: 'another', done: true, text: 'no' });
    expect(screen.app.view.prompt).toMatchObject({ kind: 'add', request: 'screen 0' });
    await screen.press('Escape');
    await answer(screen, true, 'added x');
    expect(screen.app.view).toMatchObject({ prompt: null, message: null });
  });

  it('is closed by Enter where nothing was typed, and ends the run at Ctrl-C', async () => {
    const screen = await opened();
    await screen.press('a', 'Enter');
    expect(screen.app.view.prompt).toBeNull();
    await screen.press('a', 'Ctrl-C');
    expect([screen.requests, screen.quits]).toEqual([[], 1]);
  });

  it('opens below strips or chart, not in a list', async () => {
    const screen = await opened();
    await screen.press('?', 'a');
    expect(screen.terminal.text()).toContain('add: _');
    await screen.press('Escape', 'o', 'e');
    expect(screen.terminal.text()).toContain('change: gateway=');
    await screen.press('Escape', 'Enter', 'e');
    expect(screen.app.view.page).toBe('details');
    expect(screen.terminal.text()).toContain('change: gateway=');
  });

  it('scrolls with the caret where it is longer than the line', async () => {
    const screen = await opened({ columns: 40, rows: 10 });
    await screen.press('e');
    const y = screen.terminal.rowOf('change:');
    expect(screen.terminal.line(y)).toMatch(/^ change: .*interval=0\.5,size=56_$/);
    await screen.press('Home');
    expect(screen.terminal.line(y)).toMatch(/^ change: gateway=192\.0\.2\.1,/);
  });

  it('is not to be had of a record', async () => {
    const screen = await opened({ mode: 'replay' });
    for (const key of ['a', 'e', 'D']) {
      await screen.press(key);
      expect(screen.app.view.prompt).toBeNull();
      expect(screen.terminal.text()).toContain('the endpoints of a replay are those of its record');
    }
  });

  it('shows a hostile label as text', async () => {
    const screen = await opened();
    await screen.press('a', 'x', 'Enter');
    await answer(screen, true, 'added \u001b[31mred\u202e');
    expect(screen.terminal.text()).toContain('added ?[31mred');
  });
});

describe('the screen', () => {
  it('has a strip for one that came, with its own interval', async () => {
    const screen = await opened();
    expect(screen.terminal.line(0)).toContain('every 0.5 s ');
    const info = hostInfo({ id: 2, target: '192.0.2.3', label: 'big', interval: 50, sizeBytes: 1000 });
    screen.events([{ type: 'endpoint', endpoint: 2, info, at: now }]);
    screen.events(probes({ endpoint: 2, from: now, to: now + 1000, every: 50 }, () => ({ rtt: 3 })));
    screen.now += 1000;
    await screen.draw();
    expect(screen.terminal.line(0)).toContain('every 0.05 s to 0.5 s');
    expect(screen.terminal.text()).toMatch(/big +(192\.0\.2\.3 +)?10 s +3\.0/);
    await screen.press('Down', 'Down', 'Enter');
    expect(screen.terminal.line(1)).toContain('every 0.05 s, 1000 bytes');
    await screen.press('Escape', 'o');
    expect(screen.terminal.text()).toMatch(/added +big +every 0\.05 s, 1000 bytes/);
  });

  it('says when one was removed, and that it is so already', async () => {
    const screen = await opened();
    await remove(screen, 0);
    expect(screen.terminal.text()).toMatch(/gateway +(192\.0\.2\.1 +)?removed 14:02 /);
    await screen.press('D');
    expect(screen.terminal.text()).toContain('gateway is removed already: a adds one anew');
    expect(screen.app.view.prompt).toBeNull();
  });

  it('says so where nobody is left', async () => {
    const screen = await opened();
    await remove(screen, 0);
    await remove(screen, 1);
    expect(screen.terminal.line(0)).not.toContain('every');
    await screen.press('R');
    expect(screen.terminal.text()).toContain('no endpoint is watched: a adds one');
    await screen.press('Up', 'Down', 'Enter', 'Escape', 'D');
    expect(screen.terminal.text()).toContain('there is no endpoint: a adds one');
  });

  it('tells no outage of one that was removed as going on', async () => {
    const screen = await opened();
    screen.events(probes({ endpoint: 0, from: now, to: now + 10_000, every: 500, firstSeq: 240 }, () => 'lost'));
    screen.now += 10_000;
    await screen.draw();
    expect(screen.terminal.text()).toContain('outage gateway  since 14:02:00');
    screen.now += 1000;
    await remove(screen, 0);
    screen.now += 5000;
    await screen.draw();
    expect(screen.terminal.text()).toContain('outage gateway  14:02:00 to 14:02:11');
  });
});
