// Root is needed to open raw sockets, and for nothing else: as soon as they are open the process becomes the user who
// ran sudo (or `--user NAME`), so that the record belongs to that user and a bug can do no harm.

import { execFileSync } from 'node:child_process';
import { StartError } from '../../probe/socket/start-error.js';
import { UsageError } from '../arguments/usage-error.js';

export type Account = { name: string; uid: number; gid: number };

/** 2 ** 32 - 1 stands for "no id" (setuid(2)). */
const HIGHEST_ID = 2 ** 32 - 2;

/**
 * Whom to become, null to stay who we are.
 * @throws UsageError if `--user` names nobody or can't be followed without root, or if sudo's variables make no sense:
 * to stay root then would be the opposite of what is wanted
 */
export const unprivilegedAccount = (user: string | null, env: NodeJS.ProcessEnv): Account | null => {
  const isRoot = process.geteuid?.() === 0;
  if (user !== null) {
    const account = lookUp(user);
    if (!isRoot) throw new UsageError('--user needs root to start from: run it with sudo, or leave --user out');
    return account;
  }
  if (!isRoot) return null;
  if (env['SUDO_UID'] === undefined) return null;
  const [uid, gid] = [idIn(env, 'SUDO_UID'), idIn(env, 'SUDO_GID')];
  return uid === 0 ? null : { name: env['SUDO_USER'] ?? String(uid), uid, gid };
};

const idIn = (env: NodeJS.ProcessEnv, name: 'SUDO_UID' | 'SUDO_GID'): number => {
  const text = env[name] ?? '';
  if (/^\d{1,10}$/.test(text) && Number(text) <= HIGHEST_ID) return Number(text);
  throw new UsageError(
    `${name}=${text} is no id of a ${name === 'SUDO_UID' ? 'user' : 'group'}: unset SUDO_UID, or use --user`,
  );
};

/** Missing from @types/node, there in every POSIX build of Node. */
const posix: NodeJS.Process & { initgroups?: (user: string, extraGroup: number) => void } = process;

/**
 * Becomes `account` for good: groups first, the user last, because it takes the right to do the others away.
 * @throws StartError if that isn't possible
 */
export const dropPrivileges = (account: Account): void => {
  try {
    become(account);
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
    const text = `can't become user ${account.name} (${code})`;
    // Not under `code`: for EPERM the command line would advise sudo, which this is.
    throw new StartError(text, 'ESETUID', 'run it as root without SUDO_UID, or with --user');
  }
};

const become = (account: Account): void => {
  try {
    posix.initgroups?.(account.name, account.gid);
  } catch {
    // SUDO_USER names an account that this machine doesn't know (a container): the one group has to do.
    process.setgroups?.([account.gid]);
  }
  process.setgid?.(account.gid);
  process.setuid?.(account.uid);
};

/** By id(1), which knows every source of accounts (NSS), not just /etc/passwd. */
const lookUp = (name: string): Account => {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, '--', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
    );
    return { name, uid: uid ?? Number.NaN, gid: gid ?? Number.NaN };
  } catch {
    throw new UsageError(`--user ${name}: there is no such user on this machine`);
  }
};
