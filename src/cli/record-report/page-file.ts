// Where the page goes: written beside its name and then moved there, so that there is a whole page or the one before. What is
// there and isn't a page stays: a record that was named by mistake is worth more.

import {
  closeSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../arguments/usage-error.js';

const HEAD_BYTES = 512;
const IS_PAGE = /^\u{feff}?\s*<(!doctype html|html)[\s>]/iu;

/** Refuses what can't be meant, before the record is read. @throws UsageError */
export const checkPagePath = (path: string): void => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true)
    throw new UsageError(`--html ${path} is a folder: give a file, such as report.html`);
  if (stat?.isFile() === true && stat.size > 0 && !IS_PAGE.test(headOf(path))) {
    throw new UsageError(`--html ${path} is there already and no page: it stays as it is; give another name`);
  }
};

/** @throws UsageError where it can't be written */
export const writePage = (path: string, page: string): void => {
  const stat = statSync(path, { throwIfNoEntry: false });
  try {
    if (stat !== undefined && !stat.isFile()) writeFileSync(path, page);
    // What a link leads to is replaced, not the link.
    else replace(stat === undefined ? path : realpathSync(path), page);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`--html ${path} can't be written (${why}): give a file in a folder that you may write to`);
  }
};

const replace = (path: string, page: string): void => {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    const fd = openSync(beside, 'wx', 0o644);
    try {
      writeFileSync(fd, page);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};

const headOf = (path: string): string => {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    // It may be written without being readable; then nobody knows what it is.
    return '';
  }
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.toString('utf8', 0, readSync(fd, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(fd);
  }
};
