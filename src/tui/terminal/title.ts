// The terminal's title, for a window that is not looked at. Kept aside at the start and put back at the end (XTWINOPS 22
// and 23; a terminal that keeps none ignores it).

const ESCAPE = '\u001b';

/** Those that are known to take a title; the Linux console shows the sequence as text. */
const TAKES_TITLE = /^(xterm|tmux|screen|rxvt|alacritty|kitty|foot|vte|st|konsole|gnome|wezterm|contour|ghostty)\b/;

export const takesTitle = (term: string | undefined): boolean => TAKES_TITLE.test(term ?? '');

export const keepTitle = `${ESCAPE}[22;0t`;
export const restoreTitle = `${ESCAPE}[23;0t`;

/** @param text without control characters */
export const titleSequence = (text: string): string => `${ESCAPE}]0;${text}\u0007`;
