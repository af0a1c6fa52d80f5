// What a command of --on-episode is told, as environment variables. Labels come from outside: control characters are made
// harmless, and nothing else is taken away.

import type { Episode } from '../../diagnosis/episodes/ledger.js';
import { plainText } from '../../events/plain-text.js';
import type { EndpointId, UnixMillis } from '../../events/units.js';
import { episodeLine, episodeWords } from '../../view/verdict/episode-text.js';
import { isoText, localOf } from '../../view/wall-clock.js';
import type { Zone } from '../../view/wall-clock.js';

export type EpisodeContext = {
  labelOf: (id: EndpointId) => string;
  now: UnixMillis;
  clockOffset: number;
  zone: Zone;
};

export const episodeVariables = (
  event: 'begin' | 'end',
  episode: Episode,
  { labelOf, now, clockOffset, zone }: EpisodeContext,
): Readonly<Record<string, string>> => {
  const { code, from, endpoints, worstLoss, worstP50 } = episode;
  const labels = endpoints.map((id) => plainText(labelOf(id)));
  const local = (at: UnixMillis): number => localOf(at + clockOffset, zone);
  return {
    PINGEM_EVENT: event,
    PINGEM_CODE: code,
    PINGEM_SINCE: isoText(from + clockOffset, zone),
    PINGEM_TEXT: episodeLine(episodeWords(episode, now, local, (id) => plainText(labelOf(id)))),
    PINGEM_ENDPOINTS: labels.join(','),
    PINGEM_LOSS: worstLoss === null ? '' : worstLoss.toFixed(4),
    PINGEM_P50: worstP50 === null ? '' : worstP50.toFixed(3),
  };
};
