// The end of a run while something hangs: a reader that stalls, a full disk, a thread that nobody can interrupt.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pingemProgram } from '../support/pingem-run.js';
import { recordText, sampleInfo, sampleProbes } from '../support/record-sample.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and tests with raw sockets need root');
  process.stderr.write('SKIPPED: the end of a run that hangs needs raw sockets, and so root\n');
}

const built = new URL('../../dist/cli/process/leave.js', import.meta.url);
const PIPE_BYTES = 65_536;
const TEST_MS = 30_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-leave-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Ended = { code: number | null; signal: string | null; stderr: string; took: number };

/** Runs node to its end. `took` counts from the end of `hurry`, which may send signals, in milliseconds. */
const runNode = async (
  args: readonly string[],
  stdout: number | 'ignore',
  hurry: (kill: (signal: NodeJS.Signals) => void) => Promise<void> = () => Promise.resolve(),
): Promise<Ended> => {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', stdout, 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const closed = once(child, 'close');
  await hurry((signal) => child.kill(signal));
  const from = performance.now();
  const ended = await Promise.race([closed, sleep(15_000, null)]);
  if (ended === null) {
    child.kill('SIGKILL');
    throw new Error(`still running, and said: ${stderr}`);
  }
  const [code, signal] = ended as [number | null, string | null];
  return { code, signal, stderr, took: performance.now() - from };
};

/** A pipe that nobody reads, but for its first byte: `begun` resolves when that has come. */
const stalledPipe = (): { path: string; begun: () => Promise<void>; close: () => void } => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const byte = Buffer.alloc(1);
  const begun = async (): Promise<void> => {
    for (;;) {
      try {
        readSync(fd, byte);
        return;
      } catch {
        await sleep(20);
      }
    }
  };
  return { path, begun, close: () => closeSync(fd) };
};

describe('leaving', () => {
  const script = (body: string): string[] => [
    '--input-type=module',
    '-e',
    `import fs from 'node:fs'; import { leave } from ${JSON.stringify(built.href)}; ${body}`,
  ];

  it('gives the status', async () => {
    expect(await runNode(script('await leave(3);'), 'ignore')).toMatchObject({ code: 3, signal: null, stderr: '' });
  });

  it('lets a write end that takes its time', async () => {
    const body = `fs.writeFile(${JSON.stringify(join(folder, 'file'))}, Buffer.alloc(1e6), () => {}); await leave(3);`;
    expect(await runNode(script(body), 'ignore')).toMatchObject({ code: 3, signal: null });
  });

  it('waits for no thread that hangs, says so, and runs what is to be done at the exit', async () => {
    const { path, close } = stalledPipe();
    const body = `
      process.on('exit', (status) => fs.writeSync(2, 'exit ' + status));
      fs.write(fs.openSync(${JSON.stringify(path)}, 'r+'), Buffer.alloc(${4 * PIPE_BYTES}), () => {});
      await leave(3);`;
    const { signal, stderr, took } = await runNode(script(body), 'ignore');
    close();
    expect(signal).toBe('SIGKILL');
    expect(stderr).toBe('pingem: a disk or a name server hangs: ended without waiting for it\nexit 3');
    expect(took).toBeLessThan(2000);
  });
});

describe.skipIf(!privileged)('a run whose record is a pipe that nobody reads', () => {
  const stalled = (extra: readonly string[]): { args: string[]; begun: () => Promise<void> } => {
    const { path, begun } = stalledPipe();
    return { args: [pingemProgram, '--text', '-i', '0.001', ...extra, '--record', path, '127.0.0.1'], begun };
  };

  it.each(['SIGINT', 'SIGTERM'] as const)('ends within its patience after %s', { timeout: TEST_MS }, async (signal) => {
    const { args, begun } = stalled([]);
    const ended = await runNode(args, 'ignore', async (kill) => {
      await begun();
      // Its 64 KB are full by then.
      await sleep(2500);
      kill(signal);
    });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.took).toBeLessThan(2000);
  });

  it('ends within its patience after its deadline', { timeout: TEST_MS }, async () => {
    const { args, begun } = stalled(['-w', '3']);
    const { code, took } = await runNode(args, 'ignore', begun);
    expect(code).toBe(0);
    // Those 3 s, and 5 s for the record.
    expect(took).toBeLessThan(11_000);
  });

  it('ends at once at the second Ctrl-C', { timeout: TEST_MS }, async () => {
    const { args, begun } = stalled(['-w', '3']);
    const { signal, took } = await runNode(args, 'ignore', async (kill) => {
      await begun();
      // In the midst of the patience that follows the deadline.
      await sleep(4500);
      kill('SIGINT');
    });
    expect(signal).toBe('SIGINT');
    expect(took).toBeLessThan(1500);
  });
});

describe.skipIf(!privileged)('standard output that is full', () => {
  const toFull = async (args: readonly string[]): Promise<Ended> => {
    const full = openSync('/dev/full', 'w');
    try {
      return await runNode([pingemProgram, ...args], full);
    } finally {
      closeSync(full);
    }
  };

  it.each(['--json', '--text'])('is said on stderr, and %s ends as it should', { timeout: TEST_MS }, async (kind) => {
    const { code, stderr, took } = await toFull([kind, '-i', '0.05', '-c', '20', '127.0.0.1']);
    expect(stderr).toMatch(/^pingem: standard output can't be written \(ENOSPC\), still trying\n/);
    expect(code).toBe(0);
    expect(took).toBeLessThan(5000);
  });

  it('is said by the other commands, which then exit with 74', async () => {
    const path = join(folder, 'r');
    writeFileSync(path, recordText(sampleInfo(['a']), sampleProbes(0, [1, 2, 3])));
    for (const args of [
      ['summary', path],
      ['summary', '--json', path],
      ['export', '--csv', path],
      ['--help'],
      ['-V'],
    ]) {
      const { code, stderr } = await toFull(args);
      expect(stderr).toBe("pingem: standard output can't be written (ENOSPC)\n");
      expect(code).toBe(74);
    }
  });
});
