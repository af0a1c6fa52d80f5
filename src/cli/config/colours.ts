// [colors] of the config file: colours of the screen by their names in the palette, for both themes or for one.

import { closest, distance } from 'fastest-levenshtein';
import { COLOUR_NAMES, COLOURED_THEMES } from '../../view/theme/palette.js';
import type { ColouredTheme, ColourName, OwnColours } from '../../view/theme/palette.js';
import type { TomlValue } from './toml-entries.js';

/** The last of xterm's colours. */
const LAST = 255;

export type ColourSetting = {
  /** null: both. */
  theme: ColouredTheme | null;
  name: ColourName;
  colour: number;
};

const isTheme = (word: string | undefined): word is ColouredTheme => COLOURED_THEMES.some((theme) => theme === word);

/**
 * @param path below the table
 * @returns null for the head of a table, a text for what is wrong
 */
export const colourSetting = (path: readonly string[], value: TomlValue): ColourSetting | string | null => {
  const theme = isTheme(path[0]) ? path[0] : null;
  const [name, ...rest] = theme === null ? path : path.slice(1);
  if (name === undefined) return value.kind === 'table' ? null : 'is a table';
  const known = COLOUR_NAMES.find((one) => one === name);
  if (known === undefined || rest.length > 0) {
    const names = [...COLOUR_NAMES, ...COLOURED_THEMES];
    const near = closest(name, names);
    return `is none of the colours: ${distance(name, near) <= 2 ? `did you mean ${near}?` : `they are ${names.join(', ')}`}`;
  }
  const colour = value.kind === 'number' ? Number(value.text) : Number.NaN;
  if (!Number.isInteger(colour) || colour < 0 || colour > LAST) {
    return `takes one of xterm's 256 colours by its number, 0 to ${LAST}`;
  }
  return { theme, name: known, colour };
};

/** What is said of one theme holds over what is said of both. */
export const ownColours = (settings: readonly ColourSetting[]): OwnColours => {
  const of = (theme: ColouredTheme): OwnColours[ColouredTheme] =>
    Object.fromEntries(
      [null, theme].flatMap((wanted) =>
        settings.flatMap((one) => (one.theme === wanted ? [[one.name, one.colour] as const] : [])),
      ),
    );
  return { dark: of('dark'), light: of('light') };
};
