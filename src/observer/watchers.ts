// The watchers that there are, and which module has each. A watcher's module is loaded only where it is wanted: what
// the screen is made of takes a tenth of a second and 20 MiB.

import type { LineMessage, LineStart } from './line/protocol.js';
import type { ScreenMessage, ScreenStart } from './screen/protocol.js';
import type { StatusStart } from './status/status-watcher.js';
import type { StartWatcher } from './watcher.js';
import type { WebMessage, WebStart } from './web/protocol.js';

/** By name: what each is started with, and what it can be sent. */
export type WatcherTypes = {
  screen: { options: ScreenStart; message: ScreenMessage };
  line: { options: LineStart; message: LineMessage };
  status: { options: StatusStart; message: never };
  web: { options: WebStart; message: WebMessage };
};

export type WatcherName = keyof WatcherTypes;

export type WatcherModules = {
  readonly [Name in WatcherName]: () => Promise<{
    start: StartWatcher<WatcherTypes[Name]['options'], WatcherTypes[Name]['message']>;
  }>;
};

export const WATCHERS: WatcherModules = {
  screen: () => import('./screen/screen-watcher.js'),
  line: () => import('./line/line-watcher.js'),
  status: () => import('./status/status-watcher.js'),
  web: () => import('./web/web-watcher.js'),
};
