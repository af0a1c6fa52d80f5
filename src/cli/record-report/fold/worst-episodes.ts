// The worst episodes, each with the strips of who had it and who hadn't, and some of the time around it.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { epochIndexAt, epochStart } from '../../../history/epoch-grid.js';
import { EPOCH_WIDTHS } from '../../../history/epoch-widths.js';
import type { EndpointInfo } from '../../../events/endpoint-info.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import type { Accounts } from './accounts.js';
import { HOUR } from './local-spans.js';
import type { ReportEpisode, ReportStrip, ReportWorst, StripColumn } from '../report-model.js';

const MOST_EPISODES = 10;
const MOST_STRIPS = 8;
/** An odd one of the blamed gives way to who is cleared. */
const MOST_BLAMED = 6;
const MOST_COLUMNS = 64;
/** Shown before and after, of its length. */
const MARGIN_SHARE = 0.25;
const LEAST_MARGIN: Millis = 30_000;
/** What is only slow counts as much as this loss. */
const SLOW_AS_LOSS = 0.05;

const WIDEST: Millis = 96 * HOUR;
const WIDTHS: readonly Millis[] = [...EPOCH_WIDTHS, ...[2, 3, 6, 12, 24, 48].map((hours) => hours * HOUR), WIDEST];
const SCALE_TOPS: readonly Millis[] = [50, 100, 300, 1000, 3000];

export type WorstContext = {
  accounts: Accounts;
  endpoints: readonly EndpointInfo[];
  /** Of the record, on the session timeline. */
  from: UnixMillis;
  to: UnixMillis;
  clockOffset: Millis;
};

/** How long, times how much of a call was lost. */
const badnessOf = ({ length, worstLoss }: ReportEpisode): number => length * Math.max(worstLoss ?? 0, SLOW_AS_LOSS);

/** In the order of their badness. Instants of the episodes are the wall clock's. */
export const worstEpisodes = (episodes: readonly ReportEpisode[], context: WorstContext): ReportWorst[] =>
  [...episodes]
    .sort((a, b) => badnessOf(b) - badnessOf(a) || a.from - b.from)
    .slice(0, MOST_EPISODES)
    .map((episode) => withStrips(episode, context));

const withStrips = (episode: ReportEpisode, context: WorstContext): ReportWorst => {
  const { accounts, clockOffset } = context;
  const endpoints = shownFor(episode, context.endpoints);
  const begin = episode.from - clockOffset;
  const end = begin + episode.length;
  const margin = Math.max(LEAST_MARGIN, MARGIN_SHARE * episode.length);
  const from = Math.max(context.from, begin - margin);
  const to = Math.min(context.to, end + margin);
  const slowest = Math.max(0, ...endpoints.map(({ interval }) => interval));
  const width =
    WIDTHS.find((candidate) => candidate >= slowest && (to - from) / candidate <= MOST_COLUMNS - 1) ?? WIDEST;
  const first = epochIndexAt(from, width, clockOffset);
  const count = Math.min(MOST_COLUMNS, epochIndexAt(to, width, clockOffset) - first + 1);
  const starts = Array.from({ length: count }, (_, i) => epochStart({ width, clockOffset }, first + i));
  const strips = endpoints.map((endpoint): ReportStrip => {
    const columns = starts.map((start) => {
      const stats = accounts.stats(endpoint.id, start, start + width);
      return columnOf(stats, start + clockOffset, width);
    });
    const account = accounts.of(endpoint.id, begin, Math.max(end, begin + 1));
    return { endpoint: endpoint.id, isBlamed: episode.endpoints.includes(endpoint.id), account, columns };
  });
  return { episode, width, scaleTop: scaleTopOf(strips), strips };
};

/** The blamed first, then others, all in the order of the report. */
const shownFor = (episode: ReportEpisode, endpoints: readonly EndpointInfo[]): EndpointInfo[] => {
  const blamed = endpoints.filter(({ id }) => episode.endpoints.includes(id));
  const others = endpoints.filter(({ id }) => !episode.endpoints.includes(id));
  const most = others.length === 0 ? MOST_STRIPS : Math.max(MOST_BLAMED, MOST_STRIPS - others.length);
  const shown = new Set([...blamed.slice(0, most), ...others].slice(0, MOST_STRIPS));
  return endpoints.filter((endpoint) => shown.has(endpoint));
};

const columnOf = ({ counts, slots, loss, p50, p95, gap }: EpochStats, from: UnixMillis, width: Millis): StripColumn => {
  const settled = slots - counts.inFlight - counts.void;
  return {
    from,
    loss,
    late: settled === 0 ? null : counts.late / settled,
    p50,
    p95,
    unwatched: slots === 0 && gap >= width / 2,
  };
};

/** The ladder's first step above all medians and nine p95 of ten. */
const scaleTopOf = (strips: readonly ReportStrip[]): Millis => {
  const columns = strips.flatMap((strip) => strip.columns);
  const p95 = columns.flatMap((column) => (column.p95 === null ? [] : [column.p95])).sort((a, b) => a - b);
  const most = p95[Math.ceil(0.9 * p95.length) - 1] ?? 0;
  const highest = columns.reduce((high, { p50 }) => Math.max(high, p50 ?? 0), most);
  return SCALE_TOPS.find((top) => top >= highest) ?? (SCALE_TOPS.at(-1) as Millis);
};
