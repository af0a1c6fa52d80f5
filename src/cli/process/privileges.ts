// Root is needed to open raw sockets, and for nothing else: as soon as they are open the process becomes the user who
// ran sudo (or `--user NAME`), so that the record belongs to that user and a bug can do no harm. Where Node refuses to
// change users, bin/pingem has done it by setpriv(1) before Node started (docs/security.md, Privileges).

import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StartError } from '../../probe/socket/start-error.js';
import type { KeptPrivileges } from '../../view/run-news.js';
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
    if (account.uid === process.geteuid?.()) return null;
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
 * Whether this Node refuses to change users, because a shared libuv, or UV_USE_IO_URING, might let io_uring go on as the
 * user before (CVE-2024-22017). To be asked as root; it sets the groups that are set already.
 */
export const nodeRefusesUsers = (): boolean => {
  try {
    process.setgroups?.(process.getgroups?.() ?? []);
    return false;
  } catch (error) {
    return isRefusal(error);
  }
};

/** The kernel's own errors name a system call. */
const isRefusal = (error: unknown): boolean => !(error instanceof Error && 'syscall' in error);

/**
 * Becomes `account` for good: groups first, the user last, because it takes the right to do the others away.
 * @throws StartError if Node or the kernel doesn't let it
 */
export const dropPrivileges = (account: Account): void => {
  try {
    takeGroups(account);
    process.setgid?.(account.gid);
    process.setuid?.(account.uid);
  } catch (error) {
    throw refusedToBecome(account, error);
  }
};

/** Where the program is, from dist/cli/process. */
const programFolder = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/**
 * Threads read the program's files when they need them, as the user that we are by then.
 * @throws StartError if that user can't, as in a checkout below /root
 */
export const refuseUnreadable = ({ name }: Account): void => {
  try {
    accessSync(import.meta.filename, constants.R_OK);
  } catch {
    throw new StartError(
      `${name} may not read ${programFolder}, from where screen, page and status file are loaded once pingem is ${name}`,
      'ESETUID',
      'move it to where everybody may read it, or stay root with --user root',
    );
  }
};

const refusedToBecome = ({ name }: Account, error: unknown): StartError => {
  if (isRefusal(error)) {
    return new StartError(
      `this Node refuses to become ${name} (CVE-2024-22017)`,
      'ESETUID',
      'start it as bin/pingem with setpriv (util-linux) in the PATH, or stay root by --user root',
    );
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
  // Not under `code`: for EPERM the command line would advise sudo, which this is.
  return new StartError(
    `can't become user ${name} (${code})`,
    'ESETUID',
    'run it as root without SUDO_UID, or with --user',
  );
};

const takeGroups = ({ name, gid }: Account): void => {
  try {
    posix.initgroups?.(name, gid);
  } catch {
    // SUDO_USER names an account that this machine doesn't know (a container): the one group has to do.
    process.setgroups?.([gid]);
  }
};

/**
 * What `use` returns when everything that it opens is opened with `account`'s rights: its effective user and groups are
 * those of the process meanwhile, in every thread, and the kernel lends no capability to them (capabilities(7)).
 * `account` null: as who we are.
 * @throws StartError if Node or the kernel doesn't let it
 */
export const actingAs = <Result>(account: Account | null, use: () => Result): Result => {
  if (account === null) return use();
  const groups = process.getgroups?.() ?? [];
  const gid = process.getegid?.() ?? 0;
  try {
    takeGroups(account);
    process.setegid?.(account.gid);
    process.seteuid?.(account.uid);
  } catch (error) {
    throw refusedToBecome(account, error);
  }
  try {
    return use();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(gid);
    process.setgroups?.(groups);
  }
};

/** What this process can still do that its user can't, for `i`. Without /proc (not Linux) only root is known. */
export const keptPrivileges = (): KeptPrivileges => {
  if (process.geteuid?.() === 0) return 'root';
  try {
    const status = readFileSync('/proc/self/status', 'latin1');
    return /^CapPrm:\s*0+$/m.test(status) ? null : 'CAP_NET_RAW';
  } catch {
    return null;
  }
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
