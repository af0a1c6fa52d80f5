// All that a frame is drawn from.

import type { SessionHistory } from '../../../history/session-history.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { Look } from '../../terminal/look.js';
import type { Diagnostics, Progress } from '../../../view/run-news.js';
import type { DetailsData } from '../../../view/details/details-data.js';
import type { Summaries } from '../../../view/summaries.js';
import type { VerdictLog } from '../../../view/verdict/verdict-log.js';
import type { ViewState } from '../../input/view-state.js';
import { inPathOrder, placesOf } from '../../../view/path/path-of.js';
import { badness } from '../../../view/wall/endpoint-words.js';
import type { ScaleLadder } from '../../../view/wall/scale-ladder.js';
import { localOf } from '../../../view/wall-clock.js';
import type { LocalMillis, Zone } from '../../../view/wall-clock.js';

export type ScreenMode = 'live' | 'replay';

export type ViewContext = {
  history: SessionHistory;
  summaries: Summaries;
  details: DetailsData;
  /** Whose fault it is and was. */
  verdicts: VerdictLog;
  state: ViewState;
  /** The tops of the strips so far. */
  ladder: ScaleLadder;
  /** On the session timeline; in a replay the record's last instant. */
  now: UnixMillis;
  look: Look;
  zone: Zone;
  mode: ScreenMode;
  notice: string | null;
  progress: Progress | null;
  diagnostics: Diagnostics | null;
  /** How long frames take to make, 99th percentile; null before any. */
  frameTime: Millis | null;
};

/** Local time of an instant of the timeline. */
export const localTime = (context: ViewContext, at: UnixMillis): LocalMillis =>
  localOf(at + context.history.clockOffset, context.zone);

/** Who has a strip, from top to bottom: in the given order, or the worst first. */
export const shownEndpoints = ({
  history,
  state,
  verdicts,
}: Pick<ViewContext, 'history' | 'state' | 'verdicts'>): readonly EndpointId[] => {
  const { endpoints } = history;
  const shown = endpoints.filter(({ removedAt }) => removedAt === null || state.removedShown);
  const ids = inPathOrder(
    placesOf(history),
    shown.map(({ info }) => info.id),
  );
  if (state.sort === 'given') return ids;
  const bad = new Map(ids.map((id) => [id, badness(verdicts.stateOf(id))]));
  return ids.toSorted((a, b) => (bad.get(b) ?? 0) - (bad.get(a) ?? 0));
};
