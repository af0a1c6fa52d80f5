// Standard output without ever waiting for its reader. A terminal after Ctrl-S or a pipe to a slow program would block
// the thread that probes, and a blocked write in libuv's pool even keeps the process from exiting (seen with Node 20).
// So a descriptor of our own is opened on the same terminal or pipe, in non-blocking mode; the shell's own descriptor
// keeps its mode.

import { constants, fstatSync, openSync, write } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '../../events/units.js';
import { say } from './say.js';

/** How long to wait before a full terminal or pipe is tried again. */
const POLL_AFTER: Millis = 10;

/** To be called before privileges are dropped: the terminal may belong to somebody else. */
export const openStdout = (): number => {
  const inherited = 1;
  // A file never blocks for long, and a second opening of it would start to write at its beginning.
  if (fstatSync(inherited).isFile()) return inherited;
  try {
    return openSync(`/proc/self/fd/${inherited}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // A socket, or no /proc: then the inherited descriptor has to do.
    return inherited;
  }
};

/** Whether a failed write means a pipe's reader that has ended, or a terminal that has hung up. */
export const isReaderGone = (fd: number, error: string): boolean =>
  error === 'EPIPE' || (error === 'EIO' && fstatSync(fd).isCharacterDevice());

/** setTimeout takes no more. */
const FOR_EVER: Millis = 2 ** 31 - 1;
/** sysexits(3): EX_IOERR. */
const NOT_WRITTEN = 74;

/** What became of a text: all of it written; its reader gone, or stalled for too long; or the errno name of what went wrong. */
export type WriteEnd = { end: 'written' | 'unread' } | { end: 'failed'; error: string };

/** Writes all of `text`, or what a stalled reader lets through within `within`. */
export const writeWithin = async (fd: number, text: string, within: Millis): Promise<WriteEnd> => {
  const bytes = Buffer.from(text);
  const late = sleep(within, 'late' as const, { ref: false });
  const deadline = performance.now() + within;
  for (let written = 0; written < bytes.length;) {
    const result = await Promise.race([writeSome(fd, bytes, written), late]);
    if (typeof result === 'number') written += result;
    else if (result === 'late' || isReaderGone(fd, result)) return { end: 'unread' };
    else if (result !== 'EAGAIN') return { end: 'failed', error: result };
    else if (performance.now() > deadline) return { end: 'unread' };
    else await sleep(POLL_AFTER);
  }
  return { end: 'written' };
};

/** For output that is all there is to do: a pager may take its time, and an error is said. */
export const writePatiently = async (fd: number, text: string): Promise<WriteEnd> => {
  const result = await writeWithin(fd, text, FOR_EVER);
  if (result.end === 'failed') say(`standard output can't be written (${result.error})`);
  return result;
};

/** Exit status of a command that has written its output: a reader that is gone is no error. */
export const statusOf = ({ end }: WriteEnd): number => (end === 'failed' ? NOT_WRITTEN : 0);

/** The whole output of a command. Resolves with the exit status. */
export const writeAll = async (fd: number, text: string): Promise<number> => statusOf(await writePatiently(fd, text));

/** Bytes taken, or the errno name. In libuv's pool, because a descriptor that could not be opened anew may block. */
const writeSome = (fd: number, bytes: Buffer, from: number): Promise<number | string> =>
  new Promise((resolve) => {
    write(fd, bytes, from, bytes.length - from, null, (error, count) => {
      resolve(error === null ? count : (error.code ?? error.message));
    });
  });
