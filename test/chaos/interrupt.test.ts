// Whatever ends a chaos run, nothing of it is left: no process, no namespace, no mount, no file.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** Everything on this machine that bears the name of that run. */
function traces(pid: number): string[] {
  const [folder, namespace] = [`pingem-chaos-${pid}-`, `pingem-${pid}-`];
  const processes = list('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  return [
    ...processes.map((name) => `process ${name}`),
    ...list(tmpdir()).filter((name) => name.startsWith(folder)),
    ...list('/run/netns').filter((name) => name.startsWith(namespace)),
    ...list('/etc/netns').filter((name) => name.startsWith(namespace)),
    ...mounts.filter((line) => line.includes(folder) || line.includes(namespace)),
  ];
}

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
      expect(traces(child.pid ?? 0).length).toBeGreaterThan(5);
      child.kill(signal);
      expect((await ended)[1]).toBe(signal);
      await expect.poll(() => traces(child.pid ?? 0), { timeout: 10_000 }).toEqual([]);
    },
    60_000,
  );
});
