// Whose fault it was, column by column: the row of faults of screen and browser.

import type { Episode } from '../../diagnosis/episodes/ledger.js';
import { CODE_WORDS } from '../../diagnosis/wording/names.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { columnOf } from '../time-axis.js';
import type { Window } from '../time-axis.js';

/** From here on, over 10 s of the worst endpoint, nobody can talk over it. */
const BAD_LOSS = 0.2;
const BAD_P50: Millis = 300;

/** Whether it was bad, or only some trouble. */
export const isBadEpisode = ({ code, outages, worstLoss, worstP50 }: Episode): boolean =>
  code === 'machine' || outages > 0 || (worstLoss ?? 0) >= BAD_LOSS || (worstP50 ?? 0) >= BAD_P50;

export type FaultRun = {
  /** First and last column of the window. */
  first: number;
  last: number;
  isBad: boolean;
  /** In one word whose, and of a single host its name. */
  word: string;
};

/** The columns in which something was collected, from `first` to before `end`; empty before the first probe. */
export const collectedColumns = (
  window: Window,
  firstAt: UnixMillis | null,
  now: UnixMillis,
): { first: number; end: number } => ({
  first: firstAt === null ? window.columns : Math.max(0, columnOf(window, firstAt)),
  end: Math.min(window.columns, columnOf(window, now) + 1),
});

/** @param nameOf of an endpoint, fit for its reader */
export const faultRuns = (
  episodes: readonly Episode[],
  window: Window,
  { first, end }: { first: number; end: number },
  nameOf: (endpoint: EndpointId) => string,
): FaultRun[] =>
  episodes.flatMap((episode): FaultRun[] => {
    const from = Math.max(first, columnOf(window, episode.from));
    const to = Math.min(end - 1, episode.to === null ? end - 1 : columnOf(window, episode.to));
    if (to < first || from >= end || to < from) return [];
    const [only] = episode.endpoints;
    const word = episode.code === 'host' && only !== undefined ? nameOf(only) : CODE_WORDS[episode.code].word;
    return [{ first: from, last: to, isBad: isBadEpisode(episode), word }];
  });
