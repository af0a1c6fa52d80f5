// The row of faults in words.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import type { UnixMillis } from '../../../events/units.js';
import { counted } from '../../../view/format.js';
import { windowFrom, windowTo } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';

/** `2 episodes in sight: router or Wi-Fi 22:17:20 to 22:17:35, ...` */
export const faultWords = (
  episodes: readonly Episode[],
  window: Window,
  timeText: (at: UnixMillis) => string,
): string => {
  const [from, to] = [windowFrom(window), windowTo(window)];
  const seen = episodes.filter((episode) => episode.from < to && (episode.to ?? Infinity) >= from);
  if (seen.length === 0) return 'nobody’s fault in sight';
  const list = seen.slice(-5).map(({ code, from: began, to: ended }) => {
    const when = ended === null ? `since ${timeText(began)}` : `${timeText(began)} to ${timeText(ended)}`;
    return `${CODE_WORDS[code].short} ${when}`;
  });
  return `${counted(seen.length, 'episode')} in sight: ${list.join(', ')}`;
};
