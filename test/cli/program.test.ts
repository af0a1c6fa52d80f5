// bin/pingem.js where pingem can't run: one line that says why and what to type, exit status 2.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pingemProgram } from '../support/pingem-run.js';
import { projectRoot } from '../support/responder-client.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pingem-program-')));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const node = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('an old Node', () => {
  /** This Node, under another's number. */
  const asNode = (version: string) => {
    const pretend = join(folder, 'pretend.cjs');
    writeFileSync(
      pretend,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
    );
    return node('--require', pretend, pingemProgram, '--version');
  };

  const { engines, version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    engines: { node: string };
    version: string;
  };
  const [, major = 0, minor = 0] = (/^>=(\d+)\.(\d+)$/.exec(engines.node) ?? []).map(Number);

  const tooOld = (old: string): string =>
    `pingem: Node.js ${old} (${process.execPath}) is too old, pingem takes ${major}.${minor} or newer; `;
  const tools = (...names: string[]): void => {
    for (const name of names) writeFileSync(join(folder, name), '');
    vi.stubEnv('PATH', folder);
  };

  it.each(['10.24.1', '18.20.8', `${major}.${minor - 1}.9`])('%s is refused', (old) => {
    tools('npm');
    expect(asNode(old)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${tooOld(old)}type: sudo npm install -g node@22, then (cd ${projectRoot} && npm ci)\n`,
    });
  });

  it('without an npm to bring a newer one is told of it', () => {
    tools();
    expect(asNode('18.20.4').stderr).toContain(
      `${tooOld('18.20.4')}install npm (Debian: sudo apt install npm), then type: sudo npm install`,
    );
  });

  it.each([`${major}.${minor}.0`, '24.0.0', '100.1.0'])('%s is taken', (taken) => {
    expect(asNode(taken)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('can read what refuses it: no newer syntax, and no import before the check', () => {
    const text = readFileSync(pingemProgram, 'utf8');
    expect(text).not.toMatch(/^(import|export|await)\b|\?\.|\?\?|import\.meta\b(?!,)/m);
  });
});

describe('a clone', () => {
  const floors = readdirSync(join(projectRoot, 'src'));

  /** The program, called by a symlink as an installed one is. */
  const clone = (...parts: string[]) => {
    const place = join(folder, 'clone');
    mkdirSync(place);
    for (const part of ['package.json', 'bin', ...parts]) {
      cpSync(join(projectRoot, part), join(place, part), { recursive: true });
    }
    symlinkSync(join(place, 'bin/pingem.js'), join(folder, 'pingem'));
    return { place, run: (...args: string[]) => node(join(folder, 'pingem'), ...args) };
  };

  it('that is not built says how to build it', () => {
    const { place, run } = clone();
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    for (const tool of ['make', 'g++', 'python3']) writeFileSync(join(tools, tool), '');
    vi.stubEnv('PATH', tools);
    expect(run('127.0.0.1')).toEqual({
      status: 2,
      stdout: '',
      stderr: `pingem: its compiled form (dist) is missing, pingem was not built here; type: (cd ${place} && npm ci)\n`,
    });
  });

  it('says what there must be first', () => {
    const { place, run } = clone();
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'python3'), '');
    vi.stubEnv('PATH', tools);
    const hint = `install g++ make (Debian: sudo apt install g++ make), then type: (cd ${place} && npm ci)`;
    expect(run('127.0.0.1').stderr).toBe(
      `pingem: its compiled form (dist) is missing, pingem was not built here; ${hint}\n`,
    );
  });

  it('without its packages as well', () => {
    const { place, run } = clone(...floors.map((floor) => `dist/${floor}`));
    const { status, stdout, stderr } = run('summary', 'x');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^pingem: \S+ is missing, pingem was not built here; .*type: \(cd \S+ && npm ci\)\n$/);
    expect(stderr).toContain(`(cd ${place} && npm ci)`);
  });
});
