// What main thread and observer thread say to each other. Plain data throughout.

import type { PackedEvents } from '../events/event-batch.js';
import type { SessionInfo } from '../events/session-info.js';
import type { UnixMillis } from '../events/units.js';
import type { RunCommand } from '../view/run-command.js';
import type { RunNews } from '../view/run-news.js';
import type { WatcherName, WatcherTypes } from './watchers.js';
import type { WebNews } from './web/protocol.js';

/** Starts a watcher, for each name with what that one needs. */
export type WatchRequest = {
  [Name in WatcherName]: { type: 'watch'; watcher: Name; options: WatcherTypes[Name]['options'] };
}[WatcherName];

/** For one watcher. */
export type WatcherMessage = {
  [Name in WatcherName]: { type: 'message'; watcher: Name; message: WatcherTypes[Name]['message'] };
}[WatcherName];

export type ToObserver =
  /** The first message; whatever comes before it is of no session. */
  | { type: 'start'; info: SessionInfo; now: UnixMillis }
  | WatchRequest
  /** Time has passed; the events since the last message, if there were any. */
  | { type: 'tick'; now: UnixMillis; batch: PackedEvents | null }
  /** More events than should wait for the next tick. */
  | { type: 'events'; batch: PackedEvents }
  | { type: 'news'; news: RunNews }
  | WatcherMessage
  | { type: 'close' };

export type FromObserver =
  | { type: 'command'; command: RunCommand }
  | { type: 'trouble'; watcher: WatcherName; message: string | null }
  | { type: 'web'; news: WebNews }
  /** Every watcher has closed. */
  | { type: 'closed' };
