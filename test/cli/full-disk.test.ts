// A disk that fills up while a record is written: probing goes on, and once there is room the record goes on as well.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordLine } from '../../src/record/lines/line-format.js';
import { pingemProgram } from '../support/pingem-run.js';

let folder = '';
const mounted = (() => {
  const place = mkdtempSync(join(tmpdir(), 'pingem-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'pingem', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(place);
  }
})();
if (!mounted) {
  if (process.env['CI'] === 'true') throw new Error("CI=true, and a tmpfs can't be mounted");
  process.stderr.write('SKIPPED: a full disk needs root and a tmpfs that can be mounted\n');
}

describe.skipIf(!mounted)('a record on a full disk', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pingem-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'pingem', folder]);
  });
  afterEach(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  it('loses nothing that memory can hold, and says what happened', async () => {
    const path = join(folder, 'r');
    const filler = join(folder, 'filler');
    const child = spawn(process.execPath, [pingemProgram, '-i', '0.01', '--text', '--record', path, '127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const closed = once(child, 'close');
    await sleep(1000);
    // As root there is no reserve: the file system is full to the last page.
    expect(() => writeFileSync(filler, Buffer.alloc(1024 * 1024))).toThrow(/ENOSPC/);
    await sleep(2500);
    rmSync(filler);
    await sleep(2500);
    child.kill('SIGTERM');
    await closed;
    expect(stderr).toContain(`pingem: the record ${path} can't be written (ENOSPC), still trying\n`);
    expect(stderr).toContain('pingem: the record is being written again\n');
    expect(stdout).toContain("can't be written (ENOSPC)");
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordLine);
    const seqs = lines.flatMap((line) => (line.type === 'probe' ? [line.seq] : []));
    expect(seqs).toEqual(seqs.map((_, i) => i));
    expect(seqs.length).toBeGreaterThan(500);
    expect(lines.some((line) => line.type === 'probe' && line.state !== 'answered' && line.state !== 'in-flight')).toBe(
      false,
    );
    expect(lines.filter(({ type }) => type === 'unwritten')).toEqual([
      { type: 'unwritten', at: expect.any(Number) as number, lines: 0, error: 'ENOSPC' },
    ]);
  });

  it(
    'does not hold up the end of a run for long, and the summary says what is missing',
    { timeout: 20_000 },
    async () => {
      writeFileSync(join(folder, 'filler'), Buffer.alloc(480 * 1024));
      expect(() => writeFileSync(join(folder, 'more'), Buffer.alloc(1024 * 1024))).toThrow(/ENOSPC/);
      const record = ['--record', join(folder, 'r')];
      const child = spawn(process.execPath, [pingemProgram, '-c', '1', '--text', ...record, '127.0.0.1'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      const [status] = await Promise.race([once(child, 'close'), sleep(12_000, ['still running'])]);
      if (status === 'still running') child.kill('SIGKILL');
      expect(status).toBe(0);
      expect(stdout).toMatch(/1 probe {2}answered 1 [^]*can't be written \(ENOSPC\)/);
    },
  );
});
