// How children are started: without anything of ours. What a child gets it can be robbed of, because its memory and its
// descriptors belong to the user that we became, while ours don't: a process that was root is closed to that user
// (dumpable, prctl(2)), until exec opens it again. So a child must have no socket of ours and no capability.

import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { closeOnExec } from '../socket/socket-ioctl.js';

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
 * The command line that starts `command` without the capabilities of `numbers`. By number and one by one: setpriv refuses
 * "-all" where the kernel knows more of them than its library.
 */
export const withoutCapabilities = (
  numbers: readonly number[],
  command: string,
  args: readonly string[],
): { command: string; args: readonly string[] } => {
  if (numbers.length === 0) return { command, args };
  const dropped = numbers.map((number) => `-cap_${number}`).join(',');
  return {
    command: 'setpriv',
    args: [`--inh-caps=${dropped}`, `--ambient-caps=${dropped}`, '--', command, ...args],
  };
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
 * Like spawn(), but the child gets no capability of ours, no descriptor but those of `options.stdio`, and no NODE_OPTIONS,
 * which might open a debugger in it. Where setpriv(1) is needed and not there, the child emits 'error' with ENOENT.
 * @throws Error where children are refused; ask `childrenRefused` first
 */
export const startChild = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
  if (refusal !== null) throw new Error(refusal);
  const start = withoutCapabilities(inheritedCapabilities(ownStatus()), command, args);
  const env = { ...(options.env ?? process.env), NODE_OPTIONS: undefined };
  return spawn(start.command, [...start.args], { ...options, env });
};
