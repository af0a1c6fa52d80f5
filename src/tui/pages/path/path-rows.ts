// The rows of the path page: the hops and behind them the host, each with what its probes of the last ten minutes say.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { EndpointId, Millis } from '../../../events/units.js';
import { epochIndexAt } from '../../../history/epoch-grid.js';
import type { EndpointKind } from '../../../events/endpoint-info.js';
import type { ProbeState } from '../../../events/probe-state.js';
import { hopsTo, hostOf, placesOf } from '../../../view/path/path-of.js';
import { printable } from '../../../view/text.js';
import type { ViewContext } from '../shared/view-context.js';
import { viewNow } from '../../input/time-cursor.js';

export type PathRow = {
  id: EndpointId;
  kind: EndpointKind;
  /** Distance; null of the host where nobody knows. */
  hop: number | null;
  /** Null while nobody has answered. */
  address: string | null;
  /** What the router is called, or the host's label; empty where there is no other word for the address. */
  name: string;
  stats: EpochStats;
  lastRtt: Millis | null;
  lastState: ProbeState | null;
  /** Whether it loses what those behind it don't. */
  neglectsPing: boolean;
  isSilent: boolean;
};

/** The host whose path is shown: that of the selected endpoint. */
export const shownHost = (context: Pick<ViewContext, 'history' | 'state'>): EndpointId | null =>
  hostOf(placesOf(context.history), context.state.selected);

/** The endpoints of the page, nearest first. */
export const pathEndpoints = (context: Pick<ViewContext, 'history' | 'state'>): readonly EndpointId[] => {
  const host = shownHost(context);
  return host === null ? [context.state.selected] : [...hopsTo(placesOf(context.history), host), host];
};

export const pathRows = (context: ViewContext): readonly PathRow[] => {
  const { history, state, look, summaries } = context;
  const now = viewNow(state, context.now);
  const endpoints = pathEndpoints(context).flatMap((id) => history.endpoints[id] ?? []);
  const neglecting = summaries.neglecting(now);
  const clean = (text: string): string => printable(text, look.glyphs.unicode);
  const last = endpoints.at(-2)?.info.hop ?? null;
  return endpoints.flatMap((endpoint): PathRow | [] => {
    const { info, address, addressName, lastRtt, lastState } = endpoint;
    const called = info.kind === 'hop' ? (addressName ?? '') : info.label;
    const own = summaries.onPath(info.id, now);
    if (own === null) return [];
    const answered = own.counts.answered + own.counts.late > 0;
    return {
      id: info.id,
      kind: info.kind,
      // The host that answers is right behind the last hop.
      hop: info.hop ?? (answered && last !== null ? last + 1 : null),
      address: address === null ? null : clean(address),
      name: called === address ? '' : clean(called),
      stats: own,
      lastRtt,
      lastState,
      neglectsPing: neglecting.has(info.id),
      isSilent: address === null && !answered,
    };
  });
};

/** The newest epochs of each row, `columns` of them. */
export const stripsOf = (
  rows: readonly PathRow[],
  columns: number,
  context: ViewContext,
): readonly (readonly EpochStats[])[] => {
  const { history, state } = context;
  const newest = epochIndexAt(viewNow(state, context.now), state.width, history.clockOffset);
  return rows.map(({ id }) => history.endpoints[id]?.epochs(state.width, newest - columns + 1, columns) ?? []);
};
