// The mouse, and what Q leaves behind, on the whole screen.

import { describe, expect, it } from 'vitest';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';
import { TestTerminal } from '../support/terminal.js';

const start = Date.parse('2025-11-23T12:00:00Z');
const now = Date.parse('2025-11-23T14:32:07Z');

const opened = async (more: Partial<TestScreenOptions> = {}): Promise<TestScreen> => {
  const screen = new TestScreen({
    startedAt: start,
    now,
    columns: 100,
    rows: 24,
    endpoints: ['gateway=192.168.1.1', '8.8.8.8', '日本=9.9.9.9'],
    interval: 1000,
    ...more,
  });
  for (const endpoint of [0, 1, 2]) {
    screen.events(
      probes({ endpoint, from: start, to: now, every: 1000 }, (at) =>
        endpoint === 1 && at >= now - 60_000 && at < now - 30_000 ? 'lost' : { rtt: 10 + endpoint },
      ),
    );
  }
  return screen.draw();
};

/** Columns and rows from 0, as everywhere but on the wire. */
const click = (x: number, y: number): string => `\u001b[<0;${x + 1};${y + 1}M\u001b[<0;${x + 1};${y + 1}m`;
const wheel = (way: 'up' | 'down'): string => `\u001b[<${way === 'up' ? 64 : 65};10;10M`;

const labelOf = ({ app, history }: TestScreen): string => history.endpoints[app.view.selected]?.info.label ?? '';
const rowOf = (screen: TestScreen, text: string): number => screen.terminal.rowOf(text);

describe('a click on the wall', () => {
  it('selects the strip, by its header or anywhere in it, and puts the cursor on the column', async () => {
    const screen = await opened();
    await screen.press(click(3, rowOf(screen, '8.8.8.8')));
    expect([labelOf(screen), screen.app.view.cursor]).toEqual(['8.8.8.8', null]);
    expect(screen.terminal.line(rowOf(screen, '8.8.8.8'))).toMatch(/^▸8\.8\.8\.8/);
    const y = rowOf(screen, '日本') + 2;
    for (const x of [90, 40, 99, 8]) {
      await screen.press(click(x, y));
      expect(labelOf(screen)).toBe('日本');
      expect(screen.terminal.cell(x, y).char).toBe('│');
      const byClick = screen.app.view.cursor;
      // The cursor by keys, from the newest column.
      const byKeys = await opened();
      await byKeys.press('Left', ...Array.from({ length: 98 - x }, () => 'Left'));
      expect(byClick).toBe(x === 99 ? screen.app.view.cursor : byKeys.app.view.cursor);
    }
  });

  it('does nothing beside the strips, in a prompt, or outside the pane', async () => {
    const screen = await opened();
    const before = screen.app.view;
    await screen.press(click(50, 23), click(50, 0), click(500, 5), click(5, 500));
    expect(screen.app.view).toEqual({ ...before, message: null });
    await screen.press('a', click(50, 8));
    expect(screen.app.view.prompt).not.toBeNull();
    expect(screen.app.view.cursor).toBeNull();
  });

  it('does nothing on a pane that is too small', async () => {
    const screen = await opened();
    await screen.resize(8, 3);
    await screen.press(click(2, 1), wheel('down'));
    expect(screen.app.view.cursor).toBeNull();
  });
});

describe('on the other pages', () => {
  it('a click on the details puts the cursor on the column of their strip', async () => {
    const screen = await opened();
    await screen.press('Down', 'Enter');
    await screen.draw();
    const y = screen.terminal.lines().findIndex((line) => /^ +0 /.test(line));
    await screen.press(click(80, y));
    expect(screen.app.view.cursor).not.toBeNull();
    expect(screen.terminal.cell(80, y - 2).char).toBe('│');
    expect(labelOf(screen)).toBe('8.8.8.8');
  });

  it('a click selects a line, a second one goes there, and the wheel scrolls', async () => {
    const screen = await opened();
    for (let i = 0; i < 40; i++) {
      screen.events([{ type: 'mark', at: now - 1000 * i, text: `mark ${i}` }]);
    }
    await screen.press('o');
    await screen.draw();
    await screen.press(wheel('down'), wheel('down'), wheel('up'));
    expect(screen.app.view.list.line).toBe(3);
    const y = rowOf(screen, 'mark 7');
    await screen.press(click(20, y));
    expect(screen.terminal.line(rowOf(screen, 'mark 7'))).toMatch(/^▸/);
    await screen.press(click(20, rowOf(screen, 'mark 7')));
    expect(screen.app.view.page).toBe('wall');
    expect(screen.app.view.cursor).not.toBeNull();
  });

  it('a click chooses a cell of the days', async () => {
    const screen = await opened();
    await screen.press('d');
    await screen.draw();
    const y = rowOf(screen, 'Sun 23');
    const before = screen.terminal.text();
    const x = screen.terminal.line(y).indexOf('·');
    await screen.press(click(x, y));
    expect(screen.app.view.daysPlace).not.toBeNull();
    expect(screen.terminal.text()).not.toBe(before);
    await screen.press(click(x, y));
    expect(screen.app.view.page).toBe('wall');
  });

  it('the wheel goes from endpoint to endpoint on the wall, through the help on its page', async () => {
    const screen = await opened();
    await screen.press(wheel('down'), wheel('down'), wheel('down'), wheel('up'));
    expect(labelOf(screen)).toBe('8.8.8.8');
    await screen.press('?');
    const before = screen.terminal.text();
    await screen.press(wheel('down'));
    expect(screen.terminal.text()).not.toBe(before);
  });
});

describe('what is pasted', () => {
  it('is typed into a prompt, without its control characters, and is no key elsewhere', async () => {
    const screen = await opened();
    await screen.press('\u001b[200~qQd?\u001b[201~');
    expect([screen.quits, screen.app.view.page]).toEqual([0, 'wall']);
    await screen.press('a', '\u001b[200~ nas=10.0.0.2\r\n\u0003\u001b[201~');
    expect(screen.app.view.prompt).toMatchObject({
      line: { text: expect.stringMatching(/^nas=10\.0\.0\.2/) as string },
    });
    await screen.press('Escape', 'D', '\u001b[200~y\u001b[201~');
    expect(screen.requests).toEqual([]);
    expect(screen.app.view.prompt).toMatchObject({ kind: 'remove' });
  });
});

describe('the terminal', () => {
  it('is asked for the mouse, and not with --no-mouse', async () => {
    for (const mouse of [true, false]) {
      const written: string[] = [];
      const screen = new TestScreen({ startedAt: start, now, mouse, heard: (text) => written.push(text) });
      await screen.draw();
      expect(written.join('').includes('\u001b[?1000h\u001b[?1006h')).toBe(mouse);
      expect(written.join('')).toContain('\u001b[?2004h');
    }
  });
});

describe('Q', () => {
  it.each([
    ['in colours', { TERM: 'xterm-256color', LANG: 'C.UTF-8' }],
    ['in eight', { TERM: 'linux', LANG: 'C.UTF-8' }],
    ['without', { TERM: 'xterm-256color', LANG: 'C.UTF-8', NO_COLOR: '1' }],
  ])('leaves the screen as text, %s', async (_name, env) => {
    const screen = await opened({ env });
    await screen.press('Q');
    expect(screen.quits).toBe(1);
    const picture = screen.picture ?? '';
    const normal = new TestTerminal(100, 24);
    normal.write(picture.replaceAll('\n', '\r\n'));
    await normal.settled();
    for (let y = 0; y < 23; y++) {
      for (let x = 0; x < 100; x++) expect([x, y, normal.cell(x, y)]).toEqual([x, y, screen.terminal.cell(x, y)]);
    }
    expect(normal.line(23)).toBe('');
    expect(picture.endsWith('\n')).toBe(true);
    expect('NO_COLOR' in env && /\[[\d;]*[34][\d;]*m/.test(picture)).toBe(false);
  });

  it('leaves nothing but a summary with q', async () => {
    const screen = await opened();
    await screen.press('q');
    expect([screen.quits, screen.picture]).toEqual([1, null]);
  });
});
