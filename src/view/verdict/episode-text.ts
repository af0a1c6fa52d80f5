// An episode in words, for lists: when, whose fault, who had it, how bad.

import type { Episode } from '../../diagnosis/episodes/ledger.js';
import { msText, percentText } from '../../diagnosis/wording/figures.js';
import { CODE_WORDS } from '../../diagnosis/wording/names.js';
import type { EndpointId, UnixMillis } from '../../events/units.js';
import { counted, durationText } from '../format.js';
import { dayNumber, instantText } from '../wall-clock.js';
import type { LocalMillis } from '../wall-clock.js';

/** More names than these are counted. */
const MOST_NAMES = 3;
/** Less loss than this isn't worth a word. */
const LEAST_LOSS = 0.005;

export type EpisodeWords = {
  /** `since 14:28:35`, or `14:28:35 to 14:28:55`. */
  when: string;
  length: string;
  /** `router or Wi-Fi`, `only far1`. */
  whose: string;
  /** `gateway, far1`; empty where `whose` has said it. */
  who: string;
  /** `20 % lost, p50 195 ms`: over 10 s of the worst endpoint. */
  howBad: string;
  /** `2 outages`; empty where there was none. */
  outages: string;
};

/** @param nameOf gives printable names; `local` turns an instant of the timeline into local time */
export const episodeWords = (
  episode: Episode,
  now: UnixMillis,
  local: (at: UnixMillis) => LocalMillis,
  nameOf: (endpoint: EndpointId) => string,
): EpisodeWords => {
  const { code, from, to, endpoints, worstLoss, worstP50, outages } = episode;
  const today = local(now);
  const names = endpoints.map(nameOf);
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const loss = (worstLoss ?? 0) >= LEAST_LOSS ? [`${percentText(worstLoss ?? 0)} lost`] : [];
  const rtt = worstP50 === null ? [] : [`p50 ${msText(worstP50)} ms`];
  return {
    when:
      to === null
        ? `since ${instantText(local(from), today)}`
        : `${instantText(local(from), today)} to ${instantText(local(to), today)}`,
    length: durationText(Math.max(0, (to ?? now) - from)),
    whose: code === 'host' ? `${CODE_WORDS.host.short} ${names[0] ?? ''}` : CODE_WORDS[code].short,
    who: code === 'host' ? '' : names.length > MOST_NAMES ? counted(names.length, 'endpoint') : shown,
    howBad: [...loss, ...rtt].join(', '),
    outages: outages === 0 ? '' : counted(outages, 'outage'),
  };
};

/** All of it in one line. */
export const episodeLine = ({ when, length, whose, who, howBad, outages }: EpisodeWords): string => {
  const what = [who, howBad, outages].filter((text) => text !== '').join(', ');
  return `${when}  ${length}  ${whose}${what === '' ? '' : `: ${what}`}`;
};

/** How many of them there were on the day of `now`, by their beginning or their end. */
export const episodesToday = (
  episodes: readonly Episode[],
  now: UnixMillis,
  local: (at: UnixMillis) => LocalMillis,
): number => {
  const today = dayNumber(local(now));
  return episodes.filter(({ to }) => dayNumber(local(to ?? now)) === today).length;
};
