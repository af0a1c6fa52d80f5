// Whatever ends a run of the tests or the bench, SIGKILL included, its processes, namespaces and files go with it. A small
// process of its own waits for the run's end and then clears away (janitor-program.ts): every descendant of the run is
// known by an environment variable that it inherits, every file lies in the run's folder for temporary ones.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { supportProgram } from './responder-client.js';

/** The variable that marks the descendants of a run. */
export const RUN_VARIABLE = 'PINGEM_RUN';

/** To be called once, before the run starts anything. Returns what to call when it is over; not calling it does no harm. */
export const startJanitor = (): (() => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-run-'));
  // The tests drop privileges, and keep files here all the same.
  chmodSync(folder, 0o711);
  // Detached, so that a terminal's Ctrl-C passes it by; it learns of the end of the run by that of its stdin.
  const janitor = spawn(process.execPath, [supportProgram('janitor-program'), folder], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
    env: { PATH: process.env['PATH'] },
  });
  const ended = once(janitor, 'exit');
  janitor.unref();
  // The folder's name is the mark: no other run has it.
  process.env[RUN_VARIABLE] = folder;
  process.env['TMPDIR'] = folder;
  process.env['TMUX_TMPDIR'] = folder;
  return async () => {
    janitor.ref();
    janitor.stdin.end();
    await ended;
  };
};
