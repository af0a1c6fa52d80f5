// The pages that are lists: help, and what happened (episodes with the outages in them, addresses, clock, marks, gaps).

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { LedgerEvent, Outage } from '../../../history/outages/outage-ledger.js';
import type { UnixMillis } from '../../../events/units.js';
import type { CellGrid, Style } from '../../terminal/cells.js';
import { listedName } from '../shared/episode-line.js';
import { episodeWords } from '../../../view/verdict/episode-text.js';
import { counted, durationText } from '../../../view/format.js';
import { keyBindings } from '../../input/keys.js';
import { errorText, ledgerEventText } from '../../../view/outage-text.js';
import { printable, textWidth, truncated, wrapped } from '../../../view/text.js';
import { localTime } from '../shared/view-context.js';
import type { Look } from '../../terminal/look.js';
import type { ViewContext } from '../shared/view-context.js';
import { instantText } from '../../../view/wall-clock.js';

const TITLE_ROWS = 2;

/** Lines of a list page that are visible at a time. */
export const listRows = (rows: number): number => Math.max(1, rows - TITLE_ROWS - 1);

const drawFrame = (grid: CellGrid, context: ViewContext, title: string, foot: string): void => {
  const { styles } = context.look;
  grid.text(1, 0, title, styles.name, grid.columns - 1);
  grid.text(1, grid.rows - 1, foot, styles.caption, grid.columns - 1);
};

type HelpLine = { keys: string; text: string; style: Style | null };

const legend = (context: ViewContext): HelpLine[] => {
  const { glyphs: g, styles } = context.look;
  const smoke = g.smoke ?? g.bar.good;
  return [
    { keys: '', text: '', style: null },
    { keys: g.bar.good, text: 'up to the median RTT of the epoch', style: null },
    { keys: smoke, text: 'up to its p95 (the paler part)', style: null },
    {
      keys: g.lossHalf ?? g.loss,
      text: 'from the top: loss; all of the column: nothing answered',
      style: styles.alarm,
    },
    { keys: g.late, text: 'some replies came after the timeout', style: styles.late },
    { keys: g.capped, text: 'goes on above the scale', style: null },
    { keys: g.pending, text: 'not finished yet', style: styles.caption },
    { keys: g.gap, text: 'not collecting: nobody looked', style: styles.caption },
    { keys: g.noData, text: 'no data', style: styles.caption },
    { keys: g.mark, text: 'a mark', style: styles.notice },
    { keys: g.address, text: 'the name has another address from here on', style: styles.notice },
  ];
};

const KEYS_WIDTH = 10;

export const helpLines = (columns: number, context: ViewContext): HelpLine[] => {
  const width = Math.max(10, columns - 2 - KEYS_WIDTH);
  const keys = keyBindings.map(({ shown, help }): HelpLine => ({ keys: shown, text: help, style: null }));
  return [...keys, ...legend(context)].flatMap(({ keys: name, text, style }) =>
    wrapped(text, width).map((line, i): HelpLine => ({ keys: i === 0 ? name : '', text: line, style })),
  );
};

export const drawHelp = (grid: CellGrid, context: ViewContext): void => {
  const { look, state } = context;
  const lines = helpLines(grid.columns, context);
  const visible = listRows(grid.rows);
  const more = lines.length > visible ? 'Up, Down: scroll   ' : '';
  drawFrame(grid, context, 'Keys', `${more}Esc: back`);
  for (const [i, { keys, text, style }] of lines.slice(state.line, state.line + visible).entries()) {
    grid.text(1, TITLE_ROWS + i, keys, style ?? look.styles.name, KEYS_WIDTH);
    grid.text(1 + KEYS_WIDTH, TITLE_ROWS + i, text, look.styles.text, grid.columns - 1);
  }
};

export type ListItem = {
  at: UnixMillis;
  what: string;
  style: Style;
  text: string;
  /** Of an episode that can be opened to its outages. */
  opens?: number;
  /** An outage under its episode. */
  within?: true;
};

const eventStyle = ({ type }: LedgerEvent, styles: Look['styles']): Style => {
  if (type === 'clock' || type === 'mark') return styles.notice;
  return type === 'gap' ? styles.caption : styles.number;
};

const eventItem = (event: LedgerEvent, context: ViewContext, nameOf: (id: number) => string): ListItem => {
  const { styles } = context.look;
  const style = eventStyle(event, styles);
  return { at: event.at, style, ...ledgerEventText(event, nameOf) };
};

const outageItem = (outage: Outage, context: ViewContext, nameOf: (id: number) => string): ListItem => {
  const length = durationText((outage.to ?? context.now) - outage.from);
  const lasting = outage.to === null ? ' so far' : '';
  const why = outage.error === null ? '' : `  ${errorText(outage.error)}`;
  return {
    at: outage.from,
    what: 'outage',
    style: context.look.styles.alarm,
    text: `${nameOf(outage.endpoint)}  ${length}${lasting}, ${counted(outage.lost, 'probe')}${why}`,
  };
};

const isWithin = (outage: Outage, { endpoints, from, to }: Episode): boolean =>
  endpoints.includes(outage.endpoint) && outage.from < (to ?? Infinity) && (outage.to ?? Infinity) > from;

/** An episode, and below it, where it is open, its outages. */
const episodeItems = (episode: Episode, outages: readonly Outage[], context: ViewContext): ListItem[] => {
  const { state, now, look } = context;
  const { length, whose, who, howBad } = episodeWords(
    episode,
    now,
    (at) => localTime(context, at),
    listedName(context),
  );
  const isOpen = state.opened === episode.id;
  const lasting = episode.to === null ? ' so far' : '';
  const count = outages.length === 0 ? '' : counted(outages.length, 'outage');
  const details = [who, howBad, count].filter((text) => text !== '').join(', ');
  const item: ListItem = {
    at: episode.from,
    what: 'episode',
    style: look.styles.alarm,
    text: `${whose}  ${length}${lasting}${details === '' ? '' : `: ${details}`}`,
    ...(outages.length === 0 || isOpen ? {} : { opens: episode.id }),
  };
  if (!isOpen) return [item];
  const inside = outages.map((outage) => ({
    ...outageItem(outage, context, listedName(context)),
    within: true as const,
  }));
  return [item, ...inside];
};

/** Newest first. */
export const listItems = (context: ViewContext): ListItem[] => {
  const { summaries, verdicts, now } = context;
  const nameOf = listedName(context);
  const all = summaries.outages(now);
  // The newest begin last, and an outage is shown under one episode only.
  const left = new Set(all);
  const episodes = verdicts.episodes.map((episode) => {
    const inside = all.filter((outage) => left.has(outage) && isWithin(outage, episode));
    for (const outage of inside) left.delete(outage);
    return episodeItems(episode, inside, context);
  });
  const alone = [...left].map((outage) => [outageItem(outage, context, nameOf)]);
  // A stall of the loop is a matter of moments and can be frequent: it is in the diagnostics.
  const events = summaries.events(now).filter((event) => event.type !== 'gap' || event.reason !== 'stall');
  const others = events.map((event) => [eventItem(event, context, nameOf)]);
  return [...episodes, ...alone, ...others].sort(([a], [b]) => (b?.at ?? 0) - (a?.at ?? 0)).flat();
};

export const drawList = (grid: CellGrid, context: ViewContext): void => {
  const { look, state, now } = context;
  const { styles, glyphs } = look;
  const items = listItems(context);
  const visible = listRows(grid.rows);
  const selected = Math.min(state.line, Math.max(0, items.length - 1));
  const first = Math.max(0, Math.min(items.length - visible, selected - Math.floor(visible / 2)));
  drawFrame(
    grid,
    context,
    `Episodes and events (${items.length})`,
    items[selected]?.opens === undefined ? 'Enter: go there   Esc: back' : 'Enter: its outages   Esc: back',
  );
  if (items.length === 0) grid.text(1, TITLE_ROWS, 'nothing happened yet', styles.caption, grid.columns - 1);
  const today = localTime(context, now);
  for (const [i, item] of items.slice(first, first + visible).entries()) {
    const y = TITLE_ROWS + i;
    if (first + i === selected) grid.put(0, y, glyphs.selected, styles.cursor);
    const indent = item.within === true ? 3 : 1;
    let x = grid.text(indent, y, instantText(localTime(context, item.at), today), styles.text) + 2;
    // On narrow panes the text says enough: the kind is left out.
    if (grid.columns >= 60) x = Math.max(x, 18 + indent);
    if (grid.columns >= 60 || textWidth(item.text) + 9 < grid.columns - x)
      x = grid.text(x, y, item.what, item.style) + 2;
    const text = truncated(printable(item.text, glyphs.unicode), grid.columns - 1 - x, glyphs.ellipsis);
    grid.text(x, y, text, grid.columns >= 60 ? styles.text : item.style);
  }
};
