// A record as the judge reads it: line by line, with nothing of src at run time. Runs are told by their session lines.

import type { RecordLine, SessionLine } from '../../../src/record/lines/line-format.js';
import type { Span } from '../diary.js';
import type { Launch } from '../subject.js';

export type RecordedSlot = {
  seq: number;
  /** On the run's own timeline, as are the gaps. */
  sentAt: number;
  state: 'answered' | 'late' | 'lost' | 'unreachable' | 'unsent' | 'void' | 'in-flight';
  rtt: number | null;
  error: string | null;
};

export type RecordedRun = {
  session: SessionLine;
  /** By endpoint, then by sequence. */
  slots: ReadonlyMap<number, RecordedSlot>[];
  gaps: Span[];
  stops: Span[];
  /** Lines that the record says are missing. */
  unwritten: number;
  /** What is wrong with the lines as such, in words. */
  faults: string[];
};

const MILLIS = 1000;

class RunReader {
  readonly run: RecordedRun;
  readonly slots: Map<number, RecordedSlot>[];
  /** What the wall clock shows minus the timeline, milliseconds. */
  #offset = 0;

  constructor(session: SessionLine) {
    this.slots = session.endpoints.map(() => new Map<number, RecordedSlot>());
    this.run = { session, slots: this.slots, gaps: [], stops: [], unwritten: 0, faults: [] };
  }

  line(line: RecordLine): void {
    switch (line.type) {
      case 'probe': {
        const own = this.slots[line.endpoint];
        if (own === undefined) this.#fault(`a probe of endpoint ${line.endpoint}`);
        else if (own.has(line.seq)) this.#fault(`two lines of slot ${line.seq} of endpoint ${line.endpoint}`);
        else {
          const rtt = line.state === 'answered' ? line.rtt : null;
          let error: string | null = null;
          if (line.state === 'unsent') error = line.error;
          if (line.state === 'unreachable') error = `${line.icmp} from ${line.from}`;
          own.set(line.seq, { seq: line.seq, sentAt: this.#timeline(line.sent), state: line.state, rtt, error });
        }
        break;
      }
      case 'late':
      case 'answered': {
        const slot = this.slots[line.endpoint]?.get(line.seq);
        if (slot === undefined)
          this.#fault(`slot ${line.seq} of endpoint ${line.endpoint} is repaired before its line`);
        else {
          slot.state = line.type;
          slot.rtt = line.rtt;
        }
        break;
      }
      case 'gap': {
        const gap = { from: this.#timeline(line.from), to: this.#timeline(line.to) };
        this.run.gaps.push(gap);
        if (line.reason !== 'stall') this.run.stops.push(gap);
        break;
      }
      case 'clock':
        this.#offset = line.offset * MILLIS;
        break;
      case 'unwritten':
        this.run.unwritten += line.lines;
        break;
      default:
    }
  }

  #timeline(wall: number): number {
    return wall * MILLIS - this.#offset;
  }

  #fault(text: string): void {
    this.run.faults.push(text);
  }
}

export type WholeRecord = {
  runs: RecordedRun[];
  /** Lines that are none. */
  torn: number;
  /** Lines before any session line. */
  orphans: number;
};

const parsed = (text: string): RecordLine | null => {
  try {
    return JSON.parse(text) as RecordLine;
  } catch {
    return null;
  }
};

/** Reads the pieces of a record as one. Where a piece ends within a line, the next one's first line stands behind it. */
export const readWhole = (lines: Iterable<string>): WholeRecord => {
  const readers: RunReader[] = [];
  let [torn, orphans] = [0, 0];
  for (const text of lines) {
    let line = parsed(text);
    if (line === null) {
      torn++;
      line = parsed(text.slice(text.lastIndexOf('{"type":"')));
    }
    if (line === null) continue;
    const current = readers.at(-1);
    if (line.type === 'session') {
      // The same run goes on in another file, or in the same one.
      if (current?.run.session.started !== line.started) readers.push(new RunReader(line));
    } else if (current === undefined) orphans++;
    else current.line(line);
  }
  return { runs: readers.map(({ run }) => run), torn, orphans };
};

/** The run of each launch: the one that says that it started between this launch and the next. */
export const byLaunch = (runs: readonly RecordedRun[], launches: readonly Launch[]): (RecordedRun | null)[] =>
  launches.map(({ at }, n) => {
    const next = launches[n + 1]?.at ?? Number.POSITIVE_INFINITY;
    return (
      runs.find(({ session }) => session.started * MILLIS >= at - 1 && session.started * MILLIS < next - 1) ?? null
    );
  });
