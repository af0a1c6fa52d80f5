// Words for the user on stderr: one line each, whatever names and arguments they quote.

import { writeSync } from 'node:fs';
import { plainText } from '../../events/plain-text.js';

const STDERR = 2;

/**
 * Writes `pingem: message`, with nothing in it that a terminal would obey; further lines, of a stack trace say, come as
 * arguments of their own. Where nobody reads it is left unsaid: process.stderr would throw, or wait.
 */
export const say = (message: string, ...more: readonly string[]): void => {
  const lines = [`pingem: ${message}`, ...more].map((line) => `${plainText(line)}\n`);
  try {
    writeSync(STDERR, lines.join(''));
  } catch {
    // EPIPE, EAGAIN, EBADF, ENOSPC.
  }
};
