// Other processes, by what /proc says of them (proc(5)), and who may become whom on this machine.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pingemProgram } from './pingem-run.js';

/** nobody, on every Debian. */
export const NOBODY = 65_534;

/**
 * One that is dead but for a parent that doesn't ask for its end isn't: the first process of a container may leave
 * whoever it inherits so.
 */
export const isRunning = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

/** Whether that process is the Node that resolves names: before, it is setpriv(1) and nice(1), which name it as well. */
export const isLookupNode = (pid: number): boolean => {
  const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return /(^|\/)node$/.test(program) && args.some((word) => word.endsWith('/lookup-child.js'));
};

const said = (why: string): boolean => {
  process.stderr.write(`SKIPPED: ${why}\n`);
  return true;
};

const isRoot = process.getuid?.() === 0;

/** Why this Node can't become another user by itself: Debian 13's is so. bin/pingem goes another way (second-way.test.ts). */
export const nodeStaysRoot =
  isRoot &&
  spawnSync(process.execPath, ['-e', 'process.setgroups(process.getgroups())']).status !== 0 &&
  said('this Node refuses to change users, so that what becomes of it afterwards is not tested');

/** Whether nobody is kept from reading the checkout, as below /root. */
export const isUnreadable =
  isRoot &&
  spawnSync('setpriv', ['--reuid', String(NOBODY), '--clear-groups', 'test', '-r', pingemProgram]).status === 1 &&
  said('nobody may not read this checkout, so that what is started as nobody is not tested');
