// How the screen is drawn.

import { THEME_CHOICES } from '../../../view/theme/palette.js';
import type { OptionSpec } from '../option-spec.js';
import { oneOf } from '../option-values.js';

/** Of whatever draws. */
export const ascii = {
  type: 'flag',
  name: 'ascii',
  short: [],
  help: 'draw with ASCII characters only',
} as const satisfies OptionSpec;

/** Of a run and of pingem replay. */
export const screenOptions = [
  ascii,
  {
    type: 'value',
    name: 'theme',
    short: [],
    metavar: 'NAME',
    read: oneOf(THEME_CHOICES),
    default: 'auto',
    completion: THEME_CHOICES,
    help: 'colours of the screen: auto, dark, light or mono',
    man:
      'Colours of the screen: for a dark background, for a light one, or mono for none. With auto the terminal is asked for ' +
      'its background; if it does not say, COLORFGBG decides, and without that it is taken for dark.',
  },
  {
    type: 'flag',
    name: 'no-mouse',
    short: [],
    help: 'leave the mouse to the terminal, for selecting text',
    man:
      'Leave the mouse to the terminal. Otherwise a click puts the cursor on a column and selects the strip, or a line of a list, ' +
      'and the wheel goes up and down; most terminals select text with Shift then. --ascii leaves the mouse alone, too.',
  },
] as const satisfies readonly OptionSpec[];
