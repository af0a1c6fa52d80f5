// What an endpoint is called on screen: the host as given, and beside it the user's label, or else the address behind
// the name. Everything here comes from outside, so everything goes through `printable`.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { Style } from '../terminal/cells.js';
import type { CellGrid } from '../terminal/cells.js';
import type { Look } from '../terminal/look.js';
import { printable, textWidth, truncated } from '../../view/text.js';

export type EndpointName = {
  /** What it is called where there is room for one word: the label, or the target. */
  short: string;
  /** The target. */
  main: string;
  /** The label, or the address where it isn't the target; may be empty. */
  aside: string;
};

export const endpointName = (info: EndpointInfo, address: string | null, look: Look): EndpointName => {
  const clean = (text: string): string => printable(text, look.glyphs.unicode);
  if (info.kind === 'hop') {
    const label = clean(info.label);
    return { short: label, main: label, aside: address === null ? '' : clean(address) };
  }
  const main = clean(info.target);
  const label = clean(info.label);
  const labelled = label !== main && label !== '';
  const aside = labelled ? label : address === null || address === info.target ? '' : clean(address);
  return { short: labelled ? label : main, main, aside };
};

export const nameWidth = (name: EndpointName): number =>
  textWidth(name.main) + (name.aside === '' ? 0 : 1 + textWidth(name.aside));

/** Writes as much of the name as fits: whole, or the short form, or that cut with an ellipsis. */
export const drawName = (
  grid: CellGrid,
  x: number,
  y: number,
  width: number,
  name: EndpointName,
  look: Look,
  mainStyle: Style = look.styles.name,
): void => {
  const { styles, glyphs } = look;
  if (nameWidth(name) > width) {
    grid.text(x, y, truncated(name.short, width, glyphs.ellipsis), mainStyle, x + width);
    return;
  }
  const after = grid.text(x, y, name.main, mainStyle, x + width);
  if (name.aside !== '') grid.text(after + 1, y, name.aside, styles.caption, x + width);
};
