// A record that comes through a pipe (`-`, `<(...)`, a FIFO), put into a file that has no name any more: nothing is left
// of it however pingem ends.

import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayBeRecordStart, RecordFileError } from '../record/record-start.js';

/** Whether what is at `path` can be read only once. A device counts as well: its end may never come. */
export const isPipe = (path: string): boolean => {
  if (path === '-') return true;
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
};

/**
 * Returns a descriptor of a file that holds all there was to read.
 * @param name what errors call it
 * @throws RecordFileError if it can't be read or kept, or is no record by its first bytes
 */
export const spool = async (path: string, name: string): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-'));
  const file = join(folder, 'record');
  const fd = openSync(file, 'wx+', 0o600);
  rmSync(folder, { recursive: true });
  try {
    let isFirst = true;
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      const bytes = chunk as Buffer;
      if (isFirst && !mayBeRecordStart(bytes)) {
        throw new RecordFileError(`${name} is not a pingem record; give a file that --record wrote`);
      }
      isFirst = false;
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    }
    return fd;
  } catch (error) {
    closeSync(fd);
    if (error instanceof RecordFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecordFileError(`can't read ${name}: ${reason}; a pipe's record is kept in ${tmpdir()} meanwhile`);
  }
};
