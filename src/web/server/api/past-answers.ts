// What happened: columns of a strip, episodes, the ledger of other events, and the details of one endpoint.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import type { LedgerEvent, Outage } from '../../../history/outages/outage-ledger.js';
import { columnToWire, isEmptyColumn } from '../../wire/columns.js';
import type { WireColumn } from '../../wire/columns.js';
import type { ColumnsAnswer, EndpointAnswer, EpisodesAnswer, EventsAnswer, TrafficAnswer } from '../../wire/answers.js';
import { LEAST_WIDTH, MOST_COLUMNS, MOST_WIDTH } from '../../wire/limits.js';
import { Refusal } from '../http/reply.js';
import type { WebContext } from '../web-context.js';
import { endpointOf, spanOf, wholeNumberOf } from './query.js';
import { wireEndpoint, wireSpan } from './session-answers.js';

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/** Columns, where no span is asked for. */
const ORDINARY_COLUMNS = 300;

/** The newest of a kind that one answer lists. */
const MOST_LISTED = 2000;
const NEWEST_PROBES = 40;

/** The columns [first, end) that are asked for. @throws Refusal if they are too many, or none */
const columnsOf = (query: URLSearchParams, now: UnixMillis): { width: Millis; first: number; end: number } => {
  const width = wholeNumberOf(query, 'width', { from: LEAST_WIDTH, to: MOST_WIDTH });
  const { from, to } = spanOf(query, now, ORDINARY_COLUMNS * width);
  const first = Math.floor(from / width);
  const end = Math.ceil(to / width);
  if (end - first > MOST_COLUMNS) {
    throw new Refusal(400, `that is ${end - first} columns: at most ${MOST_COLUMNS}, take a greater width=`);
  }
  return { width, first, end };
};

export const columnsAnswer = ({ history, clock }: WebContext, query: URLSearchParams): ColumnsAnswer => {
  const endpoint = endpointOf(query, history);
  const offset = history.clockOffset;
  const { width, first, end } = columnsOf(query, clock.now() + offset);
  const columns: WireColumn[] = [];
  for (let index = first; index < end; index++) {
    const stats = endpoint.span(index * width - offset, (index + 1) * width - offset);
    if (!isEmptyColumn(stats)) columns.push(columnToWire(index, stats, offset));
  }
  return { endpoint: endpoint.info.id, width, from: first * width, to: end * width, columns };
};

export const trafficAnswer = ({ history, clock }: WebContext, query: URLSearchParams): TrafficAnswer => {
  const { traffic, clockOffset: offset } = history;
  const { width, first, end } = columnsOf(query, clock.now() + offset);
  const columns = Array.from({ length: end - first }, (_, i) => {
    const span = traffic.within((first + i) * width - offset, (first + i + 1) * width - offset);
    return span === null
      ? null
      : { receivedBytes: Math.round(span.receivedBytes), sentBytes: Math.round(span.sentBytes) };
  });
  return { width, from: first * width, to: end * width, highest: { ...traffic.highest }, columns };
};

export const wireEpisode = (episode: Episode, offset: Millis): Episode => ({
  ...episode,
  from: episode.from + offset,
  to: episode.to === null ? null : episode.to + offset,
  lastBadAt: episode.lastBadAt + offset,
});

export const episodesAnswer = ({ history, verdicts, clock }: WebContext, query: URLSearchParams): EpisodesAnswer => {
  const offset = history.clockOffset;
  const { from, to } = spanOf(query, clock.now() + offset + MINUTE, Infinity);
  return {
    episodes: verdicts.episodes
      .map((episode) => wireEpisode(episode, offset))
      .filter((episode) => episode.from < to && (episode.to ?? Infinity) >= from)
      .slice(-MOST_LISTED),
  };
};

const wireOutage = (outage: Outage, offset: Millis): Outage => ({
  ...outage,
  from: outage.from + offset,
  to: outage.to === null ? null : outage.to + offset,
});

const wireEvent = (event: LedgerEvent, offset: Millis): LedgerEvent =>
  event.type === 'gap'
    ? { ...event, at: event.at + offset, to: event.to + offset }
    : { ...event, at: event.at + offset };

export const eventsAnswer = ({ history, clock }: WebContext, query: URLSearchParams): EventsAnswer => {
  const offset = history.clockOffset;
  const { from, to } = spanOf(query, clock.now() + offset + MINUTE, DAY);
  const isWithin = (begin: UnixMillis, end: UnixMillis | null): boolean => begin < to && (end ?? Infinity) >= from;
  return {
    events: history.outages.events
      .map((event) => wireEvent(event, offset))
      .filter((event) => isWithin(event.at, event.type === 'gap' ? event.to : event.at))
      .slice(-MOST_LISTED),
    outages: history.outages
      .list()
      .map((outage) => wireOutage(outage, offset))
      .filter((outage) => isWithin(outage.from, outage.to))
      .slice(-MOST_LISTED),
    gaps: history.gaps
      .map((gap) => ({ ...gap, from: gap.from + offset, to: gap.to + offset }))
      .filter((gap) => isWithin(gap.from, gap.to))
      .slice(-MOST_LISTED),
  };
};

export const endpointAnswer = (context: WebContext, query: URLSearchParams): EndpointAnswer => {
  const { history, clock } = context;
  const endpoint = endpointOf(query, history);
  const now = clock.now();
  const offset = history.clockOffset;
  const wall = spanOf(query, now + offset, HOUR);
  const [from, to] = [wall.from - offset, wall.to - offset];
  const runs = endpoint.lossRuns(from, to);
  const { longest } = runs;
  return {
    endpoint: wireEndpoint(endpoint, context, now),
    span: wireSpan(endpoint.span(from, to), offset),
    rtts: endpoint.rttCounts(from, to),
    lossRuns: {
      ...runs,
      from: runs.from + offset,
      longest: longest === null ? null : { ...longest, at: longest.at + offset },
    },
    last10min: wireSpan(endpoint.span(now - 10 * MINUTE, now), offset),
    lastHour: wireSpan(endpoint.span(now - HOUR, now), offset),
    whole: wireSpan(endpoint.span(endpoint.firstAt ?? now, now), offset),
    ttls: endpoint.ttls.list.map((change) => ({ ...change, at: change.at + offset })),
    newest: endpoint.newestProbes(NEWEST_PROBES, to).map((probe) => ({ ...probe, at: probe.at + offset })),
    outages: history.outages
      .list()
      .filter((outage) => outage.endpoint === endpoint.info.id)
      .slice(-MOST_LISTED)
      .map((outage) => wireOutage(outage, offset)),
  };
};
