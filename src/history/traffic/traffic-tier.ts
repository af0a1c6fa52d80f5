// Own traffic in slots of one width. They lie in chunks, the newest of which are kept, so that a pause costs nothing and
// what comes out of order finds its place.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { TrafficSpan } from './traffic-log.js';

/** Of a slot: seconds known, bytes received and sent in them, those of its busiest seconds, signal (0: none). */
const FIELDS = 6;

export class TrafficTier {
  private readonly width: Millis;
  private readonly slots: number;
  private readonly most: number;
  /** By number: that of its first slot over the slots of a chunk. */
  private readonly chunks = new Map<number, Float64Array>();

  /** `slots`: how many a chunk has. `most`: how many chunks are kept. */
  constructor(width: Millis, slots: number, most: number) {
    this.width = width;
    this.slots = slots;
    this.most = most;
  }

  get isEmpty(): boolean {
    return this.chunks.size === 0;
  }

  /** Whether what began then is still kept, if it was ever told. */
  reaches(at: UnixMillis): boolean {
    return this.chunks.size < this.most || this.chunks.has(this.chunkOf(this.slotOf(at)));
  }

  add(at: UnixMillis, received: number, sent: number): void {
    const place = this.placeOf(at);
    if (place === null) return;
    const { chunk, index } = place;
    chunk[index] = (chunk[index] as number) + 1;
    chunk[index + 1] = (chunk[index + 1] as number) + received;
    chunk[index + 2] = (chunk[index + 2] as number) + sent;
    chunk[index + 3] = Math.max(chunk[index + 3] as number, received);
    chunk[index + 4] = Math.max(chunk[index + 4] as number, sent);
  }

  addSignal(at: UnixMillis, dbm: number): void {
    const place = this.placeOf(at);
    if (place !== null) place.chunk[place.index + 5] = dbm;
  }

  within(from: UnixMillis, to: UnixMillis): TrafficSpan | null {
    const span = { seconds: 0, receivedBytes: 0, sentBytes: 0, mostReceivedBytes: 0, mostSentBytes: 0 };
    let signal = 0;
    const end = Math.ceil(to / this.width);
    for (let slot = this.slotOf(from); slot < end; slot++) {
      const number = this.chunkOf(slot);
      const chunk = this.chunks.get(number);
      if (chunk === undefined) {
        slot = (number + 1) * this.slots - 1;
        continue;
      }
      const index = (slot - number * this.slots) * FIELDS;
      span.seconds += chunk[index] as number;
      span.receivedBytes += chunk[index + 1] as number;
      span.sentBytes += chunk[index + 2] as number;
      span.mostReceivedBytes = Math.max(span.mostReceivedBytes, chunk[index + 3] as number);
      span.mostSentBytes = Math.max(span.mostSentBytes, chunk[index + 4] as number);
      signal = (chunk[index + 5] as number) || signal;
    }
    if (span.seconds === 0) return null;
    span.receivedBytes /= span.seconds;
    span.sentBytes /= span.seconds;
    return { ...span, signalDbm: signal === 0 ? null : signal };
  }

  private slotOf(at: UnixMillis): number {
    return Math.floor(at / this.width);
  }

  private chunkOf(slot: number): number {
    return Math.floor(slot / this.slots);
  }

  /** Null where it is too old to be kept. */
  private placeOf(at: UnixMillis): { chunk: Float64Array; index: number } | null {
    const slot = this.slotOf(at);
    const number = this.chunkOf(slot);
    let chunk = this.chunks.get(number);
    if (chunk === undefined) {
      chunk = new Float64Array(this.slots * FIELDS);
      this.chunks.set(number, chunk);
      if (this.chunks.size > this.most) {
        const oldest = Math.min(...this.chunks.keys());
        this.chunks.delete(oldest);
        if (oldest === number) return null;
      }
    }
    return { chunk, index: (slot - number * this.slots) * FIELDS };
  }
}
