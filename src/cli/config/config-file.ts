// Where the config file is (XDG Base Directory Specification), and reading it: as whoever it is for, never as root of
// somebody else's behalf, and bounded whatever is there.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { codeOf } from '../../events/error-code.js';
import { plainText } from '../../events/plain-text.js';
import { UsageError } from '../arguments/usage-error.js';
import { actingAs } from '../process/privileges.js';
import type { Account } from '../process/privileges.js';

/** A thousand endpoints in groups take a fifth of it. */
const MOST_BYTES = 256 * 1024;

/** By which no file at all is asked for. */
const NOTHING = '/dev/null';

export type ConfigText = {
  /** Plain text, as it is named in errors. */
  file: string;
  text: string;
};

/**
 * @param named by --config or PINGEM_CONFIG; null: the user's own, which needn't be there
 * @param account whom the run is to become, with whose rights and from whose home it is read; null: who we are
 * @returns null where there is none
 * @throws UsageError where it can't be read, or is no text
 */
export const readConfigFile = (
  named: string | null,
  account: Account | null,
  env: NodeJS.ProcessEnv,
): ConfigText | null =>
  actingAs(account, () => {
    if (named === NOTHING) return null;
    const path = named ?? ownPath(env);
    const text = path === null ? null : readText(path, named !== null);
    return text === null || path === null ? null : { file: plainText(path), text };
  });

/** Where the user's own would be; null where that user has no home. */
export const ownConfigPath = (account: Account | null, env: NodeJS.ProcessEnv): string | null =>
  actingAs(account, () => ownPath(env));

const ownPath = (env: NodeJS.ProcessEnv): string | null => {
  const configured = ofThisUser(env['XDG_CONFIG_HOME']);
  if (configured !== null) return join(configured, 'pingem', 'config.toml');
  const home = ofThisUser(env['HOME']) ?? homeInPasswd();
  return home === null ? null : join(home, '.config', 'pingem', 'config.toml');
};

/** sudo and su may leave us the folders of another user: those don't count. */
const ofThisUser = (folder: string | undefined): string | null => {
  if (folder === undefined || !isAbsolute(folder)) return null;
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    return found === undefined || found.uid === process.geteuid?.() ? folder : null;
  } catch {
    // It can't even be looked at.
    return null;
  }
};

/** Of the effective user (getpwuid(3)), whatever HOME says. */
const homeInPasswd = (): string | null => {
  try {
    const { homedir } = userInfo();
    return isAbsolute(homedir) ? homedir : null;
  } catch {
    // A user without an entry, as in containers.
    return null;
  }
};

const readText = (path: string, isNamed: boolean): string | null => {
  let fd: number;
  try {
    // Without O_NONBLOCK the opening of a pipe would wait for a writer.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    const code = codeOf(error);
    if (!isNamed && (code === 'ENOENT' || code === 'ENOTDIR' || !isThere(path))) return null;
    throw unusable(path, `can't be read (${code})`);
  }
  try {
    if (!fstatSync(fd).isFile()) throw unusable(path, 'is no file');
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (let got = 1; got > 0 && length < bytes.length; length += got) {
      got = readSync(fd, bytes, length, bytes.length - length, null);
    }
    if (length > MOST_BYTES) throw unusable(path, `has more than ${MOST_BYTES / 1024} KiB`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unusable(path, error instanceof TypeError ? 'is no text in UTF-8' : `can't be read (${codeOf(error)})`);
  } finally {
    closeSync(fd);
  }
};

/** As far as we may know: in a folder that is closed to us there is nothing for us. */
const isThere = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
};

const unusable = (path: string, why: string): UsageError =>
  new UsageError(
    `the config file ${plainText(path)} ${why}: give --config another one, or --config ${NOTHING} for none`,
  );
