import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { newToken, tokenIn } from '../../../src/cli/web/token-file.js';

const uid = process.geteuid?.() ?? 0;

const folderFor = (test: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-token-'));
  test.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

describe('a token', () => {
  it('is another one at each start, of 128 bits', () => {
    const tokens = new Set(Array.from({ length: 100 }, newToken));
    expect(tokens.size).toBe(100);
    expect([...tokens].filter((token) => !/^[\w-]{22}$/.test(token))).toEqual([]);
  });

  it('is made where the file is missing, for its owner only, and stays', (test) => {
    const path = join(folderFor(test), 'token');
    const umask = process.umask(0);
    const token = tokenIn(path, uid);
    process.umask(umask);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(`${token}\n`);
    expect(tokenIn(path, uid)).toBe(token);
  });

  it.for([0o640, 0o604, 0o660, 0o601])('is refused where others have a right to the file: %o', (mode, test) => {
    const path = join(folderFor(test), 'token');
    writeFileSync(path, 'a-token-long-enough\n');
    chmodSync(path, mode);
    expect(() => tokenIn(path, uid)).toThrow(
      `--token-file ${path} can be read by others: chmod 600 ${path}, and change the token in it`,
    );
  });

  it('is not read through a link, from a folder, or from another user', (test) => {
    const folder = folderFor(test);
    const [path, link, room, dangling] = ['token', 'link', 'room', 'dangling'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ];
    tokenIn(path, uid);
    symlinkSync(path, link);
    symlinkSync(join(folder, 'nowhere'), dangling);
    mkdirSync(room, { mode: 0o700 });
    for (const one of [link, dangling]) {
      expect(() => tokenIn(one, uid)).toThrow(`--token-file ${one} is a link: give the file itself`);
    }
    expect(() => tokenIn(room, uid)).toThrow(`--token-file ${room} is not a file: give another name`);
    expect(() => tokenIn(path, uid + 1)).toThrow(
      `--token-file ${path} belongs to another user (${uid}): chown ${uid + 1} ${path}`,
    );
    expect(() => tokenIn(join(folder, 'no', 'token'), uid)).toThrow(
      /^can't use --token-file .* \(ENOENT\): give a place/,
    );
  });

  it.for(['', 'short', 'with space in it ....', 'x'.repeat(257), '<script>alert(1)</script>'])(
    'is refused: "%s"',
    (text, test) => {
      const path = join(folderFor(test), 'token');
      writeFileSync(path, text, { mode: 0o600 });
      expect(() => tokenIn(path, uid)).toThrow(/has no token in it/);
    },
  );
});
