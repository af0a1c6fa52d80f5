// Where status files are, and how they are written, found and removed. The default is one a process in a folder of the
// user's own under the runtime directory (XDG Base Directory Specification), which is gone when the user is.

import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../events/error-code.js';
import { STATUS_TYPE } from './status-document.js';

/** 1000 endpoints with long names take a third of it. */
const MOST_BYTES = 2 * 1024 * 1024;

const NAME = /^status-(\d{1,10})\.json$/;

/** What can't be had, in one line for the user. */
export class StatusFileError extends Error {
  override readonly name = 'StatusFileError';
  readonly exitStatus = 2;
}

/** The folder of the user `uid`. `runtimeDirectory` is $XDG_RUNTIME_DIR where it is that user's. */
export const statusFolder = (uid: number, runtimeDirectory: string | undefined): string =>
  join(runtimeDirectory?.startsWith('/') === true ? runtimeDirectory : `/run/user/${uid}`, 'pingem');

/**
 * Makes the folder and clears it of files whose process is gone.
 * @returns the path for this process
 * @throws StatusFileError
 */
export const prepareDefaultFile = (folder: string, uid: number): string => {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unusable(folder, codeOf(error));
  }
  const found = lstatSync(folder);
  // Somebody else's folder could be a trap: what we write there would be theirs to redirect.
  if (!found.isDirectory() || found.uid !== uid) throw unusable(folder, 'it is not a folder of this user');
  chmodSync(folder, 0o700);
  for (const { path, alive } of filesIn(folder)) if (!alive) rmSync(path, { force: true });
  return join(folder, `status-${process.pid}.json`);
};

/**
 * Checks that `path` may be written: it is never put over something that isn't a status file.
 * @throws StatusFileError
 */
export const checkNamedFile = (path: string): void => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined) {
    if (!found.isFile()) throw new StatusFileError(`${path} is not a file; give --status=FILE another name`);
    const begin = `{"type":"${STATUS_TYPE}"`;
    if (found.size > 0 && readStart(path, begin.length) !== begin) {
      throw new StatusFileError(
        `${path} is not a pingem status file and stays as it is; give --status=FILE another name`,
      );
    }
  }
  try {
    const trial = besides(path);
    writeFresh(trial, '');
    rmSync(trial);
  } catch (error) {
    throw new StatusFileError(
      `can't write the status file ${path} (${codeOf(error)}); give --status=FILE a place that can be written`,
    );
  }
};

/** Atomic: a reader sees the former text or this one. Throws what the file system throws. */
export const writeStatusFile = (path: string, text: string): void => {
  const fresh = besides(path);
  writeFresh(fresh, text);
  renameSync(fresh, path);
};

export const removeStatusFile = (path: string): void => {
  for (const file of [besides(path), path]) rmSync(file, { force: true });
};

/**
 * At most 2 MiB of a regular file; null where there is none.
 * @throws StatusFileError
 */
export const readStatusFile = (path: string): string | null => {
  let fd: number;
  try {
    // Without O_NONBLOCK the opening of a pipe would wait for a writer.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new StatusFileError(`can't read the status file ${path} (${codeOf(error)})`);
  }
  try {
    const found = fstatSync(fd);
    if (!found.isFile() || found.size > MOST_BYTES) throw new StatusFileError(`${path} is not a pingem status file`);
    const bytes = Buffer.alloc(found.size);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, found.size, 0));
  } finally {
    closeSync(fd);
  }
};

/** The default files of processes that are running. */
export const runningFiles = (folder: string): string[] =>
  filesIn(folder)
    .filter(({ alive }) => alive)
    .map(({ path }) => path);

const filesIn = (folder: string): { path: string; alive: boolean }[] => {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // No folder, no files.
    return [];
  }
  return names.flatMap((name) => {
    const pid = NAME.exec(name)?.[1];
    return pid === undefined ? [] : [{ path: join(folder, name), alive: isRunning(Number(pid)) }];
  });
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's.
    return codeOf(error) === 'EPERM';
  }
};

/** Never through a link that somebody has put there: the folder may be /tmp, and we may be root. */
const writeFresh = (path: string, text: string): void => {
  const options = { mode: 0o644, flag: 'wx' };
  try {
    writeFileSync(path, text, options);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    rmSync(path);
    writeFileSync(path, text, options);
  }
};

/** In the same folder, so that it can be renamed over `path`; of this process alone. */
const besides = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}`);

const readStart = (path: string, length: number): string => {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, length, 0));
  } finally {
    closeSync(fd);
  }
};

const unusable = (folder: string, why: string): StatusFileError =>
  new StatusFileError(`can't use ${folder} for the status file (${why}): give a place with --status=FILE`);
