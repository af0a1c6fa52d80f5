// A live run that somebody looks at: the observer, and in it whoever was asked for.

import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { Observer } from '../observer/observer.js';
import type { PreparedObserver } from '../observer/prepared-observer.js';
import { openLine } from '../observer/line/line.js';
import { openScreen } from '../observer/screen/screen.js';
import type { WebNews } from '../observer/web/protocol.js';
import type { ProberDiagnostics } from '../probe/diagnostics.js';
import type { RunCommand } from '../view/run-command.js';
import type { Diagnostics, KeptPrivileges } from '../view/run-news.js';
import type { LiveOptions } from './arguments/live-arguments.js';
import { keptPrivileges } from './process/privileges.js';
import type { RunEnd } from './process/run-end.js';

/** How often the prober's account of itself goes to whoever shows it. */
const DIAGNOSE_EVERY: Millis = 1000;

export type ObservedRun = {
  info: SessionInfo;
  now: () => UnixMillis;
  prepared: PreparedObserver | null;
  end: RunEnd;
  onCommand: (command: RunCommand) => void;
  onTrouble: (watcher: string, message: string | null) => void;
  onWeb: (news: WebNews) => void;
};

export const observerOf = ({ end, ...run }: ObservedRun): Observer =>
  new Observer({ ...run, onCrash: (error) => end.end({ why: 'crash', error }) });

/** Takes the terminal over. */
export const drawOn = (observer: Observer, view: 'screen' | 'line', options: LiveOptions, end: RunEnd): void => {
  const { stdin, stdout, env } = process;
  const onHangup = (): void => end.end({ why: 'reader gone' });
  const { epoch, ascii, theme, colours, mouse } = options;
  const terminal = { stdin, stdinFd: stdin.fd, stdout, env, ascii, onHangup };
  if (view === 'screen') {
    openScreen(observer, {
      ...terminal,
      epoch,
      mode: 'live',
      page: options.pathFirst ? 'path' : 'wall',
      theme,
      colours,
      mouse,
    });
  } else openLine(observer, { ...terminal, onQuit: () => end.end({ why: 'quit', picture: null }) });
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
