// The one place where the stream passes through the diagnosis, on its way to whoever reads it: live, resumed or read from
// a record. Readers get each event and, after the one that brought it about, the verdict.

import { Diagnosis } from '../diagnosis/diagnosis.js';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import { fanOut } from '../events/sink.js';
import type { EventSink } from '../events/sink.js';
import type { UnixMillis } from '../events/units.js';
import type { VerdictEvent } from '../events/verdict.js';
import { wholeMicroseconds } from './output/resolution.js';

export class DiagnosedStream {
  readonly diagnosis: Diagnosis;
  readonly #info: SessionInfo;
  #sinks: readonly EventSink[] = [];
  #readers: EventSink = fanOut([]);
  #hasBegun = false;

  constructor(info: SessionInfo) {
    this.#info = info;
    const onVerdict = (verdict: VerdictEvent): void => this.#readers.event(verdict);
    this.diagnosis = new Diagnosis({ timeout: info.timeout, onVerdict });
  }

  /**
   * Where events are put in that `sinks` are to read from now on, and nobody else. Whoever is new among them hears first
   * what was said last: of a resumed run they read on from there.
   */
  to(sinks: readonly EventSink[]): Required<EventSink> {
    const { verdict } = this.diagnosis;
    if (verdict !== null) for (const sink of sinks) if (!this.#sinks.includes(sink)) sink.event(verdict);
    const readers = fanOut(sinks);
    this.#sinks = sinks;
    this.#readers = readers;
    return { event: (event) => this.#event(event), close: readers.close };
  }

  #event(event: ProbeEvent): void {
    // What a record says was said: it comes again from what it was judged by.
    if (event.type === 'verdict') return;
    if (!this.#hasBegun) this.#begin(event);
    this.#readers.event(event);
    this.diagnosis.apply(event);
  }

  /** The diagnosis knows of endpoints by events only; those of the start have none. */
  #begin(event: ProbeEvent): void {
    const first = instantOf(event);
    if (first === null) return;
    this.#hasBegun = true;
    // The past of a resumed run lies before its start.
    const at = Math.min(wholeMicroseconds(this.#info.startedAt), first);
    for (const info of this.#info.endpoints) {
      this.diagnosis.apply({ type: 'endpoint', endpoint: info.id, info, at });
    }
  }
}

const instantOf = (event: ProbeEvent): UnixMillis | null => {
  if ('at' in event) return event.at;
  return 'from' in event && typeof event.from === 'number' ? event.from : null;
};
