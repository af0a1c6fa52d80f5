// The token that lets a page in. It is new at each start, or kept in a file that nobody but its owner can read.

import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { codeOf } from '../../events/error-code.js';

/** 128 bits. */
const TOKEN_BYTES = 16;

/** One that is typed by hand is long enough not to be guessed; URL and header take these characters as they are. */
const TOKEN = /^[A-Za-z0-9._~-]{16,256}$/;
const MOST_BYTES = 1024;

const OTHERS = 0o077;

/** What can't be had, in one line for the user. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
  readonly exitStatus = 2;
}

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/**
 * The token in that file, which is made with a new one where there is none.
 * @throws TokenFileError if others may read it, if it is no file of this user's own, or no token is in it
 */
export const tokenIn = (path: string, uid: number): string => {
  const made = make(path);
  if (made !== null) return made;
  // Not through a link, which may lead to a file that somebody else has chosen; and no pipe is waited for.
  const fd = open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { mode, uid: owner } = fstatSync(fd);
    if (!fstatSync(fd).isFile()) throw new TokenFileError(`--token-file ${path} is not a file: give another name`);
    if (owner !== uid) {
      throw new TokenFileError(`--token-file ${path} belongs to another user (${owner}): chown ${uid} ${path}`);
    }
    if ((mode & OTHERS) !== 0) {
      throw new TokenFileError(
        `--token-file ${path} can be read by others: chmod 600 ${path}, and change the token in it`,
      );
    }
    const bytes = Buffer.alloc(MOST_BYTES);
    const text = bytes.toString('latin1', 0, readSync(fd, bytes, 0, MOST_BYTES, 0)).trim();
    if (TOKEN.test(text)) return text;
  } finally {
    closeSync(fd);
  }
  throw new TokenFileError(
    `--token-file ${path} has no token in it (16 to 256 letters, digits, - . _ ~): remove it, and it is made anew`,
  );
};

/** Null where there is something already. */
const make = (path: string): string | null => {
  let fd: number;
  try {
    fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null;
    throw unusable(path, error);
  }
  try {
    const token = newToken();
    writeSync(fd, `${token}\n`);
    return token;
  } catch (error) {
    throw unusable(path, error);
  } finally {
    closeSync(fd);
  }
};

const open = (path: string, flags: number): number => {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (codeOf(error) === 'ELOOP') throw new TokenFileError(`--token-file ${path} is a link: give the file itself`);
    throw unusable(path, error);
  }
};

const unusable = (path: string, error: unknown): TokenFileError =>
  new TokenFileError(`can't use --token-file ${path} (${codeOf(error)}): give a place that this user can write to`);
