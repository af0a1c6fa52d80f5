// What puts a terminal back as it was, whatever state a half-written frame has left it in. xterm's control sequences;
// a terminal that doesn't know one ignores it.

import { restoreTitle } from './title.js';

const ESCAPE = '\u001b';

export const restoreSequence: string = [
  // A string command that was cut off is ended by this, and a sequence that was cut off by the escape itself.
  `${ESCAPE}\\`,
  // Attributes, character set, scroll region.
  `${ESCAPE}[0m`,
  `${ESCAPE}(B\u000f`,
  `${ESCAPE}[r`,
  // Keypad and cursor keys as usual, mouse and bracketed paste off.
  `${ESCAPE}[?1l${ESCAPE}>`,
  `${ESCAPE}[?1000l${ESCAPE}[?1002l${ESCAPE}[?1003l${ESCAPE}[?1006l${ESCAPE}[?2004l`,
  // Cleared: a terminal that has no alternate screen would keep the picture under what is printed next.
  `${ESCAPE}[H${ESCAPE}[2J`,
  restoreTitle,
  // The cursor, then the normal screen with the cursor where it was.
  `${ESCAPE}[?25h`,
  `${ESCAPE}[?1049l`,
].join('');

/** The same for a terminal of which only the row with the cursor was drawn on: that is empty again. */
export const eraseLineSequence = `${ESCAPE}\\${ESCAPE}[0m\r${ESCAPE}[J${ESCAPE}[?25h`;
