// Lines back to events. Several sessions, of either format, may follow one another in a file (append, --resume, log
// rotation): endpoints are joined, sequences go on counting, and the time between two sessions becomes a gap.
// A line that can't be read is reported and skipped, never guessed at.

import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { JoinedEndpoints } from './joined-endpoints.js';
import { lineChecks, whyRefused } from './lines/line-checks.js';
import { lineKind } from './lines/line-kinds.js';
import type { LinePlace } from './lines/line-kinds.js';
import { RECORD_FORMAT, toMillis } from './lines/line-format.js';
import type { SessionLine, SessionLine1, UnixSeconds } from './lines/line-format.js';
import { RollCall } from './roll-call.js';

/** About 30,000 years, far within what a date can show (ECMAScript: 275,000). */
const MOST_OFFSET: Millis = 1e15;
const MOST_VERSIONS = 10;
const VERSION_SHOWN = 40;
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
  /** All endpoints so far, by the ids of the events. */
  readonly joined = new JoinedEndpoints();
  readonly #emit: (event: ProbeEvent) => void;
  readonly #rollCall = new RollCall(this.joined);
  readonly #place: LinePlace;
  /** Wall clock minus timeline at the start of the session, and now. */
  #sessionOffset: Millis = 0;
  #offset: Millis = 0;
  #lastAt: UnixMillis | null = null;
  /** When the run that is being read started, as its session line says. */
  #started: UnixSeconds | null = null;
  #info: SessionInfo | null = null;
  /** Whether the last session line could be read; if not, what follows it belongs to nobody. */
  #inSession = false;
  /** What has written the record, oldest first. */
  readonly #versions = new Set<string>();
  /** What lies between the session before and this one. */
  #between: ProbeEvent | null = null;

  /** @param emit takes the events */
  constructor(emit: (event: ProbeEvent) => void) {
    this.#emit = emit;
    const joined = this.joined;
    this.#place = {
      emit,
      endpoint: (id) => joined.endpoint(id),
      seq: (id, seq) => joined.seq(id, seq),
      at: (wall) => this.#timeline(wall),
      stepClock: (offset) => this.#stepClock(offset),
      probed: (endpoint, seq) => joined.probed(endpoint, seq),
      announce: (line) => {
        const events = this.#rollCall.announce(line, this.#timeline(line.at));
        if (typeof events === 'string') return events;
        for (const event of events) emit(event);
        return null;
      },
      removed: (endpoint) => joined.remove(endpoint),
    };
  }

  /** The plan of the newest session, with those endpoints that no event announces; null before any. */
  get info(): SessionInfo | null {
    return this.#info;
  }

  /** The latest instant that the record speaks of, on its timeline. */
  get lastAt(): UnixMillis | null {
    return this.#lastAt;
  }

  get clockOffset(): Millis {
    return this.#offset;
  }

  /** Of pingem, as the session lines say, oldest first; the first few. */
  get versions(): readonly string[] {
    return [...this.#versions];
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
    const format = 'format' in line ? line.format : undefined;
    let problem: string | null;
    if (format === RECORD_FORMAT) {
      problem = lineChecks.session2(line) ? this.#session(line) : whyRefused(lineChecks.session2);
    } else if (format === 1) {
      problem = lineChecks.session1(line) ? this.#session(line) : whyRefused(lineChecks.session1);
    } else {
      const shown = typeof format === 'number' ? String(format) : 'unknown';
      return `format ${shown}, this pingem reads formats 1 and ${RECORD_FORMAT}`;
    }
    return problem === null ? null : `session: ${problem}`;
  }

  #session(line: SessionLine | SessionLine1): string | null {
    const { started, interval, timeout, size, clock } = line;
    const before = this.#lastAt;
    const isSameRun = started === this.#started;
    this.joined.forgetIds();
    if (!isSameRun && !this.#startAt(toMillis(started))) {
      return 'started sets the clock back by more than can be counted';
    }
    this.#started = started;
    this.#inSession = true;
    if (this.#versions.size < MOST_VERSIONS) this.#versions.add(line.version.slice(0, VERSION_SHOWN));
    const startAt = Math.max(toMillis(started) - this.#offset, before ?? -Infinity);
    const place = { isSameRun, startAt, endedAt: before ?? startAt, at: (wall: UnixSeconds) => this.#timeline(wall) };
    const { initial } = this.#rollCall;
    const { gone, come, problem } =
      line.format === 1 ? this.#rollCall.session1(line, place) : this.#rollCall.session2(line, place);
    this.#info = {
      startedAt: this.#info?.startedAt ?? toMillis(started),
      interval: toMillis(interval),
      timeout: toMillis(timeout),
      sizeBytes: size,
      clock: clock === 'kernel' ? 'kernel' : 'javascript',
      endpoints: this.#info?.endpoints.length === initial.length ? this.#info.endpoints : [...initial],
    };
    for (const event of gone) this.#emit(event);
    if (this.#between !== null) this.#emit(this.#between);
    this.#between = null;
    for (const event of come) this.#emit(event);
    return problem;
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
