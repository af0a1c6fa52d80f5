// The wall on a terminal: known histories in, rows and colours out.

import { describe, expect, it } from 'vitest';
import { BASIC_PALETTES, PALETTES } from '../../src/view/theme/palette.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { Outcome, TestScreenOptions } from '../support/terminal-screen.js';

const at = (text: string): number => Date.parse(`2025-11-23T${text}Z`);

const start = at('14:22:00');
const now = at('14:32:07');

const { loss: RED, good: GOOD, late: LATE, caption: CAPTION, faint: FAINT } = PALETTES.dark;

const screenOf = (more: Partial<TestScreenOptions> = {}): TestScreen =>
  new TestScreen({ startedAt: start, now, ...more });

/** 10 ms throughout, but for what `fate` says. */
const history = (screen: TestScreen, fate: (at: number) => Outcome | null, endpoint = 0): void => {
  screen.events(probes({ endpoint, from: start, to: screen.now }, (t) => fate(t) ?? { rtt: 10 }));
};

const between = (t: number, from: string, to: string): boolean => t >= at(from) && t < at(to);

/** Screen column of an instant where the newest epoch is at the right edge. */
const columnAt = (screen: TestScreen, time: string, width = 5000): number =>
  screen.terminal.columns - 1 - (Math.floor(screen.now / width) - Math.floor(at(time) / width));

/** The first strip's rows of chart, from top to bottom. */
const chartRows = (screen: TestScreen): number[] => {
  const header = screen.terminal.rowOf('loss');
  const bottom = screen.terminal.lines().findIndex((line, y) => y > header && /^ +0 /.test(line));
  return Array.from({ length: bottom - header }, (_, i) => header + 1 + i);
};

const column = (screen: TestScreen, time: string, width = 5000): { char: string; foreground: number | null }[] =>
  chartRows(screen).map((y) => screen.terminal.cell(columnAt(screen, time, width), y));

describe.each([
  [80, 24],
  [40, 10],
  [200, 50],
  [300, 80],
])('at %sx%s', (columns, rows) => {
  it('shows a total outage as a full red column and nothing else as one', async () => {
    const screen = screenOf({ columns, rows });
    history(screen, (t) => (between(t, '14:31:00', '14:31:20') ? { error: 'ENETUNREACH' } : null));
    await screen.draw();
    for (const time of ['14:31:00', '14:31:05', '14:31:15']) {
      expect(column(screen, time).every(({ char, foreground }) => char === '█' && foreground === RED)).toBe(true);
    }
    for (const time of ['14:30:55', '14:31:20']) {
      expect(column(screen, time).some(({ foreground }) => foreground === RED)).toBe(false);
      expect(column(screen, time).at(-1)).toMatchObject({ char: '█', foreground: GOOD });
    }
  });

  it('shows loss hanging from the top, over the bar', async () => {
    const screen = screenOf({ columns, rows });
    history(screen, (t) => (t === at('14:31:02') ? 'lost' : null));
    await screen.draw();
    const cells = column(screen, '14:31:00');
    expect(cells[0]).toMatchObject({ foreground: RED });
    expect(cells.at(-1)?.foreground).toBe(GOOD);
  });

  it('has no text that is cut or run together', async () => {
    const screen = screenOf({ columns, rows, endpoints: ['gateway=192.168.1.1', '8.8.8.8', 'example.com'] });
    history(screen, () => null, 0);
    history(screen, (t) => (between(t, '14:30:00', '14:30:10') ? 'lost' : { rtt: 123.4 }), 1);
    history(screen, () => ({ rtt: 0.04 }), 2);
    await screen.draw();
    const text = screen.terminal.text();
    // What looks like a percentage or a time is one, whole.
    for (const [, number] of text.matchAll(/(\S+) %/g)) expect(number).toMatch(/^(\d|\d\.\d|\d\d|100|<0\.1)$/);
    for (const [time] of text.matchAll(/\d*:[\d:]*/g)) expect(time).toMatch(/^\d\d:\d\d(:\d\d)?$/);
    expect(screen.terminal.line(0)).toMatch(/^ pingem .*14:32:07$/);
    expect(screen.terminal.line(rows - 1)).toContain('? help');
    expect(text).toContain('gateway');
    expect(text).toContain('8.8.8.8');
  });
});

describe('columns', () => {
  it('show late replies in their own colour, and losses no more', async () => {
    const screen = screenOf();
    history(screen, (t) => (between(t, '14:31:00', '14:31:05') ? { late: 2500 } : null));
    await screen.draw();
    const cells = column(screen, '14:31:00');
    expect(cells.at(-1)).toMatchObject({ char: '█', foreground: LATE });
    expect(cells.some(({ foreground }) => foreground === RED)).toBe(false);
  });

  it('are repainted when a late reply repairs them, even far back', async () => {
    const screen = screenOf();
    history(screen, (t) => (between(t, '14:27:00', '14:27:05') ? 'lost' : null));
    await screen.draw();
    expect(column(screen, '14:27:00').every(({ foreground }) => foreground === RED)).toBe(true);
    const first = (at('14:27:00') - start) / 500;
    screen.events(
      Array.from({ length: 10 }, (_, i) => ({
        type: 'late' as const,
        endpoint: 0,
        seq: first + i,
        rtt: 2900,
        ttl: 57,
      })),
    );
    await screen.draw();
    expect(column(screen, '14:27:00').some(({ foreground }) => foreground === RED)).toBe(false);
    expect(column(screen, '14:27:00').at(-1)).toMatchObject({ foreground: LATE });
  });

  it('show "not collecting" where nobody looked, and no loss there', async () => {
    const screen = screenOf({ columns: 120 });
    screen.events([{ type: 'gap', from: at('14:26:00'), to: at('14:29:00'), reason: 'suspend' }]);
    history(screen, (t) => (between(t, '14:26:00', '14:29:00') ? 'not sent' : null));
    await screen.draw();
    expect(column(screen, '14:28:55').every(({ char }) => char === '╱')).toBe(true);
    expect(screen.terminal.text()).toContain(' not collecting ');
    expect(screen.terminal.text()).toMatch(/loss +0 %/);
  });

  it('show a dim dot before the beginning, and a pending newest epoch', async () => {
    const screen = screenOf({ startedAt: at('14:31:50') });
    screen.events(probes({ from: at('14:31:50'), to: now }, (t) => (t >= at('14:32:05') ? 'in-flight' : { rtt: 10 })));
    await screen.draw();
    expect(column(screen, '14:30:00').at(-1)).toMatchObject({ char: '·', foreground: FAINT });
    expect(column(screen, '14:32:05').every(({ char }) => char === '┊')).toBe(true);
    expect(column(screen, '14:32:00').at(-1)).toMatchObject({ char: '█', foreground: GOOD });
  });

  it('are not flattened by one reply of three seconds, which is marked', async () => {
    const screen = screenOf();
    history(screen, (t) => (t === at('14:30:02') ? { rtt: 3000 } : null));
    await screen.draw();
    expect(screen.terminal.text()).toMatch(/^ +50 ms/m);
    expect(column(screen, '14:30:00')[0]?.char).toBe('▲');
    const usual = column(screen, '14:29:00').filter(({ char }) => char !== ' ');
    expect(usual.length).toBeGreaterThan(chartRows(screen).length / 6);
  });
});

describe('the lines', () => {
  it('of the header and of an endpoint say what they are to say', async () => {
    const screen = screenOf({ columns: 120, rows: 30, endpoints: ['gateway=192.168.1.1'] });
    history(screen, (t) => (between(t, '14:31:00', '14:31:06') ? 'lost' : null));
    await screen.draw();
    expect(screen.terminal.line(0)).toMatch(/^ pingem  every 0\.5 s {3}epoch 5 s +14:32:07$/);
    // None of 20 in the last 10 s, 12 of 1214 since the start, which is no hour; nothing has told what is usual.
    const header = screen.terminal.line(1);
    expect(header).toMatch(
      /^ gateway 192\.168\.1\.1 +last 10 s +10 ms +usual +- +jitter +0\.00 +loss +0 % +10 m 1\.0 %, worst 14:31$/,
    );
    const x = header.lastIndexOf('10 m');
    expect(screen.terminal.cell(x, 1).foreground).toBe(CAPTION);
    // Names and numbers are in the terminal's own colour, what is bad is bold.
    expect(screen.terminal.cell(x + 5, 1)).toMatchObject({ foreground: null, bold: true });
    expect(screen.terminal.cell(1, 1)).toMatchObject({ foreground: null, bold: true });
    expect(screen.terminal.cell(10, 1).foreground).toBe(CAPTION);
  });

  it('of the axes carry the scale and round times', async () => {
    const screen = screenOf({ columns: 120, rows: 30 });
    history(screen, () => null);
    await screen.draw();
    const rows = chartRows(screen);
    expect(screen.terminal.line(rows[0] ?? 0)).toMatch(/^ {2}50 ms /);
    const axis = screen.terminal.line(27);
    const x = axis.indexOf('14:30');
    expect(x + 2).toBe(columnAt(screen, '14:30:00'));
    expect(axis.trim().split(/ +/)).toEqual([
      '14:23',
      '14:24',
      '14:25',
      '14:26',
      '14:27',
      '14:28',
      '14:29',
      '14:30',
      '14:31',
      '14:32',
    ]);
  });

  it('tell the last outage, all endpoints of it together', async () => {
    const screen = screenOf({ columns: 120, endpoints: ['192.0.2.1', '192.0.2.2'] });
    for (const endpoint of [0, 1]) {
      history(screen, (t) => (between(t, '14:28:35', '14:28:55') ? { error: 'ENETUNREACH' } : null), endpoint);
    }
    await screen.draw();
    expect(screen.terminal.text()).toContain(
      'outage 2 endpoints  14:28:35 to 14:28:55  20 s, 80 probes  no route (ENETUNREACH)',
    );
  });

  it('warn, and say how far a record is loaded', async () => {
    const screen = screenOf({ mode: 'replay' });
    history(screen, () => null);
    screen.app.news({ type: 'notice', text: 'record: disk full\u001b[2J, trying again' });
    await screen.draw();
    expect(screen.terminal.line(1)).toBe(' record: disk full?[2J, trying again');
    screen.app.news({ type: 'notice', text: null });
    screen.app.news({ type: 'progress', progress: { fraction: 0.5, text: 'loading f.jsonl' } });
    await screen.draw();
    expect(screen.terminal.line(1)).toBe(' loading f.jsonl ██████░░░░░░ 50 %');
    screen.app.news({ type: 'progress', progress: null });
    await screen.draw();
    expect(screen.terminal.line(0)).toContain('replay');
    // A record is looked at from its end.
    expect(screen.terminal.text()).toContain('cursor 14:32:05 to 14:32:10');
  });

  it('show a mark on the axis', async () => {
    const screen = screenOf();
    history(screen, () => null);
    screen.events([{ type: 'mark', at: at('14:30:30'), text: 'call is {red-fg}bad\u0007' }]);
    await screen.draw();
    const y = screen.terminal.rowOf('▼');
    expect(screen.terminal.line(y)).toContain('▼ call is {red-fg…');
    expect(screen.terminal.line(y).indexOf('▼')).toBe(columnAt(screen, '14:30:30'));
  });
});

describe('many endpoints', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `10.0.0.${i + 1}`);

  it('get a line each', async () => {
    const screen = screenOf({ endpoints: names(12) });
    for (let i = 0; i < 12; i++) history(screen, () => ({ rtt: 10 + i }), i);
    await screen.draw();
    const y = screen.terminal.rowOf('10.0.0.7');
    expect(screen.terminal.line(y)).toMatch(/^ 10\.0\.0\.7 +16 +- +0\.00 +0 % +0 % [▁▂▃▄▅▆▇█·┊]+$/);
    expect(screen.terminal.rowOf('10.0.0.8')).toBe(y + 1);
  });

  it('are a list that scrolls with the selection', async () => {
    const screen = screenOf({ endpoints: names(40) });
    await screen.draw();
    expect(screen.terminal.line(0)).toContain('↓');
    expect(screen.terminal.rowOf('10.0.0.40')).toBe(-1);
    await screen.press(...Array.from({ length: 39 }, () => 'Down'));
    await screen.draw();
    const y = screen.terminal.rowOf('10.0.0.40');
    expect(screen.terminal.line(y)).toMatch(/^▸10\.0\.0\.40/);
    expect(screen.terminal.line(0)).toMatch(/↑\d+/);
  });
});

describe('other terminals', () => {
  it('without colour get shapes', async () => {
    const screen = screenOf({ env: { TERM: 'xterm-256color', LANG: 'C.UTF-8', NO_COLOR: '1' } });
    history(screen, (t) => (between(t, '14:31:00', '14:31:05') ? 'lost' : null));
    await screen.draw();
    expect(column(screen, '14:31:00').every(({ char, foreground }) => char === '╳' && foreground === null)).toBe(true);
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 80; x++) {
        expect(screen.terminal.cell(x, y)).toMatchObject({ foreground: null, background: null });
      }
    }
  });

  it('with LANG=C get ASCII only', async () => {
    const screen = screenOf({ env: { TERM: 'xterm-256color', LANG: 'C' }, endpoints: ['日本.example', '8.8.8.8'] });
    history(screen, (t) => (between(t, '14:31:00', '14:31:05') ? 'lost' : null), 1);
    await screen.draw();
    expect(screen.terminal.text()).toMatch(/^[\n -~]*$/);
    expect(screen.terminal.text()).toContain('??.example');
  });

  it('with eight colours get none beyond', async () => {
    const screen = screenOf({ env: { TERM: 'linux', LANG: 'C.UTF-8' } });
    history(screen, (t) => (between(t, '14:31:00', '14:31:05') ? 'lost' : null));
    await screen.draw();
    expect(column(screen, '14:31:00').every(({ foreground }) => foreground === BASIC_PALETTES.dark.loss)).toBe(true);
    const used = new Set<number | null>();
    for (let y = 0; y < 24; y++) for (let x = 0; x < 80; x++) used.add(screen.terminal.cell(x, y).foreground);
    expect([...used].every((colour) => colour === null || colour < 8)).toBe(true);
  });
});

describe('names from outside', () => {
  it('can neither move the cursor nor colour anything', async () => {
    const screen = screenOf({
      columns: 120,
      rows: 30,
      endpoints: ['evil\u001b[2J\u009b31m{bold}=8.8.8.8', '日本=1.1.1.1'],
    });
    history(screen, () => null, 0);
    history(screen, () => null, 1);
    await screen.draw();
    expect(screen.terminal.text()).toContain('evil?[2J?31m{bold} 8.8.8.8');
    // Wide characters take two columns: the numbers stand below each other all the same.
    const cellOfNow = (y: number): number =>
      Array.from({ length: 118 }, (_, x) => x).findIndex(
        (x) => screen.terminal.cell(x, y).char === 'n' && screen.terminal.cell(x + 2, y).char === 'w',
      );
    expect(cellOfNow(screen.terminal.rowOf('evil'))).toBe(cellOfNow(screen.terminal.rowOf('1.1.1.1')));
  });
});

describe('a changed address', () => {
  it('is marked in the strip of its endpoint, where it changed; the first one is no change', async () => {
    const screen = screenOf({ columns: 120, rows: 24, endpoints: ['example.com'] });
    screen.events([{ type: 'resolved', endpoint: 0, address: '10.0.0.1', at: at('14:29:00') }]);
    history(screen, () => null);
    screen.events([{ type: 'resolved', endpoint: 0, address: '10.0.0.2', at: at('14:31:01') }]);
    await screen.draw();
    expect(column(screen, '14:31:00')[0]?.char).toBe('@');
    expect(screen.terminal.text().split('@').length).toBe(2);
    expect(screen.terminal.text()).toContain('example.com 10.0.0.2');
  });
});
