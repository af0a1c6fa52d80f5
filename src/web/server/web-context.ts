// What the server knows of the run that it shows. The same as a watcher in the observer thread knows.

import type { SessionInfo } from '../../events/session-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { SessionHistory } from '../../history/session-history.js';
import type { RunCommand } from '../../view/run-command.js';
import type { Diagnostics, Progress } from '../../view/run-news.js';
import type { VerdictLog } from '../../view/verdict/verdict-log.js';

export type WebContext = {
  version: string;
  info: SessionInfo;
  /** To be read only. */
  history: SessionHistory;
  verdicts: VerdictLog;
  clock: {
    /** The session timeline. */
    now(): UnixMillis;
    /** Any monotonic clock. */
    elapsed(): Millis;
  };
  command: (command: RunCommand) => void;
};

/** What the run says about itself, as it was told last. */
export type RunState = {
  notice: string | null;
  progress: Progress | null;
  diagnostics: Diagnostics | null;
};
