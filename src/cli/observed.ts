// A live run that somebody looks at: the observer, and in it whoever was asked for.

import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { Observer } from '../observer/observer.js';
import type { PreparedObserver } from '../observer/prepared-observer.js';
import { openScreen } from '../observer/screen/screen.js';
import type { ProberDiagnostics } from '../probe/diagnostics.js';
import type { RunCommand } from '../view/run-command.js';
import type { Diagnostics, KeptPrivileges } from '../view/run-news.js';
import type { LiveOptions } from './arguments/live-arguments.js';
import { keptPrivileges } from './process/privileges.js';
import type { RunEnd } from './process/run-end.js';

/** How often the prober's account of itself goes to the screen. */
const DIAGNOSE_EVERY: Millis = 1000;

export type ObservedRun = {
  options: LiveOptions;
  info: SessionInfo;
  now: () => UnixMillis;
  prepared: PreparedObserver | null;
  end: RunEnd;
  screen: boolean;
  /** Where to write a status file, null for nowhere. */
  statusPath: string | null;
  onCommand: (command: RunCommand) => void;
  onTrouble: (watcher: string, message: string | null) => void;
};

export const observe = (run: ObservedRun): Observer => {
  const { options, info, now, prepared, end, screen, statusPath, onCommand, onTrouble } = run;
  const onCrash = (error: Error): void => end.end({ why: 'crash', error });
  const observer = new Observer({ info, now, prepared, onCommand, onTrouble, onCrash });
  if (screen) {
    openScreen(observer, {
      epoch: options.epoch,
      mode: 'live',
      stdin: process.stdin,
      stdout: process.stdout,
      env: process.env,
      ascii: options.ascii,
      onHangup: () => end.end({ why: 'reader gone' }),
    });
  }
  if (statusPath !== null) observer.watch({ type: 'watch', watcher: 'status', options: { path: statusPath } });
  return observer;
};

/** Until the process ends; after the observer has closed it does nothing. */
export const reportDiagnostics = (observer: Observer, diagnostics: () => ProberDiagnostics): void => {
  const privileges = keptPrivileges();
  setInterval(() => {
    observer.news({ type: 'diagnostics', diagnostics: shown(diagnostics(), privileges) });
  }, DIAGNOSE_EVERY);
};

const shown = (diagnostics: ProberDiagnostics, privileges: KeptPrivileges): Diagnostics => ({
  sendLateP50: diagnostics.latenessP50,
  sendLateP99: diagnostics.latenessP99,
  stalls: diagnostics.stalls,
  longestStall: diagnostics.longestStall,
  missedSlots: diagnostics.missedSlots,
  receiveOverruns: diagnostics.overruns ?? 0,
  receiveBufferBytes: diagnostics.receiveBufferBytes,
  privileges,
  rejected: diagnostics.rejected,
});
