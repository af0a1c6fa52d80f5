// What the line's part on the main thread, which holds the terminal, says to the line. Plain data throughout.

import type { TerminalDescriptor } from '../../tui/terminal/terminal-port.js';

export type LineStart = TerminalDescriptor & {
  columns: number;
  /** See sharedFlags. */
  shared: SharedArrayBuffer;
  colour: boolean;
  unicode: boolean;
};

export type LineMessage = { type: 'resize'; columns: number } | { type: 'repaint' };
