// A record whose only session line can't be read says why.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { RecordSource } from '../../src/cli/record-source.js';

const folder = mkdtempSync(join(tmpdir(), 'pingem-refused-'));
afterAll(() => rmSync(folder, { recursive: true }));

const endpoint = (id: number): object => ({ id, target: `t${id}`, label: `t${id}`, address: null });
const session = { type: 'session', format: 1, started: 1, interval: 1, timeout: 1, size: 56, clock: 'kernel' };
const withEndpoints = (count: number): object => ({
  ...session,
  endpoints: Array.from({ length: count }, (_, id) => endpoint(id)),
});

it.each([
  ['20,000 endpoints', withEndpoints(20_000), 'session: endpoints must NOT have more than 1024 items'],
  ['more endpoints than any line may hold', withEndpoints(100_000), 'longer than 4 MiB'],
  ['a negative interval', { ...withEndpoints(1), interval: -1 }, 'session: interval must be >= 0.001'],
  ['another format', { ...withEndpoints(1), format: 99 }, 'format 99, this pingem reads format'],
])('%s', async (_name, line, why) => {
  const path = join(folder, 'r');
  writeFileSync(path, `${JSON.stringify(line)}\n{"type":"clock","at":1,"offset":0}\n`);
  await expect(RecordSource.open(path, 'r')).rejects.toThrow(`r holds no session that this pingem can read: ${why}`);
});
