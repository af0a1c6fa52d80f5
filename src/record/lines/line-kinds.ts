// The types of line that stand within a session, one entry each: the check that such a line must pass, and the events
// that it makes. A new type is a schema, a check and an entry.

import { plainText } from '../../events/plain-text.js';
import type { OutcomeEvent, ProbeEvent } from '../../events/events.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../../events/units.js';
import { lineChecks } from './line-checks.js';
import type { LineCheck } from './line-checks.js';
import type { EndpointLine, PendingLine, ProbeLine, RepairLine, UnixSeconds } from './line-format.js';

/** Where the session that is being read puts its lines on the joined record. */
export type LinePlace = {
  emit: (event: ProbeEvent) => void;
  /** The endpoint that the session calls `id`; undefined if it has none such. */
  endpoint: (id: EndpointId) => EndpointId | undefined;
  /** What the session counts as `seq`, on the joined record. */
  seq: (id: EndpointId, seq: ProbeSeq) => ProbeSeq;
  /** An instant of the wall clock on the record's timeline. */
  at: (wall: UnixSeconds) => UnixMillis;
  /** The session's clock has been stepped to `offset` from what it showed at its start; null if that is out of all bounds. */
  stepClock: (offset: number) => Millis | null;
  /** A probe has been read: the sequences up to it are taken. */
  probed: (endpoint: EndpointId, seq: ProbeSeq) => void;
  /** The endpoint is watched from now on, as the line says. Returns what keeps it from that, or null. */
  announce: (line: EndpointLine) => string | null;
  /** The endpoint, by its id on the joined record, is not watched any more. Whether that is news. */
  removed: (endpoint: EndpointId) => boolean;
};

/** Reads a line that has passed its check. Returns what is wrong with it all the same, or null. */
type Read<T> = (line: T, place: LinePlace) => string | null;

export type LineKind = { check: LineCheck<unknown>; read: Read<unknown> };

const kind = <T>(check: LineCheck<T>, read: Read<T>): LineKind => ({ check, read: read as Read<unknown> });

/** Sequences beyond this are not counted with: sessions joined one behind the other could run out of whole numbers. */
const LAST_JOINED_SEQ = 2 ** 52;

const NO_ENDPOINT = 'endpoint is none of its session';
const SEQ_TOO_LARGE = 'seq is beyond what can be counted';

const probe: Read<ProbeLine | PendingLine> = (line, place) => {
  const endpoint = place.endpoint(line.endpoint);
  if (endpoint === undefined) return NO_ENDPOINT;
  const seq = place.seq(line.endpoint, line.seq);
  if (seq > LAST_JOINED_SEQ) return SEQ_TOO_LARGE;
  place.probed(endpoint, seq);
  place.emit({ type: 'sent', endpoint, seq, at: place.at(line.sent) });
  const outcome = probeOutcome(line, endpoint, seq);
  if (outcome !== null) place.emit(outcome);
  return null;
};

const repair: Read<RepairLine> = (line, place) => {
  const endpoint = place.endpoint(line.endpoint);
  if (endpoint === undefined) return NO_ENDPOINT;
  const seq = place.seq(line.endpoint, line.seq);
  if (seq > LAST_JOINED_SEQ) return SEQ_TOO_LARGE;
  place.emit({ type: line.type, endpoint, seq, ...reply(line) });
  return null;
};

const KINDS: Readonly<Record<string, LineKind>> = {
  probe: kind(lineChecks.probe, probe),
  late: kind(lineChecks.late, repair),
  answered: kind(lineChecks.answered, repair),
  duplicate: kind(lineChecks.duplicate, (line, place) => {
    const endpoint = place.endpoint(line.endpoint);
    if (endpoint === undefined) return NO_ENDPOINT;
    const seq = place.seq(line.endpoint, line.seq);
    if (seq > LAST_JOINED_SEQ) return SEQ_TOO_LARGE;
    place.emit({ type: 'duplicate', endpoint, seq, rtt: line.rtt });
    return null;
  }),
  rejected: kind(lineChecks.rejected, (line, place) => {
    const endpoint = line.endpoint === null ? null : place.endpoint(line.endpoint);
    if (endpoint === undefined) return NO_ENDPOINT;
    place.emit({ type: 'rejected', endpoint, reason: line.reason, count: line.count });
    return null;
  }),
  gap: kind(lineChecks.gap, (line, place) => {
    const endpoint = line.endpoint === undefined ? undefined : place.endpoint(line.endpoint);
    if (line.endpoint !== undefined && endpoint === undefined) return NO_ENDPOINT;
    const of = endpoint === undefined ? {} : { endpoint };
    place.emit({ type: 'gap', ...of, from: place.at(line.from), to: place.at(line.to), reason: line.reason });
    return null;
  }),
  stall: kind(lineChecks.stall, (line, place) => {
    place.emit({ type: 'stall', from: place.at(line.from), to: place.at(line.to) });
    return null;
  }),
  endpoint: kind(lineChecks.endpoint, (line, place) => place.announce(line)),
  removed: kind(lineChecks.removed, (line, place) => {
    const endpoint = place.endpoint(line.endpoint);
    if (endpoint === undefined) return NO_ENDPOINT;
    const at = place.at(line.at);
    if (place.removed(endpoint)) place.emit({ type: 'removed', endpoint, at });
    return null;
  }),
  traffic: kind(lineChecks.traffic, (line, place) => {
    place.emit({
      type: 'traffic',
      at: place.at(line.at),
      receivedBytes: line.received,
      sentBytes: line.sent,
      ...(line.interface === undefined ? {} : { interface: line.interface }),
      ...(line.signal === undefined ? {} : { signalDbm: line.signal }),
    });
    return null;
  }),
  address: kind(lineChecks.address, (line, place) => {
    const endpoint = place.endpoint(line.endpoint);
    if (endpoint === undefined) return NO_ENDPOINT;
    const name = line.name === undefined ? {} : { name: plainText(line.name) };
    place.emit({ type: 'resolved', endpoint, address: line.address, ...name, at: place.at(line.at) });
    return null;
  }),
  clock: kind(lineChecks.clock, (line, place) => {
    const offset = place.stepClock(line.offset);
    if (offset === null) return 'offset adds up to more than can be counted';
    place.emit({ type: 'clock', at: place.at(line.at), offset });
    return null;
  }),
  mark: kind(lineChecks.mark, (line, place) => {
    place.emit({ type: 'mark', at: place.at(line.at), text: line.text });
    return null;
  }),
};

const kinds = new Map(Object.entries(KINDS));

/** Derived from the lines before them, or about the file itself: of no use to a reader. */
const PASSED_OVER = new Set(['episode', 'outage', 'summary', 'unwritten', 'verdict']);

/** How to read a line of that type: null if there is nothing to read in it, undefined if the type is not known. */
export const lineKind = (type: string): LineKind | null | undefined =>
  kinds.get(type) ?? (PASSED_OVER.has(type) ? null : undefined);

/** What settled the probe, null if nothing did. */
const probeOutcome = (line: ProbeLine | PendingLine, endpoint: EndpointId, seq: ProbeSeq): OutcomeEvent | null => {
  switch (line.state) {
    case 'answered':
      return { type: 'answered', endpoint, seq, ...reply(line) };
    case 'lost':
    case 'void':
      return { type: line.state, endpoint, seq };
    case 'unsent':
      return { type: 'unsent', endpoint, seq, error: line.error };
    case 'unreachable': {
      const [icmpType = 0, icmpCode = 0] = line.icmp.split('/').map(Number);
      return { type: 'unreachable', endpoint, seq, from: line.from, icmpType, icmpCode };
    }
    case 'in-flight':
    case 'pending':
      return null;
  }
};

const reply = (line: { rtt: Millis; ttl?: number; uncertain?: true }) => ({
  rtt: line.rtt,
  ttl: line.ttl ?? null,
  ...(line.uncertain === true ? { uncertain: true as const } : {}),
});
