// Whatever ends a chaos run, nothing of it is left: no process, no namespace, no mount, no file.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutNetns } from '../support/netns-suite.js';
import { projectRoot, saidOnStdout } from '../support/responder-client.js';

const CHAOS = join(projectRoot, 'dist/test/chaos/main.js');

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Where the child keeps its files, as its own children say. */
const folderOf = (pid: number): string => {
  for (const name of list('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, , , parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(' ');
      const [, folder] = /\0TMPDIR=([^\0]+)\0/.exec(`\0${readFileSync(`/proc/${name}/environ`, 'utf8')}`) ?? [];
      if (Number(parent) === pid && folder !== undefined) return folder;
    } catch {
      // Gone by now.
    }
  }
  throw new Error('a chaos run without children');
};

/** Everything on this machine that bears the name of that run. */
const traces = (pid: number, folder: string): string[] => {
  const namespace = `pingem-${pid}-`;
  const processes = list('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').includes(`TMPDIR=${folder}`);
    } catch {
      return false;
    }
  });
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  return [
    ...processes.map((name) => `process ${name}`),
    ...(existsSync(folder) ? [folder] : []),
    ...list('/run/netns').filter((name) => name.startsWith(namespace)),
    ...list('/etc/netns').filter((name) => name.startsWith(namespace)),
    ...mounts.filter((line) => line.includes(folder) || line.includes(namespace)),
  ];
};

describe.skipIf(withoutNetns)('a chaos run that is ended from outside', () => {
  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves nothing after %s',
    async (signal) => {
      const child = spawn(process.execPath, [CHAOS, '--seconds', '60', '--seed', '1', '--only', 'stop,keys'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      // By then everything runs.
      await saidOnStdout(child, 's  stop');
      const folder = folderOf(child.pid ?? 0);
      expect(traces(child.pid ?? 0, folder).length).toBeGreaterThan(5);
      child.kill(signal);
      expect((await ended)[1]).toBe(signal);
      await expect.poll(() => traces(child.pid ?? 0, folder), { timeout: 10_000 }).toEqual([]);
    },
    60_000,
  );
});
