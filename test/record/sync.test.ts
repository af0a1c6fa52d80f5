// What was written is made to reach the disk: once a second, and at the end.

import type { fdatasync as fdatasyncOf } from 'node:fs';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { LineWriter } from '../../src/record/lines/line-writer.js';

const synced = vi.hoisted(() => ({ fds: [] as number[], error: null as string | null }));
vi.mock('node:fs', async (original) => {
  const fs = await original<{ fdatasync: typeof fdatasyncOf }>();
  const fdatasync = (fd: number, done: (error: Error | null) => void): void => {
    synced.fds.push(fd);
    const { error } = synced;
    if (error === null) fs.fdatasync(fd, done);
    else done(Object.assign(new Error(error), { code: error }));
  };
  return { ...fs, fdatasync };
});

const writer = (fd: number, sync: boolean, troubles: (string | null)[] = []): LineWriter =>
  new LineWriter(fd, {
    compress: false,
    sync,
    queueBytes: 1e6,
    note: () => '',
    onTrouble: (error) => troubles.push(error),
  });

it('synchronises a file once a second while it writes, at the end, and nothing where it is not asked to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-sync-'));
  try {
    const fd = openSync(join(folder, 'r'), 'a');
    const lines = writer(fd, true);
    for (let i = 0; i < 20; i++) {
      lines.write('line\n');
      await sleep(100);
    }
    // Eight writes or so.
    const meanwhile = synced.fds.length;
    expect([2, 3]).toContain(meanwhile);
    lines.write('last\n');
    await lines.drain(1000);
    expect(synced.fds).toEqual(Array.from({ length: meanwhile + 1 }, () => fd));
    const plain = writer(fd, false);
    plain.write('line\n');
    await plain.drain(1000);
    expect(synced.fds.length).toBe(meanwhile + 1);
    const troubles: (string | null)[] = [];
    synced.error = 'EIO';
    const failing = writer(fd, true, troubles);
    failing.write('line\n');
    await failing.drain(1000);
    expect(troubles).toEqual(['EIO']);
    synced.error = 'EINVAL';
    const pipe = writer(fd, true, troubles);
    pipe.write('line\n');
    await pipe.drain(1000);
    expect(troubles).toEqual(['EIO']);
    closeSync(fd);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
