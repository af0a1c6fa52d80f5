// The second way to give root up (docs/security.md, Privileges), for bin/pingem: what setpriv(1) is to be told so that it
// becomes the user who ran sudo, or `--user NAME`, and keeps the right to open raw sockets, which nothing but a
// capability that survives exec can be: an ambient one (capabilities(7)).

import { execFileSync } from 'node:child_process';
import { nodeRefusesUsers, unprivilegedAccount } from '../process/privileges.js';
import type { Account } from '../process/privileges.js';

/** NAME of `--user NAME` or `--user=NAME`, the last one, as yargs has it; null without. */
export const userOption = (argv: readonly string[]): string | null => {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  let name: string | null = null;
  for (const [index, word] of words.entries()) {
    if (word === '--user') name = words[index + 1] ?? null;
    else if (word.startsWith('--user=')) name = word.slice('--user='.length);
  }
  return name;
};

/** For an account that the machine knows, or, in a container, doesn't. */
export const setprivArguments = ({ uid, gid }: Account, isKnown: boolean): readonly string[] => [
  `--reuid=${uid}`,
  `--regid=${gid}`,
  isKnown ? '--init-groups' : `--groups=${gid}`,
  '--inh-caps=+net_raw',
  '--ambient-caps=+net_raw',
];

const succeeds = (command: string, args: readonly string[]): boolean => {
  try {
    execFileSync(command, [...args], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** One line for the shell; empty where Node can do it by itself, nobody is to be become, or there is no setpriv. */
export const secondWay = (argv: readonly string[], env: NodeJS.ProcessEnv): string => {
  if (!nodeRefusesUsers()) return '';
  // Under sudo the environment chooses nobody (cli/config/load-config.ts).
  const user = userOption(argv) ?? (env['SUDO_UID'] === undefined ? (env['PINGEM_USER'] ?? null) : null);
  const account = unprivilegedAccount(user, env);
  if (account === null || !succeeds('setpriv', ['--version'])) return '';
  return setprivArguments(account, succeeds('id', ['-nu', '--', String(account.uid)])).join(' ');
};
