// The end of the process. Node joins the threads of libuv's pool when it exits, and waits for ever where one of them hangs
// in a write to a network disk that is gone, or in a lookup (seen with Node 20). Then only a signal ends us.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '../../events/units.js';
import { say } from '../output/say.js';

/** What runs in the pool, as process.getActiveResourcesInfo() calls it. */
const POOL_REQUESTS = new Set(['FSReqCallback', 'FSReqPromise', 'GetAddrInfoReqWrap', 'GetNameInfoReqWrap']);
/** For what has only just begun. */
const PATIENCE: Millis = 300;
const LOOK_EVERY: Millis = 10;

const isPoolBusy = (): boolean => process.getActiveResourcesInfo().some((resource) => POOL_REQUESTS.has(resource));

/** Exits with `status`, or by SIGKILL (a shell's 137) where a thread hangs that would keep us from it. */
export const leave = async (status: number): Promise<never> => {
  const deadline = performance.now() + PATIENCE;
  while (isPoolBusy() && performance.now() < deadline) await sleep(LOOK_EVERY);
  if (isPoolBusy()) {
    say('a disk or a name server hangs: ended without waiting for it');
    process.emit('exit', status);
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(status);
};
