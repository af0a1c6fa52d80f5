// What an endpoint is called on screen: the user's label and beside it the host, or the host as given and the address behind
// the name. Everything here comes from outside, so everything goes through `printable`.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { CellGrid } from '../terminal/cells.js';
import type { Look } from '../terminal/look.js';
import { printable, textWidth, truncated } from '../../view/text.js';

export type EndpointName = {
  /** What it is called where there is room for one word. */
  short: string;
  /** What it is called. */
  main: string;
  /** The target of a label, or the address of a name; may be empty. */
  aside: string;
};

export const endpointName = (info: EndpointInfo, address: string | null, look: Look): EndpointName => {
  const clean = (text: string): string => printable(text, look.glyphs.unicode);
  if (info.kind === 'hop') {
    const label = clean(info.label);
    return { short: label, main: label, aside: address === null ? '' : clean(address) };
  }
  const target = clean(info.target);
  const label = clean(info.label);
  if (label !== target && label !== '') return { short: label, main: label, aside: target };
  return { short: target, main: target, aside: address === null || address === info.target ? '' : clean(address) };
};

/** Names below each other: what they are called in one column, what is behind that in another. */
export type NameColumns = {
  main: number;
  aside: number;
};

export const nameColumns = (names: readonly EndpointName[]): NameColumns => ({
  main: names.reduce((most, { main }) => Math.max(most, textWidth(main)), 0),
  aside: names.reduce((most, { aside }) => Math.max(most, textWidth(aside)), 0),
});

export const nameWidth = ({ main, aside }: NameColumns): number => main + (aside === 0 ? 0 : 1 + aside);

/** Writes as much of the name as fits: whole, if there is room for all of them, or the short form, or that cut with an ellipsis. */
export const drawName = (
  grid: CellGrid,
  x: number,
  y: number,
  width: number,
  name: EndpointName,
  look: Look,
  columns: NameColumns = nameColumns([name]),
): void => {
  const { styles, glyphs } = look;
  if (nameWidth(columns) > width) {
    grid.text(x, y, truncated(name.short, width, glyphs.ellipsis), styles.name, x + width);
    return;
  }
  grid.text(x, y, name.main, styles.name, x + width);
  if (name.aside !== '') grid.text(x + columns.main + 1, y, name.aside, styles.caption, x + width);
};
