// Root is needed to open raw sockets, and for nothing else: as soon as they are open the process becomes the user who
// ran sudo (or `--user NAME`), so that the record belongs to that user and a bug can do no harm.

import { execFileSync } from 'node:child_process';
import { UsageError } from '../arguments/usage-error.js';

export type Account = { name: string; uid: number; gid: number };

/**
 * Whom to become, null to stay who we are.
 * @throws UsageError if `--user` names nobody, or can't be followed without root
 */
export const unprivilegedAccount = (user: string | null, env: NodeJS.ProcessEnv): Account | null => {
  const isRoot = process.geteuid?.() === 0;
  if (user !== null) {
    const account = lookUp(user);
    if (!isRoot) throw new UsageError('--user needs root to start from: run it with sudo, or leave --user out');
    return account;
  }
  if (!isRoot) return null;
  const [uid, gid] = [env['SUDO_UID'], env['SUDO_GID']].map((text) => (text === undefined ? Number.NaN : Number(text)));
  if (uid === undefined || gid === undefined || !Number.isInteger(uid) || !Number.isInteger(gid)) return null;
  return uid === 0 ? null : { name: env['SUDO_USER'] ?? String(uid), uid, gid };
};

/** Missing from @types/node, there in every POSIX build of Node. */
const posix: NodeJS.Process & { initgroups?: (user: string, extraGroup: number) => void } = process;

/** Becomes `account` for good: groups first, the user last, because it takes the right to do the others away. */
export const dropPrivileges = (account: Account): void => {
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
