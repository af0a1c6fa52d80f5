// --status and `pingem status` as the real program has them, on loopback.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseStatus } from '../../../src/observer/status/status-parser.js';
import { pingemProgram } from '../../support/pingem-run.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and tests with raw sockets need root');
  process.stderr.write('SKIPPED: tests of --status need root for raw sockets\n');
}

let runtime = '';
let children: ChildProcess[] = [];
beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'pingem-runtime-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(runtime, { recursive: true });
});

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  SUDO_UID: undefined,
  SUDO_GID: undefined,
  XDG_RUNTIME_DIR: runtime,
});

const start = (args: string): ChildProcess => {
  const child = spawn(process.execPath, [pingemProgram, ...args.split(' ')], { stdio: 'ignore', env: environment() });
  children.push(child);
  return child;
};

const status = (...args: string[]): { code: number | null; stdout: string; stderr: string } => {
  const options = { env: environment(), encoding: 'utf8' } as const;
  const { status: code, stdout, stderr } = spawnSync(process.execPath, [pingemProgram, 'status', ...args], options);
  return { code, stdout, stderr };
};

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

describe.skipIf(!privileged)('--status', { timeout: 30_000 }, () => {
  it.each(['--json', '--text'])(
    'keeps a file while the run lasts, with %s, and `pingem status` finds it',
    async (output) => {
      expect(status()).toEqual({ code: 2, stdout: `${'off      nothing runs'.padEnd(79)}\n`, stderr: '' });
      const child = start(`${output} -i 0.05 --status gateway=127.0.0.1 127.0.0.2`);
      const folder = join(runtime, 'pingem');
      await expect.poll(() => filesIn(folder), { timeout: 10_000 }).toEqual([`status-${child.pid}.json`]);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      await expect
        .poll(() => status(), { timeout: 10_000, interval: 500 })
        .toEqual({
          code: 0,
          stdout: expect.stringMatching(
            /^fine {5}fine {31,33}\d{1,2} s {2}p50 [ .\d]{4} {2}loss {2}0\.0 % {8}\n$/,
          ) as unknown,
          stderr: '',
        });
      child.kill('SIGTERM');
      await once(child, 'exit');
      expect(filesIn(folder)).toEqual([]);
    },
  );

  it('never shows half a file, and is called old after kill -9', async () => {
    const path = join(runtime, 's.json');
    const child = start(`--json -i 0.05 --status ${path} gateway=127.0.0.1 127.0.0.2 ::1`);
    await expect.poll(() => filesIn(runtime), { timeout: 10_000 }).toContain('s.json');
    const times = new Set<number>();
    for (const until = performance.now() + 3500; performance.now() < until; await sleep(0)) {
      const document = parseStatus(readFileSync(path, 'utf8'));
      if (typeof document === 'string') throw new Error(`torn: ${document}`);
      times.add(document.time);
    }
    // Once a second: three or four in 3.5 s, and slack for a busy machine.
    expect(times.size).toBeGreaterThanOrEqual(2);
    expect(times.size).toBeLessThanOrEqual(5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sleep(5500);
    const read = status(path);
    expect(read.stdout).toMatch(/^old {6}no news for \d(\.\d)? s +\n$/);
    expect(read.code).toBe(2);
  });

  it('says 1 where an endpoint is down', async () => {
    const path = join(runtime, 's.json');
    start(`--json -i 0.1 --status ${path} fine=127.0.0.1 dead=no-such-host.invalid`);
    await expect
      .poll(() => status(path), { timeout: 20_000, interval: 500 })
      .toMatchObject({ code: 1, stdout: expect.stringMatching(/^trouble {2}no answer from dead /) as unknown });
  });

  it('says in one line what is wrong with a file, and leaves it alone', () => {
    const path = join(runtime, 'precious');
    writeFileSync(path, 'precious');
    const options = { env: environment(), encoding: 'utf8' } as const;
    const ran = spawnSync(process.execPath, [pingemProgram, '--text', `--status=${path}`, '127.0.0.1'], options);
    expect([ran.status, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/^pingem: .* is not a pingem status file and stays as it is; give .*\n$/);
    expect(readFileSync(path, 'utf8')).toBe('precious');
    const read = status(path);
    expect([read.code, read.stdout]).toEqual([2, '']);
    expect(read.stderr).toMatch(/^pingem: .* is not a pingem status file: it is not JSON\n$/);
  });
});
