// One line for a native part that is missing, made for another Node, or no native part at all; never a crash.

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../support/responder-client.js';

const node = `Node ${process.versions.node} \\(ABI ${process.versions.modules}\\)`.replaceAll('.', '\\.');
const PLATFORM = `${process.platform}-${process.arch}`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-unbuilt-'));
  // Modules are what their links lead to: the program itself has to be a copy.
  for (const name of ['bin', 'dist', 'package.json']) {
    cpSync(join(projectRoot, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/dist\/(test|bench|packages)/.test(path),
    });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'src'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(join(folder, 'native'), { recursive: true, force: true }));

const built = (abi: string): string => join(folder, `native/built/${PLATFORM}-${abi}`);

/** What such a start prints and how it ends. */
const start = () => {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['bin/pingem.js', '127.0.0.1'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, signal, stdout, stderr };
};

const refusal = (what: string) => ({
  status: 2,
  signal: null,
  stdout: '',
  stderr: expect.stringMatching(
    new RegExp(`^pingem: pingem's native part raw\\.node ${what}: with g\\+\\+, make .* type: cd .* && npm ci\n$`),
  ) as string,
});

describe('a checkout', () => {
  it('whose native parts are not built', () => {
    expect(start()).toEqual(refusal(`isn't built for ${node}`));
  });

  it('whose native parts are built for other Nodes', () => {
    for (const abi of ['1', '108']) {
      mkdirSync(built(abi), { recursive: true });
      writeFileSync(join(built(abi), 'raw.node'), '');
    }
    mkdirSync(join(folder, 'native/built/plan9-mips-7'));
    expect(start()).toEqual(refusal(`is built for Node ABI 1, 108, and this is ${node}`));
  });

  it('whose native part the loader refuses', () => {
    mkdirSync(built(process.versions.modules), { recursive: true });
    writeFileSync(join(built(process.versions.modules), 'raw.node'), 'no part\n');
    expect(start()).toEqual(refusal("doesn't load: .*"));
  });
});

describe('the install script', () => {
  it('keeps no part that ends the process that loads it, as one linked to the library of another Node does', () => {
    for (const name of ['build.js', 'sources.js', 'binding.gyp'])
      cpSync(join(projectRoot, 'native', name), join(folder, 'native', name));
    // In the place of node-gyp: what it makes ends the process at once.
    const nodeGyp = join(folder, 'native/gyp.cjs');
    const compiled = join(folder, 'native/build/Release');
    writeFileSync(
      nodeGyp,
      `const { execFileSync } = require('child_process');
       execFileSync('mkdir', ['-p', '${compiled}']);
       for (const part of ['raw', 'ioctl'])
         execFileSync('g++', ['-shared', '-fPIC', '-x', 'c++', '-', '-o', '${compiled}/' + part + '.node'], {
           input: '#include <csignal>\\n__attribute__((constructor)) static void start() { raise(SIGKILL); }',
         });`,
    );
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'native/build.js')], {
      encoding: 'utf8',
      env: { ...process.env, npm_config_node_gyp: nodeGyp },
    });
    expect(stderr).toMatch(/^pingem: raw\.node was compiled but doesn't load .*\npingem: ioctl\.node .*\n$/);
    expect(status).toBe(0);
    expect(start()).toEqual(refusal(`isn't built for ${node}`));
  });
});
