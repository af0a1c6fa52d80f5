// A terminal that is gone at the end: its window was closed, its tmux pane killed, its ssh cut. Node gives every standard
// descriptor that was a terminal its first settings back when it exits, and aborts with a core dump where that fails
// (EIO; node::ResetStdio, seen with Node 20). A closed descriptor it leaves alone.

import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

const STANDARD = [0, 1, 2];

/** To be called before anything else, while the terminal is certainly there. */
export const exitWithoutTerminal = (): void => {
  const terminals = STANDARD.filter((fd) => isatty(fd));
  process.on('exit', () => {
    for (const fd of terminals) if (!isatty(fd)) closeSync(fd);
  });
};
