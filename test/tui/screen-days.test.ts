// The page of days: cells, choosing one, going from it to its strips.

import { describe, expect, it } from 'vitest';
import type { Episode } from '../../src/diagnosis/episodes/ledger.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';

/** Sunday 23 Nov 2025; the tests' zone is UTC. */
const at = (text: string): number => Date.parse(`2025-11-${text}:00Z`);
const start = at('21T06:00');
const now = at('23T14:32');

const episode = (id: number, from: string, to: string, more: Partial<Episode> = {}): Episode => ({
  id,
  code: 'provider',
  from: at(from),
  to: at(to),
  lastBadAt: at(to),
  endpoints: [1],
  worstLoss: 0.1,
  worstP50: 80,
  outages: 0,
  ...more,
});

const daysOn = async (more: Partial<TestScreenOptions> = {}): Promise<TestScreen> => {
  const screen = new TestScreen({ startedAt: start, now, endpoints: ['gw=192.0.2.1', 'far=192.0.2.2'], ...more });
  for (const endpoint of [0, 1]) {
    screen.events(probes({ endpoint, from: start, to: now, every: 60_000 }, () => ({ rtt: 10 })));
  }
  screen.events([{ type: 'gap', from: at('22T02:00'), to: at('22T04:00'), reason: 'suspend' }]);
  screen.verdicts.note([
    episode(0, '21T20:00', '21T22:15'),
    episode(1, '22T20:30', '22T20:45'),
    episode(2, '23T09:00', '23T09:01', { code: 'local', endpoints: [0], worstLoss: 0.2 }),
    episode(3, '23T10:00', '23T10:00', { to: at('23T10:00') + 20_000 }),
  ]);
  await screen.draw();
  return screen.press('d').then(() => screen);
};

const rows = (screen: TestScreen): string[] =>
  screen.terminal.lines().filter((line) => /^ (Fri|Sat|Sun) \d\d [^N]/.test(line));

describe('the page of days', () => {
  it('has a row a day, a cell a quarter of an hour', async () => {
    const screen = await daysOn({ columns: 125, rows: 24 });
    expect(screen.terminal.line(0)).toBe(' Days by 15 minutes, all endpoints');
    const [friday, saturday, sunday] = rows(screen);
    expect(friday).toBe(` Fri 21 ${' '.repeat(24)}${'·'.repeat(56)}${'█'.repeat(9)}${'·'.repeat(7)}  bad 2 h 15 m`);
    expect(saturday).toBe(` Sat 22 ${'·'.repeat(8)}${' '.repeat(8)}${'·'.repeat(66)}█${'·'.repeat(13)}  bad 15 m`);
    expect(sunday).toBe(` Sun 23 ${'·'.repeat(36)}█···▒${'·'.repeat(18)}${' '.repeat(37)}  bad 1 m 20 s`);
    expect(screen.terminal.text()).toMatch(/^ {8}00 {10}03 {10}06/m);
  });

  it('tells of the cell that is chosen, the newest at first', async () => {
    const screen = await daysOn({ columns: 125, rows: 24 });
    expect(screen.terminal.text()).toContain('Sun 23 Nov 14:30-14:45  fine');
    await screen.press('Up', ...Array.from({ length: 24 }, () => 'Right'));
    expect(screen.terminal.text()).toContain('Sat 22 Nov 20:30-20:45  beyond your router, 15 m of 15 m bad');
    expect(screen.terminal.text()).toMatch(
      /22 Nov 20:30:00 to 22 Nov 20:45:00 {2}15 m {2}beyond your router: far, 10 % lost/,
    );
    await screen.press('Up', 'Home');
    expect(screen.terminal.text()).toContain('Fri 21 Nov 00:00-00:15  not watched');
  });

  it('goes no further than there are cells', async () => {
    const screen = await daysOn({ columns: 125, rows: 24 });
    await screen.press('Down', 'Right', 'Right');
    expect(screen.terminal.text()).toContain('Sun 23 Nov 14:30-14:45');
    await screen.press('Up', 'Up', 'Up', 'PgUp', 'Left');
    expect(screen.terminal.text()).toContain('Fri 21 Nov 00:00-00:15');
    await screen.press('PgDn', 'Right');
    expect(screen.terminal.text()).toContain('Fri 21 Nov 23:45-00:00');
  });

  it('Tab shows the days of one endpoint', async () => {
    const screen = await daysOn({ columns: 125, rows: 24 });
    await screen.press('Tab');
    expect(screen.terminal.line(0)).toBe(' Days by 15 minutes, gw');
    expect(rows(screen).map((row) => row.includes('█'))).toEqual([false, false, true]);
    await screen.press('Tab');
    expect(screen.terminal.line(0)).toContain('far');
    expect(rows(screen)[2]).not.toContain('█');
    await screen.press('Tab');
    expect(screen.terminal.line(0)).toContain('all endpoints');
  });

  it('Enter goes to the strips of the cell', async () => {
    const screen = await daysOn({ columns: 125, rows: 24 });
    await screen.press('Tab', 'Tab', 'Up', ...Array.from({ length: 24 }, () => 'Right'), 'Enter');
    const { page, cursor, width, selected } = screen.app.view;
    expect({ page, selected }).toEqual({ page: 'wall', selected: 1 });
    expect(cursor).toBe(at('22T20:37') + 30_000);
    // 117 columns: 10 s a column hold a quarter of an hour, and no narrower ones.
    expect(width).toBe(10_000);
  });

  it.each([
    [80, 24, 48],
    [40, 10, 24],
    [32, 6, 24],
  ])('has cells of more than 15 minutes at %dx%d', async (columns, height, cells) => {
    const screen = await daysOn({ columns, rows: height });
    const sunday = rows(screen).at(-1) ?? '';
    expect(sunday).toContain('█');
    const length = 24 / cells;
    const last = Math.floor(14.53 / length);
    expect(screen.terminal.text()).toContain('Sun 23 Nov');
    expect(sunday.slice(8, 8 + last)).toMatch(/^[·▒█]+$/);
  });

  it('says so where nothing was watched yet', async () => {
    const screen = new TestScreen({ startedAt: start, now });
    await screen.draw();
    await screen.press('d');
    expect(screen.terminal.text()).toContain('nothing was watched yet');
    await screen.press('Left', 'Enter', 'd');
    expect(screen.app.view.page).toBe('wall');
  });
});
