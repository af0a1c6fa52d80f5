// The page of one endpoint, on a terminal: spans, histogram, runs, strip, probes, days.

import { describe, expect, it, vi } from 'vitest';
import type { Episode } from '../../src/diagnosis/episodes/ledger.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';

/** Wednesday, by the tests' zone, which is UTC. */
const now = Date.parse('2026-11-25T22:18:16Z');
const HOUR = 3_600_000;
const start = now - 30 * HOUR;

const episode: Episode = {
  id: 0,
  code: 'provider',
  from: now - 14_000,
  to: null,
  lastBadAt: now,
  endpoints: [1],
  worstLoss: 0.1,
  worstP50: 220,
  outages: 0,
};

/** The second of two: 90 ms, in the last 14 s 220 ms; 3 lost in a row at 22:17:26, one an hour ago, a late one just now. */
const detailsOn = async (more: Partial<TestScreenOptions> = {}, ...keys: string[]): Promise<TestScreen> => {
  const endpoints = ['gateway=192.0.2.1', 'call=192.0.2.19'];
  const screen = new TestScreen({ startedAt: start, now, endpoints, interval: 1000, epoch: 1000, ...more });
  screen.events(probes({ from: start, to: now, every: 1000 }, () => ({ rtt: 2 })));
  screen.events([
    { type: 'resolved', endpoint: 1, address: '192.0.2.18', at: start },
    { type: 'resolved', endpoint: 1, address: '192.0.2.19', at: now - 2 * HOUR },
  ]);
  screen.events(
    probes({ endpoint: 1, from: start, to: now, every: 1000 }, (at) => {
      const before = (now - at) / 1000;
      if ((before > 47 && before <= 50) || before === 3000) return 'lost';
      return { rtt: before <= 14 ? 220 : 90 };
    }),
  );
  screen.verdicts.note([episode]);
  await screen.draw();
  return screen.press('Down', 'Enter', ...keys).then(() => screen);
};

const row = (screen: TestScreen, start_: string): string =>
  screen.terminal.lines().find((line) => line.trimStart().startsWith(start_)) ?? '';

describe('the details of an endpoint', () => {
  it('tell its numbers over the spans that can differ', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 });
    expect(screen.terminal.line(0)).toMatch(/^ call 192\.0\.2\.19 .* 22:18:16$/);
    expect(screen.terminal.line(1)).toContain('192.0.2.19 since 20:18:16 (was 192.0.2.18)');
    expect(screen.terminal.line(1)).toContain('TTL 57');
    expect(row(screen, '20 s')).toMatch(/20 s +1 m +10 m +1 h +day +yest\. 22 h/);
    expect(row(screen, 'p50 ms')).toMatch(/p50 ms +220 +90 +90 +90 +90 +90 /);
    expect(row(screen, 'lost')).toMatch(/lost +0\.0 % +5\.0 % +0\.5 % +0\.1 % +<0\.1 % +0\.0 % /);
    expect(row(screen, 'late')).toMatch(/late +0\.0 % /);
    expect(row(screen, 'loss runs')).toContain('loss runs, 1 h  1 single, 1 of 3; longest 3 at 22:17:26');
  });

  it('set the RTTs of the last minute against what is usual', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 });
    const histogram = screen.terminal.lines().slice(2, 9);
    expect(histogram[0]).toMatch(/RTT ms +usual \(1 d\) +last 1 m/);
    const rows = histogram.filter((line) => / \d+-\d* /.test(line));
    expect(rows[0]).toMatch(/50-100 +█+\S? 100 % +█+\S? 75 %$/);
    expect(rows.at(-1)).toMatch(/200-250 .* 25 %$/);
  });

  it('have a strip with what each column lost, whose fault it was, and every probe', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 });
    const losses = screen.terminal.lines().findLast((line) => line.startsWith(' lost ')) ?? '';
    // The newest column is at the right, 50 s ago is 50 columns before it.
    expect(losses.slice(119 - 50, 119 - 46)).toBe('111·');
    expect(row(screen, 'fault')).toMatch(/▒provider▒+/);
    const single = row(screen, 'probes');
    expect(single.slice(119 - 49, 119 - 46)).toMatch(/!!!|.!!!/);
    expect(single.at(-1)).not.toBe('!');
    expect(screen.terminal.text()).toMatch(/^ Wed 25 ·+▒/m);
  });

  it('Tab shows loss, jitter, and p50 and p95 as lines', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 }, 'Tab');
    expect(screen.terminal.text()).toMatch(/^ +100 % +█/m);
    await screen.press('Tab');
    expect(screen.terminal.text()).toMatch(/^ +0\.2 ms$/m);
    await screen.press('Tab');
    // The chart is loaded when it is first asked for.
    await vi.waitFor(async () => {
      await screen.draw();
      expect(screen.terminal.text()).toMatch(/[\u2801-\u28ff]/);
    });
    await screen.press('Tab');
    expect(screen.terminal.text()).not.toMatch(/[\u2801-\u28ff]/);
  });

  it('show the column under the cursor, and go from one endpoint to the next', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 }, ...Array.from({ length: 48 }, () => 'Left'));
    expect(screen.terminal.line(0)).toMatch(/call 192\.0\.2\.19 +slots 1 +lost 1/);
    await screen.press('Up');
    expect(screen.terminal.line(0)).toMatch(/gateway 192\.0\.2\.1 +slots 1 +lost 0/);
    await screen.press('Escape');
    expect(screen.app.view.page).toBe('wall');
  });

  it('say what the verdict says of it', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 });
    screen.events([
      {
        type: 'verdict',
        at: now,
        code: 'provider',
        since: now - 14_000,
        endpoints: [1],
        evidence: {
          endpoints: [
            {
              endpoint: 1,
              label: 'call',
              conditions: ['slow', 'lossy'],
              part: 'blamed',
              share: 0.1,
              late: 0,
              p50: 220,
              usualP50: 90,
            },
          ],
          traffic: null,
          confidence: null,
          add: null,
          others: [],
          reason: null,
        },
      },
    ]);
    screen.now += 1000;
    await screen.draw();
    expect(screen.terminal.line(0)).toMatch(/^ call 192\.0\.2\.19 +SLOW/);
  });

  it('say what a call to there would be like', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30 });
    screen.verdicts.hearQuality({
      type: 'call quality',
      quality: null,
      each: [
        [0, null],
        [1, { r: 60.4, mos: 3.11, word: 'poor' }],
      ],
    });
    screen.now += 1000;
    await screen.draw();
    expect(screen.terminal.line(0)).toContain('call: poor, R 60, MOS 3.1 (est.)');
    await screen.press('Up');
    expect(screen.terminal.line(0)).not.toContain('call:');
  });

  it.each([
    [80, 24],
    [40, 10],
    [32, 6],
  ])('fit into %dx%d, with the strip to the last', async (columns, rows) => {
    const screen = await detailsOn({ columns, rows });
    expect(screen.terminal.line(0)).toContain('call');
    expect(screen.terminal.text()).toMatch(/█{8}/);
    expect(screen.terminal.text()).toContain('Esc');
  });

  it('are whole in ASCII', async () => {
    const screen = await detailsOn({ columns: 120, rows: 30, ascii: true }, 'Tab', 'Tab', 'Tab');
    // eslint-disable-next-line no-control-regex -- ASCII is what is asked for
    expect(screen.terminal.text()).toMatch(/^[\x00-\x7f]*$/);
    expect(screen.terminal.text()).toMatch(/^ {8}[.#=_-]*#+/m);
  });
});
