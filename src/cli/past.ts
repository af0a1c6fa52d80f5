// --resume: what the record holds becomes the past of the run that is about to start. The record's timeline is moved so
// that it ends on the clock of the new run; the time between is a gap. Endpoints that the run doesn't watch any more keep
// their past, as removed ones: their ids follow those of the run's own.

import { statSync } from 'node:fs';
import { isSameEndpoint } from '../events/endpoint-info.js';
import type { EndpointInfo } from '../events/endpoint-info.js';
import { EndpointRoster } from '../events/endpoint-roster.js';
import type { ProbeEvent } from '../events/events.js';
import type { EventSink } from '../events/sink.js';
import type { SessionInfo } from '../events/session-info.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';
import type { Resumed } from '../record/lines/session-head.js';
import { RecordSource } from './record-source.js';

export type Past = {
  resumed: Resumed;
  /** Those that aren't watched any more, as they were last, with their ids in the new run. */
  formerly: readonly EndpointInfo[];
  /** Lines that could not be read. */
  problems: readonly string[];
};

export const NO_PAST: Past = { resumed: { firstSeqs: [], keys: [] }, formerly: [], problems: [] };

/**
 * Hands the events of the record at `path` to `sink`, with the ids of the new run.
 * @throws RecordFileError if there is something else at `path`; a record that isn't there yet is an empty past
 */
export const loadPast = async (
  path: string,
  info: SessionInfo,
  sink: EventSink,
  onProgress: (fraction: number) => void,
): Promise<Past> => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return NO_PAST;
  const source = await RecordSource.open(path, path);
  const matches = source.endpoints.matchNew(info.endpoints);
  let nextId = info.endpoints.length;
  const ids = source.endpoints.list.map(({ info: { id } }) => {
    const match = matches.indexOf(id);
    return match < 0 ? nextId++ : match;
  });
  // A wall clock that was set back meanwhile would put the past into the future.
  const offsetAtEnd = source.clockOffset;
  const shift = Math.min(offsetAtEnd, info.startedAt - source.lastAt);
  // Who it is that the sink knows so far, and how.
  const roster = new EndpointRoster(info.endpoints);
  const hand = (event: ProbeEvent): void => {
    roster.apply(event);
    sink.event(event);
  };
  const isWatched = (id: EndpointId): boolean => id < info.endpoints.length;
  const announced = new Set(source.info.endpoints.map(({ id }) => id));
  for (const endpoint of source.info.endpoints) {
    const id = ids[endpoint.id] ?? 0;
    const at = source.info.startedAt + shift;
    if (!isWatched(id)) hand({ type: 'endpoint', endpoint: id, info: { ...endpoint, id }, at });
  }
  const moving: EventSink = {
    event: (event) => {
      const moved = move(event, ids, shift, offsetAtEnd);
      if (moved === null) return;
      if (event.type === 'endpoint' && moved.type === 'endpoint') {
        const isFirst = !announced.has(event.endpoint);
        announced.add(event.endpoint);
        if (isFirst && isWatched(moved.endpoint)) return;
      }
      hand(moved);
    },
  };
  await source.read(moving, onProgress);
  const endedAt = source.lastAt + shift;
  for (const { id } of roster.present) if (!isWatched(id)) hand({ type: 'removed', endpoint: id, at: endedAt });
  if (endedAt < info.startedAt) sink.event({ type: 'gap', from: endedAt, to: info.startedAt, reason: 'not running' });
  for (const endpoint of info.endpoints) {
    const then = roster.all[endpoint.id] ?? endpoint;
    if (!roster.isRemoved(endpoint.id) && isSameEndpoint(then, endpoint)) continue;
    sink.event({ type: 'endpoint', endpoint: endpoint.id, info: endpoint, at: info.startedAt });
  }
  const { list, nextSeqs } = source.endpoints;
  const onRecord = Array.from({ length: nextId }, (_, id) => ids.indexOf(id));
  return {
    resumed: {
      firstSeqs: onRecord.map((id) => nextSeqs[id] ?? 0),
      keys: onRecord.map((id) => list[id]?.key ?? undefined),
    },
    formerly: roster.all.filter(({ id }) => !isWatched(id)),
    problems: source.problems,
  };
};

/** For readers that the past itself means nothing to: by whom ids are taken. */
export const formerEvents = ({ formerly }: Past, at: UnixMillis): ProbeEvent[] =>
  formerly.flatMap((info): ProbeEvent[] => [
    { type: 'endpoint', endpoint: info.id, info, at },
    { type: 'removed', endpoint: info.id, at },
  ]);

/** With the ids and on the timeline of the new run. */
const move = (event: ProbeEvent, ids: readonly EndpointId[], shift: Millis, offsetAtEnd: Millis): ProbeEvent | null => {
  switch (event.type) {
    case 'gap':
    case 'stall': {
      const moved = { ...event, from: event.from + shift, to: event.to + shift };
      if (moved.type === 'stall' || moved.endpoint === undefined) return moved;
      const endpoint = ids[moved.endpoint];
      return endpoint === undefined ? null : { ...moved, endpoint };
    }
    case 'clock':
      return { ...event, at: event.at + shift, offset: event.offset - offsetAtEnd };
    case 'mark':
    case 'traffic':
      return { ...event, at: event.at + shift };
    case 'verdict':
      // Comes again from what it was judged by.
      return null;
    case 'rejected':
      if (event.endpoint === null) return event;
      break;
    default:
  }
  const endpoint = ids[event.endpoint ?? -1];
  if (endpoint === undefined) return null;
  if (event.type === 'endpoint') {
    return { ...event, endpoint, info: { ...event.info, id: endpoint }, at: event.at + shift };
  }
  return 'at' in event ? { ...event, endpoint, at: event.at + shift } : { ...event, endpoint };
};
