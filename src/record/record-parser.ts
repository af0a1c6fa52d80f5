// Lines back to events. Several sessions may follow one another in a file (append, --resume, log rotation): endpoints
// are joined by target and label, sequences go on counting, and the time between two sessions becomes a gap.
// A line that can't be read is reported and skipped, never guessed at.

import type { OutcomeEvent, ProbeEvent } from '../events/events.js';
import { PLAIN_HOST } from '../events/endpoint-info.js';
import type { EndpointInfo } from '../events/endpoint-info.js';
import type { SessionInfo } from '../events/session-info.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../events/units.js';
import { RECORD_FORMAT, toMillis } from './lines/line-format.js';
import type {
  AddressLine,
  ClockLine,
  DuplicateLine,
  GapLine,
  MarkLine,
  ProbeLine,
  RejectedLine,
  RepairLine,
  SessionLine,
  StallLine,
  UnixSeconds,
} from './lines/line-format.js';

export type RecordSink = {
  /** A session starts: the plan as it is from now on, with all endpoints of the record so far. */
  session: (info: SessionInfo, added: readonly EndpointInfo[]) => void;
  event: (event: ProbeEvent) => void;
};

/** What the session that is being read calls endpoint n. */
type Mapping = { endpoint: EndpointId; seqShift: number };

export class RecordParser {
  readonly #sink: RecordSink;
  readonly #endpoints: EndpointInfo[] = [];
  /** By endpoint of the joined record: the sequence after the highest seen. */
  readonly #nextSeqs: ProbeSeq[] = [];
  readonly #shifts: number[] = [];
  #mappings: (Mapping | undefined)[] = [];
  /** Wall clock minus timeline at the start of the session, and now. */
  #sessionOffset: Millis = 0;
  #offset: Millis = 0;
  #lastAt: UnixMillis | null = null;
  /** When the run that is being read started, as its session line says. */
  #started: UnixSeconds | null = null;
  #info: SessionInfo | null = null;
  /** What lies between the session before and this one. */
  #between: ProbeEvent | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** The plan of the newest session with all endpoints, null before any. */
  get info(): SessionInfo | null {
    return this.#info;
  }

  /** By endpoint of `info`: the first sequence that is still free. */
  get nextSeqs(): readonly ProbeSeq[] {
    return this.#nextSeqs;
  }

  /** The latest instant that the record speaks of, on its timeline. */
  get lastAt(): UnixMillis | null {
    return this.#lastAt;
  }

  get clockOffset(): Millis {
    return this.#offset;
  }

  /** Reads one line; returns what is wrong with it, or null. */
  line(text: string): string | null {
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      return 'no JSON';
    }
    if (typeof line !== 'object' || line === null || !('type' in line)) return 'no record line';
    if (line.type === 'session') return this.#session(line as Partial<SessionLine>);
    if (this.#info === null) return 'before any session line';
    return this.#inSession(line);
  }

  #inSession(line: { type: unknown }): string | null {
    switch (line.type) {
      case 'probe':
        return this.#probe(line as ProbeLine);
      case 'late':
      case 'answered':
        return this.#repair(line as RepairLine);
      case 'duplicate': {
        const { endpoint, seq, rtt } = line as DuplicateLine;
        const mapping = this.#mappings[endpoint];
        if (mapping === undefined || !isNumber(seq) || !isNumber(rtt))
          return 'a duplicate without endpoint, seq or rtt';
        this.#sink.event({ type: 'duplicate', endpoint: mapping.endpoint, seq: seq + mapping.seqShift, rtt });
        return null;
      }
      case 'rejected': {
        const { endpoint, reason, count } = line as RejectedLine;
        const known = endpoint === null ? null : this.#mappings[endpoint]?.endpoint;
        if (known === undefined || typeof reason !== 'string' || !isNumber(count))
          return 'a rejection without reason or count';
        this.#sink.event({ type: 'rejected', endpoint: known, reason, count });
        return null;
      }
      case 'gap': {
        const { from, to, reason } = line as GapLine;
        if (!isNumber(from) || !isNumber(to) || typeof reason !== 'string') return 'a gap without from, to or reason';
        this.#sink.event({ type: 'gap', from: this.#timeline(from), to: this.#timeline(to), reason });
        return null;
      }
      case 'stall': {
        const { from, to } = line as StallLine;
        if (!isNumber(from) || !isNumber(to)) return 'a stall without from or to';
        this.#sink.event({ type: 'stall', from: this.#timeline(from), to: this.#timeline(to) });
        return null;
      }
      case 'address': {
        const { endpoint, address, at } = line as AddressLine;
        const mapping = this.#mappings[endpoint];
        if (mapping === undefined || typeof address !== 'string' || !isNumber(at))
          return 'an address without endpoint or time';
        this.#sink.event({ type: 'resolved', endpoint: mapping.endpoint, address, at: this.#timeline(at) });
        return null;
      }
      case 'clock': {
        const { at, offset } = line as ClockLine;
        if (!isNumber(at) || !isNumber(offset)) return 'a clock step without time or offset';
        this.#offset = this.#sessionOffset + toMillis(offset);
        this.#sink.event({ type: 'clock', at: this.#timeline(at), offset: this.#offset });
        return null;
      }
      case 'mark': {
        const { at, text } = line as MarkLine;
        if (!isNumber(at) || typeof text !== 'string') return 'a mark without time or text';
        this.#sink.event({ type: 'mark', at: this.#timeline(at), text });
        return null;
      }
      case 'outage':
      case 'summary':
      case 'unwritten':
        // Derived from the lines above, or about the file itself.
        return null;
      default:
        return `unknown type ${JSON.stringify(line.type)}`;
    }
  }

  #session(line: Partial<SessionLine>): string | null {
    const { format, started, interval, timeout, size, clock, endpoints } = line;
    if (format !== RECORD_FORMAT) return `format ${String(format)}, this pingem reads format ${RECORD_FORMAT}`;
    if (
      !isNumber(started) ||
      !isNumber(interval) ||
      !isNumber(timeout) ||
      !isNumber(size) ||
      !Array.isArray(endpoints)
    ) {
      return 'a session without started, interval, timeout, size or endpoints';
    }
    const added: EndpointInfo[] = [];
    this.#mappings = [];
    for (const { id, target, label, address, firstSeq } of endpoints) {
      let endpoint = this.#endpoints.findIndex((known) => known.target === target && known.label === label);
      if (endpoint < 0) {
        endpoint = this.#endpoints.length;
        const info: EndpointInfo = {
          ...PLAIN_HOST,
          id: endpoint,
          target,
          label,
          address,
          interval: toMillis(interval),
          sizeBytes: size,
        };
        this.#endpoints.push(info);
        added.push(info);
      }
      const next = this.#nextSeqs[endpoint] ?? 0;
      // From 0: a run of its own, goes on behind what is there. Above all that is there: --resume, has counted on itself.
      // Otherwise the same run in a rotated file.
      const first = firstSeq ?? 0;
      const seqShift = first === 0 ? next : first >= next ? 0 : (this.#shifts[endpoint] ?? 0);
      this.#shifts[endpoint] = seqShift;
      this.#nextSeqs[endpoint] = next;
      this.#mappings[id] = { endpoint, seqShift };
    }
    if (started !== this.#started) this.#startAt(toMillis(started));
    this.#started = started;
    this.#info = {
      startedAt: this.#info?.startedAt ?? toMillis(started),
      interval: toMillis(interval),
      timeout: toMillis(timeout),
      sizeBytes: size,
      clock: clock === 'kernel' ? 'kernel' : 'javascript',
      endpoints: [...this.#endpoints],
    };
    this.#sink.session(this.#info, added);
    if (this.#between !== null) this.#sink.event(this.#between);
    this.#between = null;
    return null;
  }

  /**
   * Places a run on the timeline behind what was read before. Not for a session line that says what the one before said:
   * the same run goes on with it, in the same file (SIGUSR2 with nothing moved away) or in the next one of a rotation.
   */
  #startAt(wall: number): void {
    this.#sessionOffset = this.#offset;
    if (this.#lastAt === null) return;
    const at = wall - this.#offset;
    if (at >= this.#lastAt) {
      if (at > this.#lastAt) this.#between = { type: 'gap', from: this.#lastAt, to: at, reason: 'not running' };
      return;
    }
    // The wall clock was set back between the sessions: time didn't, so the past is relabelled.
    this.#offset = wall - this.#lastAt;
    this.#sessionOffset = this.#offset;
    this.#between = { type: 'clock', at: this.#lastAt, offset: this.#offset };
  }

  #probe(line: ProbeLine): string | null {
    const mapping = this.#mappings[line.endpoint];
    if (mapping === undefined || !isNumber(line.seq) || !isNumber(line.sent))
      return 'a probe without endpoint, seq or sent';
    const { endpoint } = mapping;
    const seq = line.seq + mapping.seqShift;
    const outcome = probeOutcome(line, endpoint, seq);
    if (typeof outcome === 'string') return outcome;
    if (seq >= (this.#nextSeqs[endpoint] ?? 0)) this.#nextSeqs[endpoint] = seq + 1;
    this.#sink.event({ type: 'sent', endpoint, seq, at: this.#timeline(line.sent) });
    if (outcome !== null) this.#sink.event(outcome);
    return null;
  }

  #repair(line: RepairLine): string | null {
    const mapping = this.#mappings[line.endpoint];
    if (mapping === undefined || !isNumber(line.seq) || !isNumber(line.rtt))
      return 'a reply without endpoint, seq or rtt';
    this.#sink.event({ type: line.type, endpoint: mapping.endpoint, seq: line.seq + mapping.seqShift, ...reply(line) });
    return null;
  }

  #timeline(wall: number): UnixMillis {
    const at = toMillis(wall) - this.#offset;
    if (this.#lastAt === null || at > this.#lastAt) this.#lastAt = at;
    return at;
  }
}

/** What settled the probe, null if nothing did; a text says what is wrong with the line. */
const probeOutcome = (line: ProbeLine, endpoint: EndpointId, seq: ProbeSeq): OutcomeEvent | null | string => {
  switch (line.state) {
    case 'answered':
      return isNumber(line.rtt) ? { type: 'answered', endpoint, seq, ...reply(line) } : 'an answered probe without rtt';
    case 'lost':
    case 'void':
      return { type: line.state, endpoint, seq };
    case 'unsent':
      return typeof line.error === 'string'
        ? { type: 'unsent', endpoint, seq, error: line.error }
        : 'an unsent probe without error';
    case 'unreachable': {
      const [, icmpType, icmpCode] = /^(\d+)\/(\d+)$/.exec(line.icmp) ?? [];
      if (icmpType === undefined || typeof line.from !== 'string') return 'an unreachable probe without from or icmp';
      return {
        type: 'unreachable',
        endpoint,
        seq,
        from: line.from,
        icmpType: Number(icmpType),
        icmpCode: Number(icmpCode),
      };
    }
    case 'pending':
      return null;
    default:
      return `a probe in no known state`;
  }
};

const reply = (line: { rtt: Millis; ttl?: number; uncertain?: true }) => ({
  rtt: line.rtt,
  ttl: line.ttl ?? null,
  ...(line.uncertain === true ? { uncertain: true as const } : {}),
});

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
