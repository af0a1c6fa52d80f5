// Whether the terminal's background is dark or light: by what the environment says, and by asking the terminal itself.

import type { ColouredTheme } from '../../view/theme/palette.js';
import { luminanceOf } from '../../view/theme/xterm-colours.js';
import type { Rgb } from '../../view/theme/xterm-colours.js';
import type { Environment, TerminalKind } from './terminal-kind.js';

const ESCAPE = '\u001b';

/**
 * "What is your background?" (xterm's OSC 11) and, as not every terminal knows that, "who are you?" (DA1, ECMA-48), which
 * every one answers, and in this order.
 */
export const BACKGROUND_QUESTION = `${ESCAPE}]11;?${ESCAPE}\\${ESCAPE}[c`;

/** Only who has the sequence may be sent it: others would show it as text. Where there are no colours nothing hangs on it. */
export const takesQuestion = ({ colours, description }: TerminalKind): boolean =>
  colours > 0 && description.startsWith('xterm');

/** As light as this, black is read on it better than white: both have a contrast of 4.58. */
const LIGHT_FROM = 0.179;

export const themeOn = (background: Rgb): ColouredTheme => (luminanceOf(background) > LIGHT_FROM ? 'light' : 'dark');

/** rxvt's COLORFGBG, "15;0" or "15;default;0": the last is one of the 16 colours, 7 and the bright ones but 8 being light. */
export const themeOfEnvironment = (env: Environment): ColouredTheme => {
  const last = /;(\d+)$/.exec(env['COLORFGBG'] ?? '')?.[1];
  const index = last === undefined ? 0 : Number(last);
  return index === 7 || (index > 8 && index < 16) ? 'light' : 'dark';
};

const shareOf = (digits: string): number => Number.parseInt(digits, 16) / (16 ** digits.length - 1);

/**
 * What stands in the answer: `rgb:1e1e/1e1e/2e2e` with one to four digits each, `rgba:` with one more, or `#1e1e2e` (XParseColor).
 * Null where it is none of these.
 */
export const parseColour = (text: string): Rgb | null => {
  const found =
    /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(text) ??
    /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  if (found === null) return null;
  const [red, green, blue] = found.slice(1, 4).map((digits) => Math.round(255 * shareOf(digits)));
  return [red ?? 0, green ?? 0, blue ?? 0];
};
