// What a session line says, kept up to date: who is watched, by which key the record knows each of them, and where their
// sequences stand. A file that is rotated in begins with it.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { EndpointEvent, RemovedEvent } from '../../events/events.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../../events/units.js';
import { EndpointKeys } from './endpoint-keys.js';
import { RECORD_FORMAT, toSeconds } from './line-format.js';
import type { RecordedEndpoint, SessionLine, UnixSeconds } from './line-format.js';

/** What --resume has found on record, by EndpointId of the new run: of those that it watches, then of those of the past. */
export type Resumed = {
  /** The sequence to go on with. */
  firstSeqs: readonly ProbeSeq[];
  /** Undefined where the record doesn't know it. */
  keys: readonly (string | undefined)[];
};

const NOTHING: Resumed = { firstSeqs: [], keys: [] };

/** Replies to an endpoint that was removed still count for a minute, or the timeout if that is longer; and a little more. */
const REMEMBERED: Millis = 65_000;

type Entry = { info: EndpointInfo; key: string; nextSeq: ProbeSeq; removedAt: UnixMillis | null };

export class SessionHead {
  readonly #session: SessionInfo;
  readonly #version: string;
  readonly #resumed: Resumed;
  readonly #keys: EndpointKeys;
  /** By EndpointId; none for those that are known from the past alone. */
  readonly #entries: (Entry | undefined)[] = [];
  #newestAt: UnixMillis;

  constructor(session: SessionInfo, version: string, resumed: Resumed = NOTHING) {
    this.#session = session;
    this.#version = version;
    this.#resumed = resumed;
    this.#newestAt = session.startedAt;
    this.#keys = new EndpointKeys(resumed.keys.filter((key) => key !== undefined));
    for (const info of session.endpoints) this.#add(info);
  }

  line(wall: (at: UnixMillis) => UnixSeconds): SessionLine {
    const { startedAt, interval, timeout, sizeBytes, clock } = this.#session;
    const forgotten = this.#newestAt - Math.max(REMEMBERED, timeout + 5000);
    return {
      type: 'session',
      format: RECORD_FORMAT,
      version: this.#version,
      started: toSeconds(startedAt),
      interval: toSeconds(interval),
      timeout: toSeconds(timeout),
      size: sizeBytes,
      clock,
      endpoints: this.#entries.flatMap((entry) => {
        if (entry === undefined || (entry.removedAt ?? Infinity) < forgotten) return [];
        const removed = entry.removedAt === null ? {} : { removed: wall(entry.removedAt) };
        return [{ ...recordedEndpoint(entry), ...removed }];
      }),
    };
  }

  sent(id: EndpointId, seq: ProbeSeq, at: UnixMillis): void {
    const entry = this.#entries[id];
    if (entry !== undefined) entry.nextSeq = seq + 1;
    this.#newestAt = at;
  }

  /** Null where it only tells of the past. */
  announce({ endpoint: id, info, at }: EndpointEvent): RecordedEndpoint | null {
    const entry = this.#entries[id];
    if (entry === undefined && id < this.#resumed.keys.length && at <= this.#session.startedAt) return null;
    if (entry === undefined) return recordedEndpoint(this.#add({ ...info, id }));
    entry.info = info;
    entry.removedAt = null;
    return recordedEndpoint(entry);
  }

  /** Whether it was watched until now. */
  remove({ endpoint: id, at }: RemovedEvent): boolean {
    const entry = this.#entries[id];
    if (entry === undefined || entry.removedAt !== null) return false;
    entry.removedAt = at;
    return true;
  }

  #add(info: EndpointInfo): Entry {
    const { firstSeqs, keys } = this.#resumed;
    const key = keys[info.id] ?? this.#keys.make(info);
    const entry = { info, key, nextSeq: firstSeqs[info.id] ?? 0, removedAt: null };
    this.#entries[info.id] = entry;
    return entry;
  }
}

const recordedEndpoint = ({ info, key, nextSeq }: Entry): RecordedEndpoint => ({
  id: info.id,
  key,
  target: info.target,
  label: info.label,
  address: info.address,
  kind: info.kind,
  ...(info.place === null ? {} : { place: info.place }),
  ...(info.hop === null ? {} : { hop: info.hop }),
  interval: toSeconds(info.interval),
  size: info.sizeBytes,
  firstSeq: nextSeq,
});
