// The compiled program as the packages hold it: minified file by file, a quarter smaller when packed, with the names of
// functions and classes left, since the report of a crash shows them. What was compiled from a source that is no more is left out.

import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { minify } from 'rolldown/utils';
import { projectRoot } from './project.js';

const KEPT_NAMES = { function: true, class: true } as const;

/** @throws Error if it is no JavaScript */
export const minified = async (file: string): Promise<string> => {
  const { code, errors } = await minify(file, await readFile(file, 'utf8'), {
    module: true,
    compress: { keepNames: KEPT_NAMES },
    mangle: { keepNames: KEPT_NAMES },
  });
  if (errors.length > 0) throw new Error(`${file}: ${JSON.stringify(errors)}`);
  return code;
};

/** The compiler deletes nothing of what it once wrote; each such file has its types beside it. */
const isStale = (file: string): boolean => {
  const module = file.replace(/\.js$/, '');
  return (
    existsSync(`${module}.d.ts`) && !existsSync(`${projectRoot}/src/${relative(`${projectRoot}/dist`, module)}.ts`)
  );
};

/** Writes what `from`, a folder below dist, holds of the program into `to`. */
export const minifyFolder = async (from: string, to: string): Promise<void> => {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, file));
    if (!entry.isFile() || /\.(d\.ts|map|tsbuildinfo)$/.test(file)) continue;
    await mkdir(dirname(target), { recursive: true });
    if (!file.endsWith('.js')) await cp(file, target);
    else if (!isStale(file)) await writeFile(target, await minified(file));
  }
};
