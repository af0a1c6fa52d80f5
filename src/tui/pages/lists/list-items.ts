// What happened, as items of a list: episodes with the outages in them, other outages, addresses, clock, marks, gaps.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { LedgerEvent, Outage } from '../../../history/outages/outage-ledger.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { Style } from '../../terminal/cells.js';
import { listedName } from '../shared/episode-line.js';
import { episodeWords } from '../../../view/verdict/episode-text.js';
import { counted } from '../../../view/format.js';
import { errorText, ledgerEventText } from '../../../view/outage-text.js';
import { localTime } from '../shared/view-context.js';
import type { Look } from '../../terminal/look.js';
import type { ViewContext } from '../shared/view-context.js';

export type ListItem = {
  at: UnixMillis;
  what: string;
  style: Style;
  text: string;
  /** How long it took; null of what has no length. */
  length: Millis | null;
  /** It lasts. */
  lasts: boolean;
  /** The episode that it is, or is in. */
  episode: number | null;
  /** Whether it has outages that aren't listed now. */
  opens: boolean;
  /** An outage under its episode. */
  within: boolean;
};

const PLAIN = { length: null, lasts: false, episode: null, opens: false, within: false } as const;

const eventStyle = ({ type }: LedgerEvent, styles: Look['styles']): Style => {
  if (type === 'clock' || type === 'mark') return styles.notice;
  return type === 'gap' ? styles.caption : styles.number;
};

const eventItem = (event: LedgerEvent, context: ViewContext, nameOf: (id: number) => string): ListItem => {
  const { styles } = context.look;
  const style = eventStyle(event, styles);
  return { ...PLAIN, at: event.at, style, ...ledgerEventText(event, nameOf) };
};

const outageItem = (outage: Outage, context: ViewContext, nameOf: (id: number) => string): ListItem => {
  const why = outage.error === null ? '' : `  ${errorText(outage.error)}`;
  return {
    ...PLAIN,
    at: outage.from,
    length: (outage.to ?? context.now) - outage.from,
    lasts: outage.to === null,
    what: 'outage',
    style: context.look.styles.alarm,
    text: `${nameOf(outage.endpoint)}  ${counted(outage.lost, 'probe')}${why}`,
  };
};

const isWithin = (outage: Outage, { endpoints, from, to }: Episode): boolean =>
  endpoints.includes(outage.endpoint) && outage.from < (to ?? Infinity) && (outage.to ?? Infinity) > from;

/** An episode, and below it, where it is open, its outages. */
const episodeItems = (episode: Episode, outages: readonly Outage[], context: ViewContext): ListItem[] => {
  const { state, now, look } = context;
  const { id } = episode;
  const { whose, who, howBad } = episodeWords(episode, now, (at) => localTime(context, at), listedName(context));
  const isOpen = state.list.opened === id;
  const count = outages.length === 0 ? '' : counted(outages.length, 'outage');
  const details = [who, howBad, count].filter((text) => text !== '').join(', ');
  const item: ListItem = {
    at: episode.from,
    length: Math.max(0, (episode.to ?? now) - episode.from),
    lasts: episode.to === null,
    what: 'episode',
    style: look.styles.alarm,
    text: details === '' ? whose : `${whose}: ${details}`,
    episode: id,
    opens: outages.length > 0 && !isOpen,
    within: false,
  };
  if (!isOpen) return [item];
  const name = listedName(context);
  return [item, ...outages.map((outage) => ({ ...outageItem(outage, context, name), episode: id, within: true }))];
};

const isOf = (event: LedgerEvent, endpoint: EndpointId): boolean =>
  !('endpoint' in event) || event.endpoint === undefined || event.endpoint === endpoint;

const byTime = ([a]: ListItem[], [b]: ListItem[]): number => (b?.at ?? 0) - (a?.at ?? 0);

const byLength = ([a]: ListItem[], [b]: ListItem[]): number => (b?.length ?? -1) - (a?.length ?? -1);

/** Newest first, or longest; of one endpoint only where one was chosen. */
export const listItems = (context: ViewContext): ListItem[] => {
  const { summaries, verdicts, now, state } = context;
  const { of, sortedBy } = state.list;
  const nameOf = listedName(context);
  const all = summaries.outages(now).filter(({ endpoint }) => of === null || endpoint === of);
  // The newest begin last, and an outage is shown under one episode only.
  const left = new Set(all);
  const episodes = verdicts.episodes
    .filter(({ endpoints }) => of === null || endpoints.includes(of))
    .map((episode) => {
      const inside = all.filter((outage) => left.has(outage) && isWithin(outage, episode));
      for (const outage of inside) left.delete(outage);
      return episodeItems(episode, inside, context);
    });
  const alone = [...left].map((outage) => [outageItem(outage, context, nameOf)]);
  // A stall of the loop is a matter of moments and can be frequent: it is in the diagnostics.
  const events = summaries
    .events(now)
    .filter((event) => (event.type !== 'gap' || event.reason !== 'stall') && (of === null || isOf(event, of)));
  const others = events.map((event) => [eventItem(event, context, nameOf)]);
  const groups = [...episodes, ...alone, ...others].sort(byTime);
  // Sorting is stable: what has no length stays in order of time.
  return (sortedBy === 'time' ? groups : groups.sort(byLength)).flat();
};
