// What the screen is given: a session to look at, a terminal to draw on, and time.

import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { SessionHistory } from '../history/session-history.js';
import type { RunCommand } from '../view/run-command.js';
import type { VerdictLog } from '../view/verdict/verdict-log.js';
import type { OwnColours, ThemeName } from '../view/theme/palette.js';
import type { Zone } from '../view/wall-clock.js';
import type { Delay } from './input/terminal-input.js';
import type { Page } from './input/view-state.js';
import type { Size } from './pages/wall/layout.js';
import type { ScreenMode } from './pages/shared/view-context.js';
import type { FrameWriter } from './terminal/frame-writer.js';
import type { TerminalKind } from './terminal/terminal-kind.js';

export type AppClock = {
  /** The session timeline. */
  now(): UnixMillis;
  /** Any monotonic clock, to measure frames. */
  elapsed(): Millis;
};

export type AppOptions = {
  info: SessionInfo;
  /** Grows while the screen looks at it. */
  history: SessionHistory;
  /** Grows as well. */
  verdicts: VerdictLog;
  /** Width of a column to begin with; null: what fills the screen. */
  epoch: Millis | null;
  /** To begin with; the wall where it is left out. */
  page?: Page;
  mode: ScreenMode;
  kind: TerminalKind;
  /** To begin with; see `setTheme`. */
  theme: ThemeName;
  /** Instead of the theme's, where the terminal has 256. */
  colours: OwnColours;
  /** Whether the mouse is listened to. */
  mouse: boolean;
  size: Size;
  zone: Zone;
  writer: Pick<FrameWriter, 'write' | 'busy'>;
  clock: AppClock;
  delay: Delay;
  onCommand: (command: RunCommand) => void;
};
