// Lines back to events. Several sessions may follow one another in a file (append, --resume, log rotation): endpoints
// are joined by target and label, sequences go on counting, and the time between two sessions becomes a gap.
// A line that can't be read is reported and skipped, never guessed at.

import type { ProbeEvent } from '../events/events.js';
import { PLAIN_HOST } from '../events/endpoint-info.js';
import type { EndpointInfo } from '../events/endpoint-info.js';
import type { SessionInfo } from '../events/session-info.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../events/units.js';
import { lineChecks, whyRefused } from './lines/line-checks.js';
import { lineKind } from './lines/line-kinds.js';
import type { LinePlace } from './lines/line-kinds.js';
import { MOST_ENDPOINTS, RECORD_FORMAT, toMillis } from './lines/line-format.js';
import type { SessionLine, UnixSeconds } from './lines/line-format.js';

export type RecordSink = {
  /** A session starts: the plan as it is from now on, with all endpoints of the record so far. */
  session: (info: SessionInfo, added: readonly EndpointInfo[]) => void;
  event: (event: ProbeEvent) => void;
};

/** What the session that is being read calls endpoint n. */
type Mapping = { endpoint: EndpointId; seqShift: number };

/** About 30,000 years, far within what a date can show (ECMAScript: 275,000). */
const MOST_OFFSET: Millis = 1e15;
/** Of a type that is not known so many characters are shown. */
const TYPE_SHOWN = 40;
const BYTE_ORDER_MARK = 0xfe_ff;
const OPENING_BRACE = 0x7b;
const MAY_BE_OBJECT = /^[\u{feff}\s]*\{/u;
/** How every line begins, and what can't stand within a text in JSON. */
const LINE_START = '{"type":"';

/** undefined if it is no JSON. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
};

export class RecordParser {
  readonly #sink: RecordSink;
  readonly #endpoints: EndpointInfo[] = [];
  readonly #ids = new Map<string, EndpointId>();
  /** By endpoint of the joined record: the sequence after the highest seen. */
  readonly #nextSeqs: ProbeSeq[] = [];
  readonly #shifts: number[] = [];
  readonly #place: LinePlace;
  #mappings: (Mapping | undefined)[] = [];
  /** Wall clock minus timeline at the start of the session, and now. */
  #sessionOffset: Millis = 0;
  #offset: Millis = 0;
  #lastAt: UnixMillis | null = null;
  /** When the run that is being read started, as its session line says. */
  #started: UnixSeconds | null = null;
  #info: SessionInfo | null = null;
  /** Whether the last session line could be read; if not, what follows it belongs to nobody. */
  #inSession = false;
  /** What lies between the session before and this one. */
  #between: ProbeEvent | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
    this.#place = {
      emit: (event) => sink.event(event),
      endpoint: (id) => this.#mappings[id]?.endpoint,
      seq: (id, seq) => seq + (this.#mappings[id]?.seqShift ?? 0),
      at: (wall) => this.#timeline(wall),
      stepClock: (offset) => this.#stepClock(offset),
      probed: (endpoint, seq) => {
        if (seq >= (this.#nextSeqs[endpoint] ?? 0)) this.#nextSeqs[endpoint] = seq + 1;
      },
    };
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
    // Making an error costs more than reading a line.
    if (text.charCodeAt(0) !== OPENING_BRACE && !MAY_BE_OBJECT.test(text)) return this.#torn(text, 'no record line');
    const line = parsed(text);
    if (line === undefined) return this.#torn(text, 'no JSON');
    if (typeof line !== 'object' || line === null || !('type' in line) || typeof line.type !== 'string') {
      return 'no record line';
    }
    const { type } = line;
    if (type === 'session') return this.#checkedSession(line);
    const kind = lineKind(type);
    if (kind === null) return null;
    if (!this.#inSession) return this.#info === null ? 'before any session line' : "in a session that can't be read";
    if (kind === undefined) return `unknown type ${JSON.stringify(type.slice(0, TYPE_SHOWN))}`;
    const problem = kind.check(line) ? kind.read(line, this.#place) : whyRefused(kind.check);
    return problem === null ? null : `${type}: ${problem}`;
  }

  /** A line that was torn by a kill or a full disk, with, where files were put together, a whole one right behind it. */
  #torn(text: string, why: string): string {
    const start = text.lastIndexOf(LINE_START);
    const whole = start > 0 ? text.slice(start) : '';
    const problem = whole !== '' && parsed(whole) !== undefined ? this.line(whole) : null;
    return problem === null ? why : `${why}; behind it: ${problem}`;
  }

  #checkedSession(line: object): string | null {
    this.#inSession = false;
    if (!('format' in line) || line.format !== RECORD_FORMAT) {
      const format = 'format' in line && typeof line.format === 'number' ? String(line.format) : 'unknown';
      return `format ${format}, this pingem reads format ${RECORD_FORMAT}`;
    }
    const problem = lineChecks.session(line) ? this.#session(line) : whyRefused(lineChecks.session);
    return problem === null ? null : `session: ${problem}`;
  }

  #session(line: SessionLine): string | null {
    const { started, interval, timeout, size, clock, endpoints } = line;
    this.#mappings = [];
    const goesOn = started === this.#started;
    if (!goesOn && !this.#startAt(toMillis(started))) {
      return 'started sets the clock back by more than can be counted';
    }
    this.#started = started;
    this.#inSession = true;
    const added: EndpointInfo[] = [];
    let leftOut = 0;
    for (const { id, target, label, address, firstSeq } of endpoints) {
      const key = JSON.stringify([target, label]);
      let endpoint = this.#ids.get(key);
      if (endpoint === undefined) {
        if (this.#endpoints.length >= MOST_ENDPOINTS) {
          leftOut++;
          continue;
        }
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
        this.#ids.set(key, endpoint);
        added.push(info);
      }
      const next = this.#nextSeqs[endpoint] ?? 0;
      // The same run in a rotated file counts on as it did: what was in flight then may stand in either file. From 0: a run
      // of its own, goes on behind what is there. Above all that is there: --resume, has counted on itself.
      const first = firstSeq ?? 0;
      const known = this.#shifts[endpoint];
      const seqShift = goesOn && known !== undefined ? known : first === 0 ? next : first >= next ? 0 : (known ?? 0);
      this.#shifts[endpoint] = seqShift;
      this.#nextSeqs[endpoint] = next;
      this.#mappings[id] = { endpoint, seqShift };
    }
    this.#info = {
      startedAt: this.#info?.startedAt ?? toMillis(started),
      interval: toMillis(interval),
      timeout: toMillis(timeout),
      sizeBytes: size,
      clock: clock === 'kernel' ? 'kernel' : 'javascript',
      endpoints: added.length === 0 && this.#info !== null ? this.#info.endpoints : [...this.#endpoints],
    };
    this.#sink.session(this.#info, added);
    if (this.#between !== null) this.#sink.event(this.#between);
    this.#between = null;
    return leftOut === 0
      ? null
      : `the record has more than ${MOST_ENDPOINTS} endpoints, ${leftOut} of this line left out`;
  }

  /**
   * Places a run on the timeline behind what was read before. Not for a session line that says what the one before said:
   * the same run goes on with it, in the same file (SIGUSR2 with nothing moved away) or in the next one of a rotation.
   * Returns whether it could.
   */
  #startAt(wall: number): boolean {
    const lastAt = this.#lastAt;
    if (lastAt !== null && wall - this.#offset < lastAt && Math.abs(wall - lastAt) > MOST_OFFSET) return false;
    this.#sessionOffset = this.#offset;
    if (lastAt === null) return true;
    const at = wall - this.#offset;
    if (at >= lastAt) {
      if (at > lastAt) this.#between = { type: 'gap', from: lastAt, to: at, reason: 'not running' };
      return true;
    }
    // The wall clock was set back between the sessions: time didn't, so the past is relabelled.
    this.#offset = wall - lastAt;
    this.#sessionOffset = this.#offset;
    this.#between = { type: 'clock', at: lastAt, offset: this.#offset };
    return true;
  }

  #stepClock(seconds: UnixSeconds): Millis | null {
    const offset = this.#sessionOffset + toMillis(seconds);
    if (Math.abs(offset) > MOST_OFFSET) return null;
    this.#offset = offset;
    return offset;
  }

  #timeline(wall: UnixSeconds): UnixMillis {
    const at = toMillis(wall) - this.#offset;
    if (this.#lastAt === null || at > this.#lastAt) this.#lastAt = at;
    return at;
  }
}
