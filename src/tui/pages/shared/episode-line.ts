// The episodes in few words, for the line at the bottom.

import { episodesToday, episodeWords } from '../../../view/verdict/episode-text.js';
import type { EpisodeWords } from '../../../view/verdict/episode-text.js';
import type { EndpointId, UnixMillis } from '../../../events/units.js';
import { endpointName } from '../../strips/endpoint-name.js';
import { viewNow } from '../../input/time-cursor.js';
import { localTime } from './view-context.js';
import type { ViewContext } from './view-context.js';

/** What an endpoint is called in a list. */
export const listedName =
  ({ history, look }: ViewContext) =>
  (id: EndpointId): string => {
    const endpoint = history.endpoints[id];
    return endpoint === undefined ? '' : endpointName(endpoint.info, endpoint.address, look).short;
  };

/** The one that ended last; null where none has. */
export const lastEnded = (context: ViewContext): { words: EpisodeWords; to: UnixMillis } | null => {
  const { verdicts, state } = context;
  const episode = verdicts.episodes.findLast(({ to }) => to !== null);
  if (episode === undefined || episode.to === null) return null;
  const local = (at: number): number => localTime(context, at);
  return { words: episodeWords(episode, viewNow(state, context.now), local, listedName(context)), to: episode.to };
};

/** The one that ended last, or where none has the one that lasts, and how many there were today; null where there was none. */
export const latestEpisode = (context: ViewContext): { words: EpisodeWords; lasts: boolean; today: number } | null => {
  const { verdicts, state } = context;
  const now = viewNow(state, context.now);
  // What lasts is said on top.
  const episode = verdicts.episodes.findLast(({ to }) => to !== null) ?? verdicts.episodes.at(-1);
  if (episode === undefined) return null;
  const local = (at: number): number => localTime(context, at);
  return {
    words: episodeWords(episode, now, local, listedName(context)),
    lasts: episode.to === null,
    today: episodesToday(verdicts.episodes, now, local),
  };
};
