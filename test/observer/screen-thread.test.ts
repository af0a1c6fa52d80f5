// The screen as the program has it: thread, messages, descriptors. The terminal is a file, or a pipe that nobody
// reads. It runs what `tsc -b` has built, since a worker needs JavaScript.

import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Observer } from '../../dist/observer/observer.js';
import type { ObserverOptions } from '../../dist/observer/observer.js';
import { prepareObserver } from '../../dist/observer/prepared-observer.js';
import { openScreen } from '../../dist/observer/screen/screen.js';
import { hostInfo } from '../support/endpoint-info.js';
import type { ScreenInput, ScreenOutput } from '../../dist/observer/screen/screen.js';
import { PALETTES } from '../../src/view/theme/palette.js';
import type { ThemeChoice } from '../../src/view/theme/palette.js';
import { TestTerminal } from '../support/terminal.js';
import { probes } from '../support/terminal-screen.js';

const startedAt = Date.UTC(2025, 10, 23, 14, 22);

class Input extends EventEmitter {
  readonly isTTY = true;
  raw = false;
  paused = true;

  setRawMode(on: boolean): this {
    this.raw = on;
    return this;
  }

  pause(): this {
    this.paused = true;
    return this;
  }

  resume(): this {
    this.paused = false;
    return this;
  }
}

class Output extends EventEmitter {
  columns = 80;
  rows = 24;
  readonly fd: number;

  constructor(fd: number) {
    super();
    this.fd = fd;
  }
}

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('waited for ten seconds');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
};

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-screen-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

class Run {
  readonly stdin = new Input();
  readonly stdout: Output;
  readonly marks: { text: string; at: number }[] = [];
  readonly crashes: Error[] = [];
  readonly observer: Observer;
  now = startedAt + 60_000;
  quits = 0;

  constructor(fd: number, more: Partial<ObserverOptions> = {}, theme: ThemeChoice = 'dark') {
    this.stdout = new Output(fd);
    this.observer = new Observer({
      info: {
        startedAt,
        interval: 500,
        timeout: 2000,
        sizeBytes: 56,
        clock: 'kernel',
        endpoints: [hostInfo({ id: 0, target: '192.0.2.1', label: 'gateway', interval: 500 })],
      },
      now: () => this.now,
      prepared: null,
      onCommand: (command) => {
        if (command.type === 'quit') this.quits++;
        else if (command.type === 'mark') this.marks.push({ text: command.text, at: command.at });
      },
      onTrouble: () => {},
      onCrash: (error) => {
        this.crashes.push(error);
      },
      ...more,
    });
    openScreen(this.observer, {
      epoch: 5000,
      mode: 'live',
      // Only these members are used of either.
      stdin: this.stdin as unknown as ScreenInput,
      stdout: this.stdout as unknown as ScreenOutput,
      env: { TERM: 'tmux-256color', LANG: 'C.UTF-8' },
      ascii: false,
      theme,
      colours: { dark: {}, light: {} },
      mouse: true,
      stdinFd: fd,
      onHangup: () => {},
    });
  }

  type(text: string): void {
    this.stdin.emit('data', Buffer.from(text));
  }
}

describe('on a terminal that reads', () => {
  let fd = 0;
  const file = (): string => join(folder, 'terminal');

  const seen = async (): Promise<TestTerminal> => {
    const terminal = new TestTerminal(80, 24);
    terminal.write(readFileSync(file()));
    await terminal.settled();
    return terminal;
  };

  const shows = (text: string): Promise<void> => until(async () => (await seen()).text().includes(text));

  const opened = (more: Partial<ObserverOptions> = {}, theme: ThemeChoice = 'dark'): Run => {
    fd = openSync(file(), 'w');
    return new Run(fd, more, theme);
  };

  afterEach(() => {
    closeSync(fd);
  });

  it('draws, takes keys and events, and leaves the terminal as it was', async () => {
    const run = opened();
    expect(run.stdin.raw).toBe(true);
    for (const event of probes({ from: startedAt, to: run.now }, () => ({ rtt: 10 }))) run.observer.event(event);
    await shows('████');
    expect((await seen()).alternate).toBe(true);
    run.type('+');
    await shows('epoch 10 s');
    run.observer.news({ type: 'notice', text: 'record: disk full' });
    await shows('record: disk full');
    run.type('mhere\r');
    await until(() => run.marks.length > 0);
    expect(run.marks[0]?.text).toBe('here');
    run.type('q');
    await until(() => run.quits === 1);
    await run.observer.close();
    const after = await seen();
    expect(after.alternate).toBe(false);
    expect(readFileSync(file(), 'utf8')).toMatch(/\[\?25h.*\[\?1049l$/);
    expect(run.stdin).toMatchObject({ raw: false, paused: true });
    expect(run.stdin.listenerCount('data')).toBe(0);
    expect(run.stdout.listenerCount('resize')).toBe(0);
    expect(run.crashes).toEqual([]);
  });

  it('is drawn at once, and anew when the terminal says that its background is light', async () => {
    const run = opened({}, 'auto');
    for (const event of probes({ from: startedAt, to: run.now }, () => ({ rtt: 10 }))) run.observer.event(event);
    const written = (): string => readFileSync(file(), 'latin1');
    expect(written().startsWith('\u001b]11;?\u001b\\\u001b[c')).toBe(true);
    await shows('████');
    const isDrawnIn = async (colour: number): Promise<boolean> => {
      const terminal = await seen();
      return Array.from({ length: 80 }, (_, x) => terminal.cell(x, 20).foreground).includes(colour);
    };
    expect(await isDrawnIn(PALETTES.dark.good)).toBe(true);
    run.type('\u001b]11;rgb:fdfd/f6');
    run.type('f6/e3e3\u001b');
    run.type('\\\u001b[?62;');
    run.type('22c');
    await until(() => isDrawnIn(PALETTES.light.good));
    expect(await isDrawnIn(PALETTES.dark.good)).toBe(false);
    run.type('+');
    await shows('epoch 10 s');
    await run.observer.close();
    expect(run.quits).toBe(0);
    expect(run.marks).toEqual([]);
  });

  it('asks nothing where the colours are chosen', async () => {
    const run = opened({}, 'light');
    await shows('pingem');
    await run.observer.close();
    expect(readFileSync(file(), 'latin1')).not.toContain(']11;');
  });

  it('waits a moment for an answer that is still to come, lest it is typed at the shell', async () => {
    const run = opened({}, 'auto');
    await shows('pingem');
    const closed = run.observer.close();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(run.stdin.raw).toBe(true);
    run.type('\u001b]11;rgb:0000/0000/0000\u0007\u001b[?6c');
    await closed;
    expect(run.stdin.raw).toBe(false);
  });

  it('follows the size', async () => {
    const run = opened();
    await shows('pingem');
    run.stdout.columns = 40;
    run.stdout.rows = 10;
    run.stdout.emit('resize');
    const terminal = new TestTerminal(40, 10);
    await until(async () => {
      terminal.write('\u001bc');
      terminal.write(readFileSync(file()));
      await terminal.settled();
      return /^ pingem +epoch 5 s +\d\d:\d\d:\d\d$/.test(terminal.line(0));
    });
    expect(terminal.line(9)).toContain('q quit');
    await run.observer.close();
  });

  it('restores the terminal at once where the thread throws, tells, and draws no more', async () => {
    const run = opened();
    await shows('pingem');
    // Nothing that the types allow makes the thread throw; a text that is none does.
    run.observer.news({ type: 'notice', text: {} as never });
    await until(() => run.crashes.length > 0);
    expect(run.crashes[0]).toBeInstanceOf(Error);
    expect(run.stdin.raw).toBe(false);
    expect((await seen()).alternate).toBe(false);
    const size = readFileSync(file()).length;
    run.type('?');
    run.observer.news({ type: 'notice', text: 'not any more' });
    await run.observer.close();
    expect(readFileSync(file()).length).toBe(size);
  });

  it('leaves a terminal alone that it has not drawn on', async () => {
    const run = opened();
    await run.observer.close();
    expect(readFileSync(file(), 'utf8')).toBe('');
    expect(run.stdin.raw).toBe(false);
  });

  it('opens a thread that was prepared', async () => {
    const prepared = prepareObserver(['screen']);
    const run = opened({ prepared });
    await shows('pingem');
    await run.observer.close();
    expect((await seen()).alternate).toBe(false);
  });
});

/** Until the other end takes nothing more. */
const fill = (fd: number): void => {
  for (const size of [4096, 1]) {
    try {
      for (;;) writeSync(fd, Buffer.alloc(size));
    } catch (error) {
      expect(error).toMatchObject({ code: 'EAGAIN' });
    }
  }
};

describe('on a terminal that has stopped reading', () => {
  it('ends in time all the same', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    // Opened for both so that opening doesn't wait for a reader; nobody reads.
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    fill(fd);
    const run = new Run(fd);
    try {
      for (const event of probes({ from: startedAt, to: run.now }, () => ({ rtt: 10 }))) run.observer.event(event);
      run.stdout.emit('resize');
      // The thread can't draw, and takes keys all the same.
      run.type('q');
      await until(() => run.quits === 1);
      const before = performance.now();
      await run.observer.close();
      expect(performance.now() - before).toBeLessThan(300);
      expect(run.stdin.raw).toBe(false);
      expect(run.crashes).toEqual([]);
    } finally {
      closeSync(fd);
    }
  });
});
