// A network disk that hangs: whoever probes must not wait for it.

import type { fstat as fstatOf, fstatSync as fstatSyncOf } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { RecordFile } from '../../src/record/record-file.js';
import { hostInfo } from '../support/endpoint-info.js';

const asked = vi.hoisted(() => ({ blocking: 0, inThePool: 0 }));
vi.mock('node:fs', async (original) => {
  const fs = await original<{ fstat: typeof fstatOf; fstatSync: typeof fstatSyncOf }>();
  const fstatSync = (fd: number): unknown => {
    asked.blocking++;
    return fs.fstatSync(fd);
  };
  // Never answers.
  const fstat = (): void => void asked.inThePool++;
  return { ...fs, fstat, fstatSync };
});

const folder = mkdtempSync(join(tmpdir(), 'pingem-hang-'));
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

it('is looked at in the background, and not again while a look lasts', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const endpoints = [hostInfo({ id: 0, target: 'a', address: '10.0.0.1' })];
  const info = { startedAt: 0, interval: 100, timeout: 2000, sizeBytes: 56, clock: 'kernel', endpoints } as const;
  const options = { version: 'test', firstSeqs: [], onTrouble: () => {}, wallClock: () => 0 };
  const file = new RecordFile(join(folder, 'r'), info, options);
  const { blocking } = asked;
  vi.advanceTimersByTime(10_000);
  expect(asked).toEqual({ blocking, inThePool: 1 });
  void file.close(() => [], 1);
});
