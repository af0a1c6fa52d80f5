// One write in flight, and a terminal that needn't read.

import { describe, expect, it } from 'vitest';
import { FrameWriter } from '../../../src/tui/terminal/frame-writer.js';
import type { WriteOutcome } from '../../../src/tui/terminal/frame-writer.js';

class Terminal {
  taken = '';
  attempts = 0;
  readonly waiting: { run: () => void; afterMs: number }[] = [];
  answer: (bytes: Uint8Array) => WriteOutcome | Promise<WriteOutcome>;
  readonly writer: FrameWriter;

  constructor(answer: (bytes: Uint8Array) => WriteOutcome | Promise<WriteOutcome>) {
    this.answer = answer;
    this.writer = new FrameWriter({ write: (bytes) => this.#write(bytes) }, (run, afterMs) => {
      this.waiting.push({ run, afterMs });
    });
  }

  retry(): number {
    const next = this.waiting.shift();
    next?.run();
    return next?.afterMs ?? 0;
  }

  #write(bytes: Uint8Array): WriteOutcome | Promise<WriteOutcome> {
    this.attempts++;
    const outcome = this.answer(bytes);
    if (!(outcome instanceof Promise) && 'written' in outcome) {
      this.taken += Buffer.from(bytes.subarray(0, outcome.written)).toString();
    }
    return outcome;
  }
}

const all = (bytes: Uint8Array): WriteOutcome => ({ written: bytes.length });

describe('FrameWriter', () => {
  it('writes at once where the terminal takes all', () => {
    const terminal = new Terminal(all);
    terminal.writer.write('frame');
    expect(terminal.taken).toBe('frame');
    expect(terminal.writer.busy).toBe(false);
  });

  it('goes on after a part was taken', () => {
    const terminal = new Terminal((bytes) => ({ written: Math.min(3, bytes.length) }));
    terminal.writer.write('a longer frame');
    expect(terminal.taken).toBe('a longer frame');
  });

  it('is busy while the terminal does not read, asks ever more seldom, and loses nothing', () => {
    const terminal = new Terminal(() => ({ again: true }));
    terminal.writer.write('frame');
    expect(terminal.writer.busy).toBe(true);
    const delays = Array.from({ length: 8 }, () => terminal.retry());
    expect(delays).toEqual([5, 10, 20, 40, 80, 100, 100, 100]);
    expect(terminal.waiting).toHaveLength(1);
    terminal.answer = all;
    terminal.retry();
    expect(terminal.taken).toBe('frame');
    expect(terminal.writer.busy).toBe(false);
    expect(terminal.waiting).toHaveLength(0);
  });

  it('keeps the order of what is written while it waits', () => {
    const terminal = new Terminal(() => ({ again: true }));
    terminal.writer.write('one ');
    terminal.writer.write('two');
    terminal.answer = all;
    terminal.retry();
    expect(terminal.taken).toBe('one two');
  });

  it('gives up a terminal that has hung up', () => {
    const terminal = new Terminal(() => ({ gone: true }));
    terminal.writer.write('frame');
    terminal.writer.write('another');
    expect(terminal.attempts).toBe(1);
    expect(terminal.writer.isClosed).toBe(true);
    expect(terminal.writer.busy).toBe(false);
  });

  it('waits for a port that answers later, one write at a time', async () => {
    const answers: ((outcome: WriteOutcome) => void)[] = [];
    const terminal = new Terminal(
      () =>
        new Promise((resolve) => {
          answers.push(resolve);
        }),
    );
    terminal.writer.write('frame');
    terminal.writer.write('!');
    expect(terminal.attempts).toBe(1);
    answers[0]?.({ written: 5 });
    await Promise.resolve();
    await Promise.resolve();
    expect(terminal.attempts).toBe(2);
    answers[1]?.({ written: 1 });
    await Promise.resolve();
    await Promise.resolve();
    expect(terminal.writer.busy).toBe(false);
    expect(terminal.writer.taken).toBe(6);
  });

  it('writes nothing after close', () => {
    const terminal = new Terminal(all);
    terminal.writer.close();
    terminal.writer.write('frame');
    expect(terminal.attempts).toBe(0);
  });
});
