// What a terminal is told about its input (xterm, ctlseqs): to say what is pasted, and what the mouse does. The sequence
// that restores the terminal turns both off.

const ESCAPE = '\u001b';

/** The alternate screen, without a cursor: as a screen has it that is opened. */
export const ENTER_SCREEN = `${ESCAPE}[?1049h${ESCAPE}[?25l`;

/** Bracketed paste; buttons and wheel of the mouse, in decimal (SGR). */
export const inputModes = (mouse: boolean): string =>
  `${ESCAPE}[?2004h${mouse ? `${ESCAPE}[?1000h${ESCAPE}[?1006h` : ''}`;
