// Sizes that change, terminals that stop reading, frames that needn't be drawn.

import { describe, expect, it, vi } from 'vitest';
import { probes, TestScreen } from '../support/terminal-screen.js';

const start = Date.UTC(2025, 10, 23, 14, 22);
const now = start + 600_000;

const opened = async (columns = 80, rows = 24): Promise<TestScreen> => {
  const screen = new TestScreen({ startedAt: start, now, columns, rows, endpoints: ['192.0.2.1', '192.0.2.2'] });
  for (const endpoint of [0, 1]) {
    screen.events(
      probes({ endpoint, from: start, to: now }, (_, i) => (i % 20 === 0 ? 'lost' : { rtt: 10 + (i % 7) })),
    );
  }
  return screen.draw();
};

/** One more answered probe, so that there is something to draw. */
const another = (screen: TestScreen, seq: number): void => {
  screen.now += 250;
  screen.events([
    { type: 'sent', endpoint: 0, seq, at: screen.now },
    { type: 'answered', endpoint: 0, seq, rtt: 10, ttl: 57 },
  ]);
};

const chartDrawn = async (screen: TestScreen): Promise<void> => {
  await screen.draw();
  expect(screen.terminal.text()).toMatch(/[\u2801-\u28ff]/);
};

describe('resizing', () => {
  it('gives the same picture as a screen of that size from the start', async () => {
    const screen = await opened();
    for (const [columns, rows] of [
      [40, 10],
      [300, 80],
      [33, 7],
      [200, 50],
      [80, 24],
    ] as const) {
      await screen.resize(columns, rows);
      const fresh = await opened(columns, rows);
      expect(screen.terminal.text()).toBe(fresh.terminal.text());
    }
  });

  it('says what there is room for where the pane is too small, and recovers', async () => {
    const screen = await opened();
    for (const [columns, rows] of [
      [19, 8],
      [80, 3],
      [1, 1],
      [5, 2],
    ] as const) {
      await screen.resize(columns, rows);
      await screen.press('Left', '?', 'Escape', 'o', 'Escape', 'Enter', 'Escape');
      expect('pingem'.startsWith(screen.terminal.line(0))).toBe(true);
      expect(screen.terminal.line(0)).not.toBe('');
    }
    await screen.resize(80, 24);
    expect(screen.terminal.line(0)).toContain('pingem');
  });

  it('works on every page', async () => {
    const screen = await opened();
    for (const page of [['Enter'], ['Enter', 'Tab', 'Tab', 'Tab'], ['d'], ['o'], ['?']]) {
      await screen.press(...page);
      if (page.length > 1) await vi.waitFor(() => chartDrawn(screen));
      for (const [columns, rows] of [
        [40, 10],
        [120, 40],
        [32, 6],
        [80, 24],
      ] as const) {
        await screen.resize(columns, rows);
        expect(screen.terminal.text().trim()).not.toBe('');
      }
      await screen.press('Escape');
    }
  });
});

describe('a terminal that stops reading', () => {
  it('costs one frame of memory, and is whole when it reads again', async () => {
    const screen = await opened();
    screen.reading = false;
    let drawn = 0;
    for (let i = 0; i < 200; i++) {
      another(screen, 5000 + i);
      const before = performance.now();
      screen.app.frame();
      screen.runTimers();
      drawn += performance.now() - before;
    }
    // Dropped frames are not even composed: 200 of them take no more than a few would.
    expect(drawn).toBeLessThan(100);
    await screen.press('s', '+');
    screen.reading = true;
    screen.runTimers();
    await screen.draw();
    await screen.draw();
    const text = screen.terminal.text();
    expect(text).toContain('own scale');
    expect(text).toContain('epoch 10 s');
    await screen.press('Ctrl-L');
    expect(screen.terminal.text()).toBe(text);
  });

  it('is whole also if it lost what it had', async () => {
    const screen = await opened();
    screen.reading = false;
    for (let i = 0; i < 10; i++) {
      another(screen, 5000 + i);
      screen.app.frame();
    }
    screen.terminal.write('\u001b[2J');
    screen.reading = true;
    screen.runTimers();
    another(screen, 6000);
    await screen.draw();
    const text = screen.terminal.text();
    await screen.press('Ctrl-L');
    expect(screen.terminal.text()).toBe(text);
  });

  it('takes the size that it has when it reads again', async () => {
    const screen = await opened();
    screen.reading = false;
    another(screen, 5000);
    screen.app.frame();
    await screen.resize(120, 30);
    await screen.resize(60, 20);
    screen.reading = true;
    screen.runTimers();
    await screen.draw();
    expect(screen.terminal.line(0)).toMatch(/^ pingem .*\d\d:\d\d:\d\d$/);
    expect(screen.terminal.line(19)).toContain('q quit');
  });
});

describe('frames', () => {
  it('are not drawn where nothing has changed', async () => {
    const screen = await opened();
    const { bytes } = screen;
    await screen.draw();
    await screen.draw();
    expect(screen.bytes).toBe(bytes);
  });

  it('are small where little has changed', async () => {
    const screen = await opened(200, 50);
    another(screen, 5000);
    await screen.draw();
    const { bytes } = screen;
    for (let seq = 5001; seq < 5005; seq++) another(screen, seq);
    await screen.draw();
    expect(screen.bytes - bytes).toBeGreaterThan(0);
    expect(screen.bytes - bytes).toBeLessThan(500);
  });
});
