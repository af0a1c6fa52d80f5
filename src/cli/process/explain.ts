// One line for an error that is the user's to mend: what was wrong, and what to type.

import { dirname, relative } from 'node:path';
import { join } from 'shlex';
import type { UserError } from './user-error.js';

/** Where every sudo finds programs by itself (sudoers(5), secure_path); Debian's no longer looks below /usr/local. */
const SUDO_FINDS = ['/usr/sbin/', '/usr/bin/', '/sbin/', '/bin/'];

export const explain = (error: UserError, argv: readonly string[]): string => {
  if (error.code === 'EPERM' || error.code === 'EACCES') {
    const entry = process.argv[1] ?? 'pingem';
    // A package that brings its own Node has it beside the entry.
    const node = dirname(process.execPath) === dirname(entry) ? null : process.execPath;
    return `${error.message}; type: ${sudoCommand(argv, process.env['PINGEM_COMMAND'] ?? entry, node)}`;
  }
  return error.hint === undefined || error.hint === null ? error.message : `${error.message}: ${error.hint}`;
};

/**
 * The command line to type instead, for the program that was started as `command`. sudo doesn't search the user's PATH:
 * for a Node of the user's own, it is told to. `node` is null where the package brings its own.
 */
export const sudoCommand = (argv: readonly string[], command: string, node: string | null): string => {
  const findsNode =
    node === null || dirname(node) === dirname(command) || SUDO_FINDS.some((folder) => node.startsWith(folder));
  const installed = SUDO_FINDS.some((folder) => command === `${folder}pingem`);
  const path = relative(process.cwd(), command);
  const near = path.startsWith('..') ? command : path;
  const program = installed ? 'pingem' : near.includes('/') ? near : `./${near}`;
  return `sudo ${findsNode ? '' : 'env "PATH=$PATH" '}${join([program, ...argv])}`;
};
