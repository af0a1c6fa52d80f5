// The janitor of a run (see janitor.ts). Its argument is the run's folder, which is its mark as well. It waits for the end of
// its stdin, then kills what bears the mark, and removes mounts, namespaces and files.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { RUN_VARIABLE } from './janitor.js';
import { removeStaleNamespaces } from './netns.js';

const ATTEMPTS = 40;
const PAUSE_MS = 50;

/** Process ids of what is left of the run. Those of other users can't be read, and aren't of a run of ours. */
const remaining = (mark: string): number[] => {
  const wanted = `${RUN_VARIABLE}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(wanted);
      } catch {
        return false;
      }
    });
};

/** Again and again: what was about to start something may have done so. */
const killAll = async (mark: string): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const left = remaining(mark);
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Ended by itself.
      }
    }
    await sleep(PAUSE_MS);
  }
};

const unmountBelow = (folder: string): void => {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const places = mounts.map((line) => line.split(' ')[1] ?? '').filter((place) => place.startsWith(`${folder}/`));
  for (const place of places.toReversed()) execFileSync('umount', ['-l', place]);
};

const [folder = ''] = process.argv.slice(2);
if (!/\/pingem-run-\w+$/.test(folder)) throw new Error(`${folder} is not the folder of a run`);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});
process.stdin.resume();
await once(process.stdin, 'end');
await killAll(folder);
if (process.getuid?.() === 0) {
  unmountBelow(folder);
  removeStaleNamespaces();
}
rmSync(folder, { recursive: true, force: true });
