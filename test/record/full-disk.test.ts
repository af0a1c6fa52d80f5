// Records on a disk that takes a part of what is written and then nothing, while the file is cut down or moved away.

import type { write as writeOf } from 'node:fs';
import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SessionInfo } from '../../src/events/session-info.js';
import { RecordFile } from '../../src/record/record-file.js';
import { hostInfo } from '../support/endpoint-info.js';

/** Bytes that the disk still takes. */
const disk = vi.hoisted(() => ({ room: Infinity }));
vi.mock('node:fs', async (original) => {
  const fs = await original<{ write: typeof writeOf }>();
  type Done = (error: Error | null, count: number) => void;
  const write = (fd: number, bytes: Buffer, from: number, length: number, at: null, done: Done): void => {
    if (disk.room === 0) {
      setImmediate(() => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 0));
      return;
    }
    const count = Math.min(length, disk.room);
    disk.room -= count;
    fs.write(fd, bytes, from, count, at, done);
  };
  return { ...fs, write };
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-full-'));
});
afterEach(() => {
  disk.room = Infinity;
  rmSync(folder, { recursive: true });
});

const info: SessionInfo = {
  startedAt: 1_763_826_054_000,
  interval: 100,
  timeout: 2000,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: [hostInfo({ id: 0, target: 'a', address: '10.0.0.1' })],
};

const open = (path: string, troubles: (string | null)[]): RecordFile =>
  new RecordFile(path, info, {
    version: 'test',
    onTrouble: (message) => troubles.push(message),
    wallClock: () => 1_763_826_055_000,
  });

const probe = (file: RecordFile, seq: number): void => {
  file.event({ type: 'sent', endpoint: 0, seq, at: info.startedAt + seq * 100 });
  file.event({ type: 'lost', endpoint: 0, seq });
};

type Line = { type: string; seq?: number; endpoints?: { firstSeq: number }[] };
const linesOf = (path: string): Line[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
};
const told = (line: Line): string =>
  line.type === 'session' ? `session from ${line.endpoints?.[0]?.firstSeq}` : `${line.type} ${line.seq ?? ''}`.trim();

const full = async (troubles: readonly (string | null)[]): Promise<void> => {
  await expect.poll(() => troubles.at(-1), { timeout: 5000 }).toContain('ENOSPC');
};

it.each(['r', 'r.gz'])('begins %s anew if it is cut down when half of a line has been taken', async (name) => {
  const troubles: (string | null)[] = [];
  const path = join(folder, name);
  const file = open(path, troubles);
  await expect.poll(() => readFileSync(path).length, { timeout: 5000 }).toBeGreaterThan(0);
  // A line has about 70 bytes, a member more than 20.
  disk.room = name === 'r' ? 100 : 20;
  for (let seq = 0; seq < 3; seq++) probe(file, seq);
  await full(troubles);
  truncateSync(path, 0);
  disk.room = Infinity;
  await file.close(() => [], 5000);
  // What had been taken whole went with the file.
  const kept = name === 'r' ? [] : ['probe 0'];
  expect(linesOf(path).map(told)).toEqual(['session from 3', ...kept, 'probe 1', 'probe 2', 'unwritten']);
});

it.each(['r', 'r.gz'])('writes the one session line that %s has not taken yet to the next file', async (name) => {
  const troubles: (string | null)[] = [];
  const path = join(folder, name);
  disk.room = 10;
  const file = open(path, troubles);
  for (let seq = 0; seq < 3; seq++) probe(file, seq);
  await full(troubles);
  renameSync(path, `${path}.1`);
  file.reopen();
  probe(file, 3);
  renameSync(path, `${path}.2`);
  file.reopen();
  disk.room = Infinity;
  await file.close(() => [], 5000);
  const probes = [0, 1, 2, 3].map((seq) => `probe ${seq}`);
  expect(linesOf(path).map(told)).toEqual(['session from 0', ...probes, 'unwritten']);
});

it('writes it again to a file that is cut down before it has been taken whole', async () => {
  const troubles: (string | null)[] = [];
  const path = join(folder, 'r');
  disk.room = 10;
  const file = open(path, troubles);
  probe(file, 0);
  await full(troubles);
  truncateSync(path, 0);
  disk.room = Infinity;
  await file.close(() => [], 5000);
  expect(linesOf(path).map(told)).toEqual(['session from 0', 'probe 0', 'unwritten']);
});
