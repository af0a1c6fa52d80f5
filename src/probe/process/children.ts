// How children are started: without anything of ours. What a child gets it can be robbed of, because its memory and its
// descriptors belong to the user that we became, while ours don't: a process that was root is closed to that user
// (dumpable, prctl(2)), until exec opens it again. So a child must have no socket of ours, no capability and no priority.

import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { closeOnExec } from '../socket/socket-ioctl.js';

/** Of our environment, which may be root's and hold secrets: what programs are found by, and what the resolver heeds. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'LOCALDOMAIN', 'RES_OPTIONS', 'HOSTALIASES'];

const passedOn = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(PASSED_ON.map((name) => [name, env[name]]).filter(([, value]) => value !== undefined));

/** The environment of a child, where it is to get more than that. */
export const ordinaryEnvironment = (): NodeJS.ProcessEnv => passedOn(process.env);

let refusal: string | null = null;

/** From now on no child is started, because it would inherit what it must not have. */
export const refuseChildren = (reason: string): void => {
  refusal = reason;
};

/** Why no child may be started, null while all is well. */
export const childrenRefused = (): string | null => refusal;

/**
 * What we were started with beyond stdin, stdout and stderr is not passed on to a child: somebody may have opened it as
 * root. Node does the same at its start, but gives up after 16 unused numbers in a row. To be called as root, because
 * /proc/self/fd is closed to the user that we become.
 */
export const keepInheritedDescriptors = (): void => {
  let names: string[];
  try {
    names = readdirSync('/proc/self/fd');
  } catch {
    return;
  }
  for (const fd of names.map(Number)) if (fd > 2) closeOnExec(fd);
};

/** Numbers of the capabilities that a child would keep, from the text of /proc/self/status (capabilities(7)). */
export const inheritedCapabilities = (status: string): number[] => {
  const sets = ['CapInh', 'CapAmb'].map((name) => new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1]);
  const mask = sets.reduce((all, hex) => all | BigInt(`0x${hex ?? '0'}`), 0n);
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((mask >> BigInt(bit)) & 1n) === 1n);
};

/**
 * Whether a process with this text of /proc/self/status has capabilities without being root: a child that runs the same
 * file would have them again, where they are the file's (setcap(8)).
 */
export const mayRegain = (status: string): boolean =>
  !/^Uid:\s+\d+\s+0\s/m.test(status) && /^CapPrm:\s*0*[1-9a-f]/m.test(status);

export type OwnPrivileges = {
  /** Numbers of the capabilities that a child would keep. */
  capabilities: readonly number[];
  /** Whether a child could have capabilities from the file that it runs. */
  regains: boolean;
  /** Of this thread; below 0 is a privilege. */
  niceness: number;
};

/**
 * The words that start `command` without any of `own`. Capabilities by number and one by one: setpriv refuses "-all" where
 * the kernel knows more of them than its library.
 */
export const withoutPrivileges = (own: OwnPrivileges, command: readonly string[]): readonly string[] => {
  const dropped = own.capabilities.map((number) => `-cap_${number}`).join(',');
  const changes = [
    ...(own.regains ? ['--no-new-privs'] : []),
    ...(dropped === '' ? [] : [`--inh-caps=${dropped}`, `--ambient-caps=${dropped}`]),
  ];
  const setpriv = changes.length === 0 ? [] : ['setpriv', ...changes, '--'];
  const nice = own.niceness >= 0 ? [] : ['nice', '-n', String(-own.niceness), '--'];
  return [...nice, ...setpriv, ...command];
};

const ownStatus = (): string => {
  try {
    return readFileSync('/proc/self/status', 'latin1');
  } catch {
    // Not Linux: no capabilities.
    return '';
  }
};

/**
 * Like spawn(), but the child gets no capability and no priority of ours and no descriptor but those of `options.stdio`. Unless
 * told otherwise it starts in the root folder, because /proc/PID/cwd leads to ours past folders that are closed, and
 * with a few variables only (no NODE_OPTIONS: it might open a debugger). Where nice(1) or setpriv(1) is needed and not
 * there, it ends at once.
 * @throws Error where children are refused; ask `childrenRefused` first
 */
export const startChild = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
  if (refusal !== null) throw new Error(refusal);
  const status = ownStatus();
  const own = { capabilities: inheritedCapabilities(status), regains: mayRegain(status), niceness: getPriority() };
  const [program = command, ...words] = withoutPrivileges(own, [command, ...args]);
  return spawn(program, words, { cwd: '/', env: passedOn(process.env), ...options });
};
