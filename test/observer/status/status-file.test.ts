// Status files on disk: where they may be, and that a reader never sees half of one.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkNamedFile,
  prepareDefaultFile,
  readStatusFile,
  removeStatusFile,
  runningFiles,
  statusFolder,
  writeStatusFile,
} from '../../../src/observer/status/status-file.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-status-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const uid = process.geteuid?.() ?? 0;

/** A process id that is nobody's any more. */
const goneProcess = async (): Promise<number> => {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
};

describe('the default place', () => {
  it('is in the runtime directory, where that is an absolute path', () => {
    expect(statusFolder(1000, undefined)).toBe('/run/user/1000/pingem');
    expect(statusFolder(1000, '/run/other')).toBe('/run/other/pingem');
    expect(statusFolder(1000, 'relative')).toBe('/run/user/1000/pingem');
  });

  it("is a folder of the user's own, cleared of what processes that are gone have left", async () => {
    const own = join(folder, 'pingem');
    mkdirSync(own);
    chmodSync(own, 0o777);
    const gone = join(own, `status-${await goneProcess()}.json`);
    const other = join(own, 'notes');
    for (const path of [gone, other]) writeFileSync(path, '');
    const path = prepareDefaultFile(own, uid);
    expect(path).toBe(join(own, `status-${process.pid}.json`));
    expect(statSync(own).mode & 0o777).toBe(0o700);
    expect(readdirSync(own)).toEqual(['notes']);
    writeStatusFile(path, 'x');
    expect(runningFiles(own)).toEqual([path]);
  });

  it('is refused where it is a link, or belongs to somebody else', () => {
    const own = join(folder, 'pingem');
    expect(() => prepareDefaultFile(join(own, 'no', 'where'), uid)).toThrow('ENOENT');
    symlinkSync(folder, own);
    expect(() => prepareDefaultFile(own, uid)).toThrow('not a folder of this user');
    rmSync(own);
    mkdirSync(own);
    expect(() => prepareDefaultFile(own, uid + 1)).toThrow('not a folder of this user');
  });
});

describe('a file that is named', () => {
  it('is never put over something else', () => {
    const path = join(folder, 's.json');
    checkNamedFile(path);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(path, '{"type":"pingem status","format":1}');
    checkNamedFile(path);
    writeFileSync(path, 'precious');
    expect(() => checkNamedFile(path)).toThrow('stays as it is');
    expect(() => checkNamedFile(folder)).toThrow('is not a file');
    expect(() => checkNamedFile(join(folder, 'no', 's.json'))).toThrow('ENOENT');
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('is not written through a link that waits beside it', () => {
    const [path, victim] = [join(folder, 's.json'), join(folder, 'victim')];
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(folder, `.s.json.${process.pid}`));
    writeStatusFile(path, 'status');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(readFileSync(path, 'utf8')).toBe('status');
    removeStatusFile(path);
    expect(readdirSync(folder)).toEqual(['victim']);
  });

  it('is read only if it is a file of some size, and never waited for', () => {
    const path = join(folder, 's.json');
    expect(readStatusFile(path)).toBeNull();
    writeFileSync(path, 'text');
    expect(readStatusFile(path)).toBe('text');
    writeFileSync(path, Buffer.alloc(2 * 1024 * 1024 + 1));
    expect(() => readStatusFile(path)).toThrow('is not a pingem status file');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => readStatusFile(pipe)).toThrow('is not a pingem status file');
    expect(() => readStatusFile(folder)).toThrow('is not a pingem status file');
    expect(existsSync(pipe)).toBe(true);
  });
});
