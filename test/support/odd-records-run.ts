// The real program on odd records: what it said, how it ended, how long it took and how much memory.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OddRecord } from './odd-records.js';
import { pingemProgram } from './pingem-run.js';

export type OddRun = {
  name: string;
  command: 'summary' | 'export';
  fileBytes: number;
  /** Null: ended by a signal, which only the limit of time sends. */
  status: number | null;
  /** All of stderr. */
  said: string;
  seconds: number;
  /** Of CPU, user and system: what a busy machine doesn't change. */
  cpuSeconds: number;
  /** Most memory that was resident (proc(5), VmHWM). */
  mebibytes: number;
};

const COMMANDS = { summary: ['summary'], export: ['export', '--csv', '--epoch', '1s'] } as const;
const AT_MOST_MS = 60_000;

/** At the end the child tells on descriptor 3 how much memory it took, in KiB, and CPU, in microseconds. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync, writeSync } from 'node:fs'; process.on('exit', () => { const { user, system } = process.cpuUsage(); const [, most] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8')); writeSync(3, [most, user + system].join()); });",
)}`;

/** @param scale 1 for the whole sizes, less for a quick look */
export async function* runOddRecords(records: Iterable<[string, OddRecord]>, scale: number): AsyncGenerator<OddRun> {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-odd-'));
  try {
    for (const [name, make] of records) {
      const path = join(folder, 'record');
      const fd = openSync(path, 'w');
      for (const piece of make((whole) => Math.max(1, Math.ceil(whole * scale)))) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      }
      closeSync(fd);
      for (const command of ['summary', 'export'] as const) {
        yield { name, command, fileBytes: statSync(path).size, ...(await run(command, path)) };
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const run = async (
  command: OddRun['command'],
  path: string,
): Promise<Omit<OddRun, 'name' | 'command' | 'fileBytes'>> => {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_MEMORY, pingemProgram, ...COMMANDS[command], path], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: AT_MOST_MS,
    killSignal: 'SIGKILL',
  });
  let said = '';
  let told = '';
  child.stdio[2]?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdio[3]?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  const [kibibytes = NaN, micros = NaN] = told.split(',').map(Number);
  return {
    status,
    said: said.replaceAll(path, 'FILE'),
    seconds,
    mebibytes: kibibytes / 1024,
    cpuSeconds: micros / 1e6,
  };
};

/** What is wrong with a run, null if nothing is. */
export const complaint = (
  { status, said, cpuSeconds, mebibytes }: OddRun,
  most: { seconds: number; mebibytes: number },
): string | null => {
  if (status !== 0 && status !== 2) return `ended with ${status}`;
  if (/\n\s+at |Error:/.test(said)) return 'a stack trace';
  if (status === 2 && said.trimEnd().split('\n').length !== 1) return 'not one line';
  if (said.trimEnd().split('\n').length > 12) return 'too much said';
  if (cpuSeconds > most.seconds) return 'too long';
  return mebibytes > most.mebibytes ? 'too much memory' : null;
};
