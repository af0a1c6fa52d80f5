// The writer against descriptors that fail, stall and recover.

import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineText, unwrittenNote } from '../../../src/record/lines/line-format.js';
import { LineWriter } from '../../../src/record/lines/line-writer.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-writer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mark = (text: string): string => lineText({ type: 'mark', at: 1, text });

const writer = (fd: number, queueBytes: number, troubles: (string | null)[]): LineWriter =>
  new LineWriter(fd, {
    compress: false,
    queueBytes,
    onTrouble: (error) => troubles.push(error),
    note: (lines, error) => unwrittenNote(lines, error, 5000),
  });

describe('the line writer', () => {
  it('keeps what a full disk refused, and writes it with a note once there is room', async () => {
    const troubles: (string | null)[] = [];
    const full = openSync('/dev/full', constants.O_WRONLY);
    const lines = writer(full, 1e6, troubles);
    lines.write(mark('one'));
    await lines.drain(400);
    expect(lines.trouble).toBe('ENOSPC');
    const path = join(folder, 'r');
    const fd = openSync(path, 'a');
    lines.redirect(
      fd,
      () => mark('head'),
      () => closeSync(full),
    );
    lines.write(mark('two'));
    await lines.drain(3000);
    closeSync(fd);
    const texts = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { type: string; text?: string; lines?: number; error?: string });
    expect(texts.slice(0, 3).map(({ text }) => text)).toEqual(['head', 'one', 'two']);
    expect(texts[3]).toMatchObject({ type: 'unwritten', lines: 0, error: 'ENOSPC' });
    expect(troubles).toEqual(['ENOSPC', null]);
  });

  it.each([false, true])(
    'begins a new file with its first line, whatever was stuck before (compressed: %s)',
    async (compress) => {
      const stuck = openSync('/dev/full', constants.O_WRONLY);
      const lines = new LineWriter(stuck, { compress, queueBytes: 1e6, onTrouble: () => {}, note: () => '' });
      lines.write(mark('a'));
      await lines.drain(50);
      lines.write(mark('b'));
      const path = join(folder, 'r');
      lines.redirect(
        openSync(path, 'w'),
        () => mark('first'),
        () => closeSync(stuck),
      );
      await lines.drain(2000);
      const bytes = readFileSync(path);
      expect((compress ? gunzipSync(bytes) : bytes).toString()).toBe(`${mark('first')}${mark('a')}${mark('b')}`);
    },
  );

  it('writes each line once, however often it is sent to another file while it writes', async () => {
    const path = (file: number): string => join(folder, `r${file}`);
    let fd = openSync(path(0), 'w');
    const lines = writer(fd, 1e9, []);
    const files = 60;
    // Long enough to be on their way for a while.
    const long = 'x'.repeat(1e6);
    for (let file = 1; file <= files; file++) {
      lines.write(mark(`line ${file} ${long}`));
      const [old, next] = [fd, openSync(path(file), 'w')];
      lines.redirect(
        next,
        () => mark('first'),
        () => closeSync(old),
      );
      fd = next;
      // Before the next write has begun, within it, and after it.
      await sleep(file % 3);
    }
    await lines.drain(5000);
    const texts = Array.from({ length: files + 1 }, (_, file) => readFileSync(path(file), 'utf8'));
    const written = texts.join('').match(/line \d+/g);
    expect(written).toEqual(Array.from({ length: files }, (_, i) => `line ${i + 1}`));
    expect(texts.filter((text) => text !== '' && !text.startsWith(mark('first')))).toEqual([]);
  });

  it('writes a line that the old file has taken whole once, and a torn one again', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const old = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    const lines = writer(old, 1e7, []);
    const count = 3000;
    const wanted = Array.from({ length: count }, (_, i) => mark(`line ${i} ${'é'.repeat(50)}`));
    for (const line of wanted) lines.write(line);
    // A pipe takes 64 KiB and then no more: somewhere within a line.
    await lines.drain(100);
    const path = join(folder, 'r');
    lines.redirect(
      openSync(path, 'w'),
      () => mark('first'),
      () => closeSync(old),
    );
    await lines.drain(3000);
    const taken = Buffer.alloc(1e6);
    const before = taken.toString('utf8', 0, readSync(reader, taken)).split('\n');
    closeSync(reader);
    // Perhaps torn within a character.
    const torn = before.pop()?.replace(/\ufffd$/, '');
    const after = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(after.shift()).toBe(mark('first').trimEnd());
    expect(after[0]?.startsWith(torn ?? '?')).toBe(true);
    expect([...before, ...after]).toEqual(wanted.map((line) => line.trimEnd()));
  });

  it('drops and counts what the queue can not hold', async () => {
    const troubles: (string | null)[] = [];
    const full = openSync('/dev/full', constants.O_WRONLY);
    const lines = writer(full, 100, troubles);
    for (let i = 0; i < 10; i++) lines.write(mark(`line ${i}`));
    await lines.drain(400);
    const path = join(folder, 'r');
    const fd = openSync(path, 'a');
    lines.redirect(
      fd,
      () => '',
      () => closeSync(full),
    );
    await lines.drain(3000);
    closeSync(fd);
    const texts = readFileSync(path, 'utf8').trimEnd().split('\n');
    const note = JSON.parse(texts.at(-1) ?? '') as { lines: number };
    expect(note.lines).toBe(10 - (texts.length - 1));
    expect(note.lines).toBeGreaterThan(5);
  });

  it('waits for a slow reader of a pipe without a loss, and leaves in time if it never reads', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    const troubles: (string | null)[] = [];
    const lines = writer(fd, 1e6, troubles);
    const text = 'x'.repeat(1000);
    for (let i = 0; i < 200; i++) lines.write(mark(text));
    const before = performance.now();
    await lines.drain(300);
    expect(performance.now() - before).toBeLessThan(2000);
    const drained = lines.drain(10_000);
    let got = 0;
    const chunk = Buffer.alloc(65_536);
    const expected = 200 * mark(text).length;
    while (got < expected) {
      try {
        got += readSync(reader, chunk);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    await drained;
    expect(got).toBe(expected);
    expect(troubles).toEqual([]);
    closeSync(fd);
    closeSync(reader);
  });
});
