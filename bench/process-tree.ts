// CPU time and memory of a process and all its descendants, from /proc (proc(5)).

import { readFileSync, readdirSync } from 'node:fs';

type ProcessStat = { pid: number; parent: number; zombie: boolean; ticks: number };

/** sysconf(_SC_CLK_TCK), 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

const readStat = (pid: number): ProcessStat | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, field 2, may hold spaces and brackets; fields count from the last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const field = (n: number): number => Number(fields[n - 3]);
    return { pid, parent: field(4), zombie: fields[0] === 'Z', ticks: field(14) + field(15) + field(16) + field(17) };
  } catch {
    return null;
  }
};

const tree = (root: number): ProcessStat[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
  const members = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { pid, parent } of all) {
      if (members.has(parent) && !members.has(pid)) {
        members.add(pid);
        grown = true;
      }
    }
  }
  return all.filter(({ pid }) => members.has(pid));
};

/** A process that has ended but was not collected by its parent (tmux misses one now and then) has ended. */
export const hasEnded = (pid: number): boolean => readStat(pid)?.zombie ?? true;

/** Seconds of CPU used so far: user and system, children that have ended included. */
export const cpuSeconds = (root: number): number =>
  tree(root).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;

/** Resident memory in MiB. */
export const residentMiB = (root: number): number =>
  tree(root).reduce((sum, { pid }) => {
    try {
      return sum + Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      return sum;
    }
  }, 0) / 1024;
