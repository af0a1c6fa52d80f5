// One line for a native part that is missing, or made for another Node.

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeFailure } from '../../src/probe/socket/native-parts.js';
import { projectRoot } from '../support/responder-client.js';

const node = `Node ${process.versions.node} (ABI ${process.versions.modules})`;

describe('a native part', () => {
  it('that is nowhere', () => {
    expect(nativeFailure('raw', [])).toBe(`pingem's native part raw.node isn't built for ${node}`);
  });

  it('that is made for another Node', () => {
    const text = 'was compiled against a different Node.js version using\nNODE_MODULE_VERSION 108. This version of';
    expect(nativeFailure('ioctl', [text])).toBe(
      `pingem's native part ioctl.node is built for Node ABI 108, and this is ${node}`,
    );
  });

  it('that the loader refuses', () => {
    expect(nativeFailure('raw', ['libc.musl.so: cannot open\nmore'])).toBe(
      "pingem's native part raw.node doesn't load: libc.musl.so: cannot open",
    );
  });
});

describe('a checkout whose native parts are not built', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pingem-unbuilt-'));
    for (const name of ['bin', 'dist', 'docs', 'package.json'])
      symlinkSync(join(projectRoot, name), join(folder, name));
    // Modules are what their links lead to: the program itself has to be a copy.
    for (const name of ['bin', 'dist', 'package.json']) {
      rmSync(join(folder, name));
      cpSync(join(projectRoot, name), join(folder, name), {
        recursive: true,
        filter: (path) => !/dist\/(test|bench|packages)/.test(path),
      });
    }
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'node_modules'));
    for (const name of [
      'yargs',
      'yargs-parser',
      'shlex',
      'blessed',
      'csv-stringify',
      'wrap-ansi',
      'fastest-levenshtein',
    ]) {
      symlinkSync(join(projectRoot, 'node_modules', name), join(folder, 'node_modules', name));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says what is wrong and what to type', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/pingem.js', '127.0.0.1'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/^pingem: pingem's native part raw\.node isn't built .* type: cd .* && npm ci\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
