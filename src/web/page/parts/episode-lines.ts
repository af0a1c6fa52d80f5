// Episodes in words, with the endpoints' labels.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { EndpointId, UnixMillis } from '../../../events/units.js';
import { episodeLine, episodesToday, episodeWords } from '../../../view/verdict/episode-text.js';
import type { EpisodeWords } from '../../../view/verdict/episode-text.js';
import { localOf, systemZone } from '../../../view/wall-clock.js';
import type { Session } from '../data/session.js';

const local = (at: UnixMillis): number => localOf(at, systemZone);

const nameOf =
  ({ endpoints }: Session) =>
  (id: EndpointId): string =>
    endpoints.find((endpoint) => endpoint.id === id)?.label ?? '';

export const wordsOf = (episode: Episode, session: Session, now: UnixMillis): EpisodeWords =>
  episodeWords(episode, now, local, nameOf(session));

/** What ended last, or lasts, and how many there were today; empty where there was none. */
export const latestEpisodeLine = (session: Session, now: UnixMillis): string => {
  const { episodes } = session;
  const last = episodes.at(-1);
  if (last === undefined) return '';
  const today = episodesToday(episodes, now, local);
  const many = today > 1 ? `  ·  ${today} episodes today` : '';
  return `${last.to === null ? 'now' : 'before'}: ${episodeLine(wordsOf(last, session, now))}${many}`;
};
