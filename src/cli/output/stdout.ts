// Standard output without ever waiting for its reader. A terminal after Ctrl-S or a pipe to a slow program would block
// the thread that probes, and a blocked write in libuv's pool even keeps the process from exiting (seen with Node 20).
// So a descriptor of our own is opened on the same terminal or pipe, in non-blocking mode; the shell's own descriptor
// keeps its mode.

import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '../../events/units.js';

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

/** Writes all of `text`, or what a stalled reader lets through within `within`. A reader that is gone is no error. */
export const writeWithin = async (fd: number, text: string, within: Millis): Promise<void> => {
  const bytes = Buffer.from(text);
  const deadline = performance.now() + within;
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== 'EAGAIN' || performance.now() > deadline) return;
      await sleep(POLL_AFTER);
    }
  }
};
