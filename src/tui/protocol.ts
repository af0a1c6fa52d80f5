// What main thread and screen thread say to each other. Plain data throughout.

import type { PackedEvents } from '../events/event-batch.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { TerminalKind } from './terminal/terminal-kind.js';

export type ScreenMode = 'live' | 'replay';

/** How well the program itself keeps time. Counts are since the start. */
export type Diagnostics = {
  /** How late slots were sent against plan; null before any was. */
  sendLateP50: Millis | null;
  sendLateP99: Millis | null;
  stalls: number;
  longestStall: Millis;
  missedSlots: number;
  /** Times that the kernel's receive buffer was found to have run over. */
  receiveOverruns: number;
  rejected: number;
};

/** How far a record has been loaded. */
export type Progress = {
  /** 0 to 1; null where the length is not known. */
  fraction: number | null;
  text: string;
};

/**
 * What both threads see at once, as 32-bit numbers at these places: not 0 once nothing more may be written, because the
 * terminal is being restored; not 0 once anything was written.
 */
export const sharedFlags = { stop: 0, touched: 1, bytes: 8 } as const;

export type WorkerStart = {
  info: SessionInfo;
  epoch: Millis | null;
  mode: ScreenMode;
  kind: TerminalKind;
  /** The terminal's descriptor, shared with the main thread. */
  fd: number;
  /** Whether the descriptor is one of our own that never blocks. */
  nonBlocking: boolean;
  columns: number;
  rows: number;
  now: UnixMillis;
  shared: SharedArrayBuffer;
};

export type ToScreen =
  | { type: 'start'; start: WorkerStart }
  | { type: 'events'; batch: PackedEvents; now: UnixMillis }
  | { type: 'tick'; now: UnixMillis }
  | { type: 'input'; bytes: Uint8Array }
  | { type: 'resize'; columns: number; rows: number }
  | { type: 'diagnostics'; diagnostics: Diagnostics }
  | { type: 'notice'; text: string | null }
  | { type: 'progress'; progress: Progress | null }
  | { type: 'repaint' };

export type FromScreen = { type: 'quit' } | { type: 'mark'; text: string; at: UnixMillis };
