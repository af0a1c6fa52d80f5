// The observer thread: wires the messages of the main thread to the host. It runs at normal priority even where the main
// thread, which probes, has been raised.

import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { ObserverHost } from './observer-host.js';
import type { ToObserver } from './protocol.js';
import { WATCHERS } from './watchers.js';
import type { WatcherName } from './watchers.js';

const normalPriority = (): void => {
  // On Linux, setpriority(2) with 0 means the calling thread, whatever POSIX says; elsewhere it is the process.
  if (process.platform !== 'linux') return;
  try {
    if (getPriority(0) < constants.priority.PRIORITY_NORMAL) setPriority(0, constants.priority.PRIORITY_NORMAL);
  } catch {
    // Not allowed: then it wasn't raised by us.
  }
};

normalPriority();
const host = new ObserverHost(
  WATCHERS,
  () => performance.now(),
  (message) => parentPort?.postMessage(message),
);
parentPort?.on('message', (message: ToObserver) => host.receive(message));
// What will be wanted is loaded while the main thread is still busy with its own beginning.
for (const name of workerData as readonly WatcherName[]) void WATCHERS[name]();
