// What puts a terminal back as it was, whatever state a half-written frame has left it in. xterm's control sequences;
// a terminal that doesn't know one ignores it.

import { restoreTitle } from './title.js';

const escape = '\u001b';

export const restoreSequence: string = [
  // A string command that was cut off is ended by this, and a sequence that was cut off by the escape itself.
  `${escape}\\`,
  // Attributes, character set, scroll region.
  `${escape}[0m`,
  `${escape}(B\u000f`,
  `${escape}[r`,
  // Keypad and cursor keys as usual, mouse and bracketed paste off.
  `${escape}[?1l${escape}>`,
  `${escape}[?1000l${escape}[?1002l${escape}[?1003l${escape}[?1006l${escape}[?2004l`,
  // Cleared: a terminal that has no alternate screen would keep the picture under what is printed next.
  `${escape}[H${escape}[2J`,
  restoreTitle,
  // The cursor, then the normal screen with the cursor where it was.
  `${escape}[?25h`,
  `${escape}[?1049l`,
].join('');
