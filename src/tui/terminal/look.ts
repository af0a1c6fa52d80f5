// Colours and shapes for one kind of terminal and one theme. Names and numbers are in the terminal's own colour of text,
// whatever the theme takes its background for; colour is for bars and signs.

import { BASIC_PALETTES, NO_OWN_COLOURS, PALETTES } from '../../view/theme/palette.js';
import type { Band, ColouredTheme, OwnColours, Palette, ThemeName } from '../../view/theme/palette.js';
import { contrastOf, rgbOf } from '../../view/theme/xterm-colours.js';
import { BOLD, plain, styleOf, TERMINAL_DEFAULT } from './cells.js';
import type { Colour, Style } from './cells.js';
import { GLYPHS, withoutColour } from './glyphs.js';
import type { Glyphs } from './glyphs.js';
import type { TerminalKind } from './terminal-kind.js';

export type Look = {
  glyphs: Glyphs;
  bar: Readonly<Record<Band, Colour>>;
  smoke: Readonly<Record<Band, Colour>>;
  loss: Colour;
  /** The same for an endpoint that has no say. */
  grey: { bar: Colour; smoke: Colour; loss: Colour };
  styles: {
    text: Style;
    /** Names, keys, the words of a state. */
    name: Style;
    number: Style;
    caption: Style;
    /** No data, not collecting, pending. */
    faint: Style;
    /** What is bad, in words and numbers. */
    alarm: Style;
    /** A warning to the user, a state of the view that is easily forgotten (frozen, looking back). */
    notice: Style;
    /** The sign of late replies. */
    late: Style;
    cursor: Style;
  };
};

const strong = styleOf(TERMINAL_DEFAULT, TERMINAL_DEFAULT, BOLD);

const each = <Value>(of: (band: Band) => Value): Record<Band, Value> => ({
  good: of('good'),
  warn: of('warn'),
  bad: of('bad'),
  late: of('late'),
});

const BLACK = 16;
const WHITE = 231;

/** What can be read on a ground of that colour. */
export const inkOn = (ground: Colour): Colour => {
  if (ground < BLACK) return 0;
  const [black, white] = [BLACK, WHITE].map((ink) => contrastOf(rgbOf(ink), rgbOf(ground))) as [number, number];
  return black >= white ? BLACK : WHITE;
};

const words = { text: plain, name: strong, number: plain, alarm: strong, notice: strong, cursor: strong };

const cubeLook = (glyphs: Glyphs, palette: Palette): Look => ({
  glyphs,
  bar: each((band) => palette[band]),
  smoke: each((band) => palette[`${band}-p95`]),
  loss: palette.loss,
  grey: { bar: palette.grey, smoke: palette['grey-p95'], loss: palette['grey-loss'] },
  styles: {
    ...words,
    caption: styleOf(palette.caption),
    faint: styleOf(palette.faint),
    late: styleOf(palette.late),
  },
});

/** Grey (8) is not used: some themes map it to the background. Smoke can't be a darker shade here: it is a lighter fill. */
const basicLook = (glyphs: Glyphs, theme: ColouredTheme): Look => {
  const palette = BASIC_PALETTES[theme];
  const bar = each((band) => palette[band] ?? TERMINAL_DEFAULT);
  const own = TERMINAL_DEFAULT;
  return {
    glyphs: glyphs.unicode ? { ...glyphs, smoke: '░' } : glyphs,
    bar,
    smoke: bar,
    loss: palette.loss ?? own,
    grey: { bar: own, smoke: own, loss: own },
    styles: { ...words, caption: plain, faint: plain, late: plain },
  };
};

const plainLook = (glyphs: Glyphs): Look => ({
  glyphs: withoutColour(glyphs),
  bar: each(() => TERMINAL_DEFAULT),
  smoke: each(() => TERMINAL_DEFAULT),
  loss: TERMINAL_DEFAULT,
  grey: { bar: TERMINAL_DEFAULT, smoke: TERMINAL_DEFAULT, loss: TERMINAL_DEFAULT },
  styles: { ...words, caption: plain, faint: plain, late: plain },
});

/** A terminal without colours has none whatever the theme. */
export const lookFor = (kind: TerminalKind, theme: ThemeName, own: OwnColours = NO_OWN_COLOURS): Look => {
  const glyphs = GLYPHS[kind.repertoire];
  if (theme === 'mono' || kind.colours === 0) return plainLook(glyphs);
  return kind.colours === 256 ? cubeLook(glyphs, { ...PALETTES[theme], ...own[theme] }) : basicLook(glyphs, theme);
};

/** The same shapes in grey, or without colour where there is no grey, for an endpoint that has no say. */
export const fadedLook = (look: Look): Look => {
  const { caption, faint, cursor } = look.styles;
  const all = { text: caption, name: caption, number: caption, caption, faint };
  const styles = { ...all, alarm: caption, notice: caption, late: caption, cursor };
  const { bar, smoke, loss } = look.grey;
  const faded = { glyphs: look.glyphs, bar: each(() => bar), smoke: each(() => smoke), loss, grey: look.grey, styles };
  return bar === TERMINAL_DEFAULT ? { ...faded, glyphs: withoutColour(look.glyphs) } : faded;
};
