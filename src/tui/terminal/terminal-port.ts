// The terminal's descriptor. It is opened anew, because O_NONBLOCK belongs to the open file and not to the number: set
// on descriptor 1 it would be set for the shell that started us, too. Opened by the main thread, used by the screen
// thread for frames and by the main thread for the restoring at the end (docs/decisions/0030).

import { closeSync, constants, openSync, write, writeSync } from 'node:fs';
import { codeOf } from '../../events/error-code.js';
import type { TerminalPort, WriteOutcome } from './frame-writer.js';

export type TerminalDescriptor = { fd: number; /** Our own, and it never blocks. */ nonBlocking: boolean };

const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const tryOpen = (path: string): number | null => {
  try {
    return openSync(path, flags);
  } catch {
    return null;
  }
};

/**
 * On Linux the very terminal of `stdoutFd`; where that may not be opened (after setuid, /proc/self is root's), or
 * elsewhere, the controlling terminal; where there is none, `stdoutFd` itself, which may block.
 */
export const openTerminal = (stdoutFd: number): TerminalDescriptor => {
  const same = process.platform === 'linux' ? tryOpen(`/proc/self/fd/${stdoutFd}`) : null;
  const fd = same ?? tryOpen('/dev/tty');
  return fd === null ? { fd: stdoutFd, nonBlocking: false } : { fd, nonBlocking: true };
};

export const closeTerminal = ({ fd, nonBlocking }: TerminalDescriptor): void => {
  if (nonBlocking) closeSync(fd);
};

const failure = (error: unknown): WriteOutcome => {
  const code = codeOf(error);
  // EIO, ENXIO, EPIPE, EBADF: hung up or closed.
  return code === 'EAGAIN' || code === 'EINTR' ? { again: true } : { gone: true };
};

const writeAtOnce = (fd: number, bytes: Uint8Array): WriteOutcome => {
  try {
    return { written: writeSync(fd, bytes) };
  } catch (error) {
    return failure(error);
  }
};

/** Through libuv's pool: it blocks a thread of the pool instead of this one. */
const writeLater = (fd: number, bytes: Uint8Array): Promise<WriteOutcome> =>
  new Promise((resolve) => {
    write(fd, bytes, (error, written) => {
      resolve(error === null ? { written } : failure(error));
    });
  });

export const terminalPort = ({ fd, nonBlocking }: TerminalDescriptor): TerminalPort => ({
  write: (bytes) => (nonBlocking ? writeAtOnce(fd, bytes) : writeLater(fd, bytes)),
});
