// A run that is interrupted or killed leaves nothing behind: no process, no namespace, no file.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutNetns } from './netns-suite.js';
import { isRunning } from './processes.js';
import { supportProgram } from './responder-client.js';

const moduleUrl = (name: string): string => JSON.stringify(`file://${supportProgram(name)}`);

/** Starts loops, one of them in a session of its own, a namespace pair and a file, says where they are, and idles. */
const RUN = `
  import { spawn } from 'node:child_process';
  import { mkdtempSync, writeFileSync } from 'node:fs';
  import { tmpdir } from 'node:os';
  import { startJanitor } from ${moduleUrl('janitor')};
  import { makeNetPair } from ${moduleUrl('netns')};
  startJanitor();
  const idle = ['-e', 'setInterval(() => {}, 1000)'];
  const children = [false, true].map((detached) => spawn(process.execPath, idle, { stdio: 'ignore', detached }).pid);
  const folder = mkdtempSync(tmpdir() + '/pingem-');
  writeFileSync(folder + '/file', 'x');
  const { near, far } = makeNetPair(1);
  process.stdout.write(JSON.stringify({ children, paths: [folder, '/run/netns/' + near, '/run/netns/' + far] }) + '\\n');
  setInterval(() => {}, 1000);`;

describe.skipIf(withoutNetns)('what a run leaves behind', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('after %s is nothing', async (signal) => {
    const run = spawn(process.execPath, ['--input-type=module', '-e', RUN], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(run.stdout, 'data')) as [Buffer];
    const { children, paths } = JSON.parse(line.toString()) as { children: number[]; paths: string[] };
    const left = (): (string | number)[] => [
      ...children.filter(isRunning),
      ...paths.filter((path) => existsSync(path)),
    ];
    expect(left()).toHaveLength(children.length + paths.length);
    const ended = once(run, 'exit');
    run.kill(signal);
    expect(await ended).toEqual([null, signal]);
    await expect.poll(left, { timeout: 5000 }).toEqual([]);
  });
});
