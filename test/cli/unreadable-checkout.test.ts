// A checkout in a folder that nobody but root may enter, such as /root: the user that pingem becomes can't read its files.

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootEnvironment } from '../support/pingem-run.js';
import { nodeStaysRoot } from '../support/processes.js';
import { projectRoot } from '../support/responder-client.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and to become another user needs root');
  process.stderr.write('SKIPPED: to become a user who may not read the program needs root\n');
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-unreadable-'));
  chmodSync(folder, 0o700);
  for (const name of ['bin', 'dist', 'native', 'page', 'package.json']) {
    cpSync(join(projectRoot, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/dist\/(test|bench|packages)|\.(map|d\.ts)$/.test(path),
    });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** On loopback, from a folder that everybody may enter. */
const run = (env: NodeJS.ProcessEnv, ...more: string[]) => {
  const args = ['--user', 'nobody', 'localhost', '-4', '-c', '2', '-i', '0.1', '--text', ...more];
  const { status, stdout, stderr } = spawnSync(join(folder, 'bin/pingem'), args, {
    cwd: '/',
    encoding: 'utf8',
    env: { ...rootEnvironment(), ...env },
  });
  return { status, stdout, stderr };
};

describe.skipIf(!privileged)('a program that its user may not read', () => {
  it.skipIf(nodeStaysRoot)('resolves names and runs, since Node had read it before', () => {
    const { status, stdout, stderr } = run({});
    expect(stderr).toBe('');
    expect(stdout).toContain('2 probes  answered 2  loss 0.0 %');
    expect(status).toBe(0);
  });

  it.skipIf(nodeStaysRoot).each(['--status=/tmp/never-written', '--web=127.0.0.1:0'])(
    'is refused in one line with %s, whose thread reads more',
    (option) => {
      const { status, stdout, stderr } = run({}, option);
      expect(stderr).toMatch(/^pingem: nobody may not read .*pingem-unreadable-.* --user root\n$/);
      expect(stdout).toBe('');
      expect(status).toBe(2);
    },
  );

  it('is refused in one line where the user is changed before Node starts', () => {
    const { status, stdout, stderr } = run({ UV_USE_IO_URING: '1' });
    expect(stderr).toMatch(/^pingem: the user to become may not read .*pingem-unreadable-.* --user root\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
