// Whose fault it is, on the screen: the verdict and its evidence, the row of faults, the list of episodes.

import { describe, expect, it } from 'vitest';
import type { Episode } from '../../src/diagnosis/episodes/ledger.js';
import type { EndpointEvidence, VerdictEvent } from '../../src/events/verdict.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';

const at = (text: string): number => Date.parse(`2025-11-23T${text}Z`);
const start = at('14:22:00');
const now = at('14:32:07');
const since = at('14:31:40');

const evidence = (endpoint: number, label: string, more: Partial<EndpointEvidence>): EndpointEvidence => ({
  endpoint,
  label,
  conditions: ['fine'],
  part: 'none',
  share: 0,
  late: 0,
  p50: 10,
  usualP50: 10,
  ...more,
});

const lossy = { conditions: ['lossy'], part: 'blamed', share: 0.9 } as const;

const verdict: VerdictEvent = {
  type: 'verdict',
  at: since + 5000,
  code: 'beyond',
  since,
  endpoints: [1, 2],
  evidence: {
    endpoints: [evidence(0, 'gw', { part: 'cleared' }), evidence(1, 'far1', lossy), evidence(2, 'far2', lossy)],
    traffic: null,
    confidence: 'likely',
    add: null,
    others: [],
    reason: null,
  },
};

const episodes: Episode[] = [
  {
    id: 0,
    code: 'local',
    from: at('14:28:00'),
    to: at('14:28:30'),
    lastBadAt: at('14:28:30'),
    endpoints: [0, 1, 2],
    worstLoss: 0.05,
    worstP50: 12,
    outages: 0,
  },
  {
    id: 1,
    code: 'beyond',
    from: since,
    to: null,
    lastBadAt: now,
    endpoints: [1, 2],
    worstLoss: 1,
    worstP50: 11,
    outages: 2,
  },
];

const screenOf = async (more: Partial<TestScreenOptions> = {}): Promise<TestScreen> => {
  const endpoints = ['gw=192.0.2.1', 'far1=192.0.2.2', 'far2=192.0.2.3'];
  const screen = new TestScreen({ startedAt: start, now, endpoints, ...more });
  for (const endpoint of [0, 1, 2]) {
    screen.events(
      probes({ endpoint, from: start, to: now }, (t) =>
        endpoint > 0 && t >= since && t < since + 10_000 ? 'lost' : { rtt: 10 },
      ),
    );
  }
  screen.events([verdict]);
  screen.verdicts.note(episodes);
  screen.verdicts.learn([
    [0, 2.1],
    [1, 9.7],
    [2, null],
  ]);
  return screen.draw();
};

const rowWith = (screen: TestScreen, text: string): string =>
  screen.terminal.lines().find((line) => line.includes(text)) ?? '';

describe.each([
  ['in colour', {}],
  ['without colour', { env: { TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1' } }],
  ['in ASCII', { ascii: true }],
])('%s', (name, more) => {
  it('the verdict with its evidence is on top, with the figures of now', async () => {
    const screen = await screenOf({ columns: 120, rows: 30, ...more });
    // The outage is over for 17 s: the last 10 s have no loss, whatever was said when it began.
    expect(screen.terminal.line(0)).toMatch(/^[▌|]BEYOND YOUR PROVIDER since 14:31:40 \(27 s\) .* 14:32:07$/);
    expect(screen.terminal.line(1)).toMatch(/^ gw clean 10 ms(, | · )far1 and far2 together .*every 0\.5 s/);
  });

  it('the row of faults is above the strips, with a word for each', async () => {
    const screen = await screenOf({ columns: 120, rows: 30, ...more });
    const row = rowWith(screen, ' fault ');
    const [some, bad, none] = name === 'in ASCII' ? ['+', '#', '.'] : ['▒', '█', '·'];
    expect(row).toContain(`${none}${none}${some}`);
    expect(row.endsWith(bad)).toBe(true);
    // 30 s are 7 columns of 5 s: just room for a sign and "router".
    expect(row).toContain(`${some}router${none}`);
    const lines = screen.terminal.lines();
    // Below what proves the verdict.
    expect(lines.indexOf(row)).toBe(2);
  });

  it('o lists episodes, each opening to its outages', async () => {
    const screen = await screenOf({ columns: 120, rows: 30, ...more });
    await screen.press('o');
    const list = (): string[] =>
      screen.terminal
        .lines()
        .slice(2, 7)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    expect(list()).toHaveLength(2);
    expect(list()[0]).toMatch(
      /14:31:40 +episode +27 s \+ +beyond provider: far1, far2, 100 % lost, p50 11 ms, 2 outages$/,
    );
    expect(list()[1]).toMatch(/14:28:00 +episode +30 s +router or Wi-Fi: gw, far1, far2, 5 % lost, p50 12 ms$/);
    expect(screen.terminal.text()).toContain('Right: its outages');
    await screen.press('Right');
    expect(list()).toHaveLength(4);
    expect(list()[1]).toMatch(/14:31:40 +outage +10 s +far1 +20 probes/);
    await screen.press('Down', 'Down', 'Left');
    expect(list()).toHaveLength(2);
    expect(screen.app.view.list.line).toBe(0);
    await screen.press('Enter');
    expect(screen.terminal.text()).not.toContain('Episodes and events');
    expect(screen.app.view.cursor).not.toBeNull();
  });

  it('Tab lists those of one endpoint, s the longest first', async () => {
    const screen = await screenOf({ columns: 120, rows: 30, ...more });
    await screen.press('o', 's');
    expect(screen.terminal.line(0)).toContain('Episodes and events, longest first (2)');
    expect(screen.terminal.line(2)).toMatch(/14:28:00 +episode +30 s /);
    await screen.press('Tab');
    expect(screen.terminal.line(0)).toContain('Episodes and events of gw, longest first (1)');
    expect(screen.terminal.line(3)).toBe('');
    await screen.press('Tab', 's');
    expect(screen.terminal.line(0)).toContain('of far1 (2)');
    await screen.press('Tab', 'Tab');
    expect(screen.terminal.line(0)).toContain('Episodes and events (2)');
  });
});

describe('the verdict', () => {
  it.each([
    [20, 5],
    [32, 6],
    [40, 10],
    [80, 24],
    [300, 80],
  ])('is there at %sx%s', async (columns, rows) => {
    const screen = await screenOf({ columns, rows });
    expect(screen.terminal.line(0)).toMatch(/^▌BEYOND/);
    const since = screen.terminal.lines().slice(0, 2).join(' ');
    expect(since).toMatch(columns < 32 ? /BEYOND since 14:31/ : /BEYOND.* since 14:3/);
  });

  it('stands beside what else is easily forgotten', async () => {
    const screen = await screenOf({ columns: 80, rows: 24 });
    await screen.press('Space');
    expect(screen.terminal.line(0)).toMatch(/BEYOND PROVIDER since 14:31:40.*frozen 14:32:07/);
  });
});

describe('the headers', () => {
  it('have the last 10 s against what is usual', async () => {
    const screen = await screenOf({ columns: 120, rows: 30 });
    expect(rowWith(screen, '192.0.2.1 ')).toMatch(/10 s +10 ms +usual +2\.1 /);
    expect(rowWith(screen, 'far1 192.0.2.2')).toMatch(/usual +9\.7 /);
    expect(rowWith(screen, 'far2 192.0.2.3')).toMatch(/usual +- /);
  });
});

describe('where it is unclear whose fault it is', () => {
  it('the verdict says what to add, and a offers it', async () => {
    const screen = await screenOf({ columns: 120, rows: 30 });
    const unclear: VerdictEvent = { ...verdict, code: 'unclear', evidence: { ...verdict.evidence, add: 'host' } };
    screen.events([{ ...unclear, at: unclear.at + 1000 }]);
    await screen.draw();
    expect(screen.terminal.line(1)).toMatch(/^ a second host would tell/);
    await screen.press('a');
    expect(screen.terminal.text()).toContain('add: @internet_');
    await screen.press('Enter');
    expect(screen.requests).toMatchObject([{ type: 'add', text: '@internet' }]);
  });
});
