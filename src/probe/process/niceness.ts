// The prober's niceness (sched(7)) is its thread's alone. On Linux it is a thread's, and both threads and processes begin
// with that of the thread that starts them: whatever the main thread starts has to be put back to normal.

import { readdirSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

const NORMAL = constants.priority.PRIORITY_NORMAL;

/** Of this process's threads but for `spared` (its id; the main thread's is the process's), those that were raised. */
export const lowerThreads = (spared: number | null): void => {
  let threads: readonly number[];
  try {
    threads = readdirSync('/proc/self/task').map(Number);
  } catch {
    // Not Linux: there the niceness is the process's.
    return;
  }
  for (const thread of threads) {
    if (thread === spared) continue;
    try {
      if (getPriority(thread) < NORMAL) setPriority(thread, NORMAL);
    } catch {
      // Ended since the directory was read.
    }
  }
};
