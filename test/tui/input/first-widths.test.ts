// The first minutes of a run: narrow columns that fill the chart, wider ones as it goes on.

import { describe, expect, it } from 'vitest';
import { probes, TestScreen } from '../../support/terminal-screen.js';

const start = Date.parse('2025-11-23T12:00:00Z');

/** A run without --epoch after `seconds`, a frame drawn at each. */
class Run {
  readonly screen = new TestScreen({
    startedAt: start,
    now: start,
    epoch: null,
    columns: 80,
    rows: 24,
    interval: 1000,
  });
  #seconds = 0;

  async goOn(seconds: number): Promise<string> {
    for (const end = this.#seconds + seconds; this.#seconds < end; this.#seconds++) {
      const from = start + this.#seconds * 1000;
      this.screen.now = from + 999;
      const plan = { from, to: from + 1000, every: 1000, firstSeq: this.#seconds };
      this.screen.events(probes(plan, () => ({ rtt: 10 })));
      await this.screen.draw();
    }
    return /epoch \d+ \w+/.exec(this.screen.terminal.line(0))?.[0] ?? '';
  }

  /** Columns of the chart with a bar in them. */
  get filled(): number {
    return Math.max(...this.screen.terminal.lines().map((line) => (line.match(/█/g) ?? []).length));
  }
}

describe('without --epoch', () => {
  it('columns are 1 s, then 2 s, then 5 s, each as soon as the history needs it', async () => {
    const run = new Run();
    expect(await run.goOn(9)).toBe('epoch 1 s');
    expect(run.filled).toBeGreaterThanOrEqual(8);
    const columns = 72;
    expect(await run.goOn(columns - 9)).toBe('epoch 1 s');
    expect(run.filled).toBeGreaterThanOrEqual(columns - 1);
    expect(await run.goOn(1)).toBe('epoch 2 s');
    expect(await run.goOn(columns - 1)).toBe('epoch 2 s');
    expect(await run.goOn(1)).toBe('epoch 5 s');
    expect(await run.goOn(columns * 5)).toBe('epoch 5 s');
  });

  it('a width that the user chooses stays', async () => {
    const run = new Run();
    await run.goOn(10);
    await run.screen.press('+', '-');
    expect(await run.goOn(100)).toBe('epoch 1 s');
  });

  it('nothing changes under the cursor, or while frozen', async () => {
    for (const [key, back] of [
      ['Left', 'End'],
      ['Space', 'Space'],
    ] as const) {
      const run = new Run();
      await run.goOn(10);
      await run.screen.press(key);
      expect(await run.goOn(100)).toBe('epoch 1 s');
      await run.screen.press(back);
      expect(await run.goOn(1)).toBe('epoch 2 s');
    }
  });

  it('a history that is long already has the ordinary width at once', async () => {
    const run = new Run();
    run.screen.now = start + 3_600_000;
    run.screen.events(probes({ from: start, to: run.screen.now, every: 1000 }, () => ({ rtt: 10 })));
    await run.screen.draw();
    expect(run.screen.terminal.line(0)).toContain('epoch 5 s');
  });
});
