// Writes a status file once a second, for status bars and scripts. A reader never sees half of one: it is written beside
// the file and renamed over it. It stops being written where the thread that probes has stopped, so it tells by its age.

import type { Millis } from '../../events/units.js';
import { codeOf } from '../../events/error-code.js';
import type { StartWatcher } from '../watcher.js';
import { statusOf } from './status-document.js';
import { removeStatusFile, writeStatusFile } from './status-file.js';

export type StatusStart = { path: string };

const WRITE_EVERY: Millis = 1000;

export const start: StartWatcher<StatusStart> = ({ history, verdicts, clock, trouble }, { path }) => {
  let dueAt = clock.elapsed();
  let wrong: string | null = null;
  const write = (): void => {
    const former = wrong;
    try {
      const document = statusOf(history, verdicts.verdict, clock.now(), process.pid, verdicts.quality);
      writeStatusFile(path, `${JSON.stringify(document)}\n`);
      wrong = null;
    } catch (error) {
      wrong = `the status file ${path} can't be written (${codeOf(error)}), still trying`;
    }
    if (wrong !== former) trouble(wrong);
  };
  const tick = (): void => {
    const now = clock.elapsed();
    if (now < dueAt) return;
    // Not a burst of them after a pause.
    dueAt = Math.max(dueAt + WRITE_EVERY, now);
    write();
  };
  tick();
  return { tick, close: () => removeStatusFile(path) };
};
