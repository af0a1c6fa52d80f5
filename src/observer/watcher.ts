// Whoever watches a session from the observer thread: reads its history, and is told how time passes there.

import type { SessionHistory } from '../history/session-history.js';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { RunCommand } from '../view/run-command.js';
import type { RunNews } from '../view/run-news.js';
import type { VerdictLog } from '../view/verdict/verdict-log.js';
import type { WebNews } from './web/protocol.js';

export type WatchClock = {
  /** The session timeline. */
  now(): UnixMillis;
  /** Any monotonic clock, to measure spans of time. */
  elapsed(): Millis;
};

export type WatchContext = {
  info: SessionInfo;
  /** To be read only: it is shared with the other watchers. */
  history: SessionHistory;
  /** Whose fault it is and was. To be read only, too. */
  verdicts: VerdictLog;
  clock: WatchClock;
  /** Asks something of the run on behalf of its user. */
  command: (command: RunCommand) => void;
  /** What keeps the watcher from its work, for the user to see; null when it works again. */
  trouble: (message: string | null) => void;
  /** Of a server: where it listens, or why it can't. */
  tell: (news: WebNews) => void;
};

/** Each method is called only where it is there. None may wait: the other watchers do as long. */
export type Watcher<Message = never> = {
  /** The events up to now are in the history. Called every quarter of a second while the thread that probes runs. */
  tick?: () => void;
  /** It is in the history already. There may be a million a second, while a record is read. */
  event?: (event: ProbeEvent) => void;
  news?: (news: RunNews) => void;
  /** From the watcher's part on the main thread, if it has one. */
  message?: (message: Message) => void;
  /** The session is over; the thread ends soon after, whether this has returned or not. */
  close?: () => void | Promise<void>;
};

/** What a watcher's module exports as `start`. `Options` and `Message` cross threads, so they are plain data. */
export type StartWatcher<Options, Message = never> = (context: WatchContext, options: Options) => Watcher<Message>;
