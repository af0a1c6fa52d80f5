// What the terminal can show, judged by its environment. blessed reads only terminfo's old format, so under
// tmux-256color, xterm-kitty, alacritty and others it would fall back to 8 colours; it is given xterm-256color, a
// description that it brings along, wherever the terminal follows xterm, and its own idea only of the others.
// docs/decisions/0032 has the rules.

/** 256: the colour cube. 8: the basic colours. 0: none (NO_COLOR, or a terminal without). */
export type ColourDepth = 256 | 8 | 0;

/** `full`: all block elements. `halves`: only those of the Linux console's font. */
export type Repertoire = 'full' | 'halves' | 'ascii';

export type TerminalKind = {
  colours: ColourDepth;
  repertoire: Repertoire;
  /** The terminal description for blessed. */
  description: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const cube = /256|kitty|alacritty|foot|wezterm|ghostty|contour|iterm|konsole|vte|gnome|^st\b|^tmux|direct|truecolor/;

const xtermLike = /^(xterm|rxvt|screen|tmux|putty|mintty|eterm|kterm|mlterm|cygwin)/;

const isUtf8 = (env: Environment): boolean => {
  // The first that is set and not empty decides (POSIX, Environment Variables, 8.2).
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '');
};

/** Whether the terminal can put text anywhere but after the text before: Emacs' shell, for one, can't. */
export const placesText = (env: Environment): boolean => !/^(dumb|unknown)$/i.test(env['TERM'] ?? '');

/** `ascii` is the user's own wish for ASCII shapes. */
export const terminalKind = (env: Environment, ascii: boolean): TerminalKind => {
  const term = (env['TERM'] ?? '').toLowerCase();
  // tmux takes 256-colour sequences whatever TERM says, and reduces them to what the terminal around it has.
  const cubed = cube.test(term) || (env['TMUX'] ?? '') !== '' || /truecolor|24bit|256/i.test(env['COLORTERM'] ?? '');
  const withoutColour = /^(vt\d|dumb|wy|unknown$|$)/.test(term);
  const wanted: ColourDepth = cubed ? 256 : withoutColour ? 0 : 8;
  const xterm = cubed || xtermLike.test(term) || term === '';
  return {
    // no-color.org: any value but the empty one.
    colours: (env['NO_COLOR'] ?? '') === '' ? wanted : 0,
    repertoire: ascii || !isUtf8(env) ? 'ascii' : term === 'linux' ? 'halves' : 'full',
    description: xterm ? 'xterm-256color' : term,
  };
};
