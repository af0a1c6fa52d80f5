// What the screen's part on the main thread, which holds the terminal, says to the screen. Plain data throughout.

import type { Millis } from '../../events/units.js';
import type { Page } from '../../tui/input/view-state.js';
import type { ScreenMode } from '../../tui/pages/shared/view-context.js';
import type { OwnColours, ThemeName } from '../../view/theme/palette.js';
import type { TerminalKind } from '../../tui/terminal/terminal-kind.js';

export type ScreenStart = {
  epoch: Millis | null;
  page: Page;
  mode: ScreenMode;
  kind: TerminalKind;
  theme: ThemeName;
  colours: OwnColours;
  mouse: boolean;
  /** Whether the terminal has a title that it takes from us. */
  title: boolean;
  /** The terminal's descriptor, shared with the main thread. */
  fd: number;
  /** Whether the descriptor is one of our own that never blocks. */
  nonBlocking: boolean;
  columns: number;
  rows: number;
  /** See sharedFlags. */
  shared: SharedArrayBuffer;
};

export type ScreenMessage =
  | { type: 'input'; bytes: Uint8Array }
  | { type: 'resize'; columns: number; rows: number }
  | { type: 'theme'; theme: ThemeName }
  /** `entering`: the terminal is as it was before the screen was opened. */
  | { type: 'repaint'; entering: boolean };
