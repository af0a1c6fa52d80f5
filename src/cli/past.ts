// --resume: what the record holds becomes the past of the run that is about to start. The record's timeline is moved so
// that it ends on the clock of the new run; the time between is a gap.

import { statSync } from 'node:fs';
import type { ProbeEvent } from '../events/events.js';
import type { EventSink } from '../events/sink.js';
import type { SessionInfo } from '../events/session-info.js';
import type { EndpointId, Millis, ProbeSeq } from '../events/units.js';
import { RecordSource } from './record-source.js';

export type Past = {
  /** By endpoint of the new run: the sequence to go on with. */
  firstSeqs: readonly ProbeSeq[];
  /** Lines that could not be read. */
  problems: readonly string[];
};

const NOTHING: Past = { firstSeqs: [], problems: [] };

/**
 * Hands the events of the record at `path` to `sink`, those of endpoints that `info` has, and with its ids.
 * @throws RecordFileError if there is something else at `path`; a record that isn't there yet is an empty past
 */
export const loadPast = async (
  path: string,
  info: SessionInfo,
  sink: EventSink,
  onProgress: (fraction: number) => void,
): Promise<Past> => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return NOTHING;
  const source = await RecordSource.open(path, path);
  const ids = source.info.endpoints.map(({ target, label }) =>
    info.endpoints.findIndex((endpoint) => endpoint.target === target && endpoint.label === label),
  );
  // A wall clock that was set back meanwhile would put the past into the future.
  const offsetAtEnd = source.clockOffset;
  const shift = Math.min(offsetAtEnd, info.startedAt - source.lastAt);
  const moving: EventSink = {
    event: (event) => {
      const moved = move(event, ids, shift, offsetAtEnd);
      if (moved !== null) sink.event(moved);
    },
  };
  await source.read(moving, onProgress);
  const endedAt = source.lastAt + shift;
  if (endedAt < info.startedAt) sink.event({ type: 'gap', from: endedAt, to: info.startedAt, reason: 'not running' });
  const firstSeqs = info.endpoints.map(({ id }) => source.nextSeqs[ids.indexOf(id)] ?? 0);
  return { firstSeqs, problems: source.problems };
};

/** With the ids and on the timeline of the new run, null for an endpoint that it doesn't probe. */
const move = (event: ProbeEvent, ids: readonly EndpointId[], shift: Millis, offsetAtEnd: Millis): ProbeEvent | null => {
  switch (event.type) {
    case 'gap':
    case 'stall':
      return { ...event, from: event.from + shift, to: event.to + shift };
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
  const endpoint = ids[event.endpoint ?? -1] ?? -1;
  if (endpoint < 0) return null;
  return 'at' in event ? { ...event, endpoint, at: event.at + shift } : { ...event, endpoint };
};
