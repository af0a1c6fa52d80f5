// One line for an error that is the user's to mend: what was wrong, and what to type.

import { relative } from 'node:path';
import { join } from 'shlex';
import type { UserError } from './user-error.js';

/** Where sudo finds programs by itself (sudoers(5), secure_path). */
const SUDO_FINDS = ['/usr/local/sbin/', '/usr/local/bin/', '/usr/sbin/', '/usr/bin/', '/sbin/', '/bin/'];

export const explain = (error: UserError, argv: readonly string[]): string => {
  if (error.code === 'EPERM' || error.code === 'EACCES') {
    return `${error.message}; type: ${sudoCommand(argv, process.argv[1] ?? 'pingem', process.execPath)}`;
  }
  return error.hint === undefined || error.hint === null ? error.message : `${error.message}: ${error.hint}`;
};

/** The command line to type instead. sudo doesn't search the user's PATH, so a Node of the user's own is spelt out. */
export const sudoCommand = (argv: readonly string[], script: string, node: string): string => {
  const findsNode = SUDO_FINDS.some((folder) => node.startsWith(folder));
  const installed = SUDO_FINDS.some((folder) => script === `${folder}pingem`);
  const path = relative(process.cwd(), script);
  const near = path.startsWith('..') ? script : path;
  const program = installed ? ['pingem'] : [near.includes('/') ? near : `./${near}`];
  return `sudo ${join([...(findsNode ? [] : [node]), ...program, ...argv])}`;
};
