// What the web watcher is started with, and what it says of where it listens. Plain data throughout.

import type { Listening } from '../../web/server/http/host-check.js';
import type { WebOptions } from '../../web/server/web-server.js';

export type WebStart = WebOptions & { version: string };

/** What comes after it is of this run, not read from a record. */
export type WebMessage = { type: 'begin' };

export type WebNews =
  | { type: 'listening'; places: Listening[] }
  /** Somebody has opened the page with its URL, for the first time. */
  | { type: 'opened' }
  /** It can't listen there, or can't read its files: one line for the user. */
  | { type: 'refused'; message: string };
