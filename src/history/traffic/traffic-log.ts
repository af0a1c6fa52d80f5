// What this machine itself carried, second by second: for the row that is drawn beside the strips, and for whoever asks
// what went over the line at a time. Seconds for some hours, minutes for some weeks.

import type { TrafficEvent } from '../../events/events.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { TrafficTier } from './traffic-tier.js';

const SECOND: Millis = 1000;
const MINUTE: Millis = 60_000;
const HOUR_OF_SECONDS = 3600;
const DAY_OF_MINUTES = 1440;
/** With what they hold, 0.7 MB and 2.8 MB. */
const HOURS_KEPT = 4;
const DAYS_KEPT = 40;

/** Of a span of time, over the seconds of it that are known. */
export type TrafficSpan = {
  /** How many seconds are known. */
  seconds: number;
  /** Mean bytes a second. */
  receivedBytes: number;
  sentBytes: number;
  /** Bytes of the busiest second, each way by itself. */
  mostReceivedBytes: number;
  mostSentBytes: number;
  /** The last that was read of the Wi-Fi's signal, null where none was. */
  signalDbm: number | null;
};

export class TrafficLog {
  /** Bytes of the busiest second of the interface at present, each way by itself: the top of a scale. */
  highest = { receivedBytes: 0, sentBytes: 0 };
  /** Name of the interface; null while it isn't known. */
  interface: string | null = null;
  /** The last signal of the Wi-Fi that was read, null where none was. */
  signalDbm: number | null = null;
  private readonly seconds = new TrafficTier(SECOND, HOUR_OF_SECONDS, HOURS_KEPT);
  private readonly minutes = new TrafficTier(MINUTE, DAY_OF_MINUTES, DAYS_KEPT);

  /** Whether anything was ever told. */
  get isEmpty(): boolean {
    return this.minutes.isEmpty;
  }

  add({ at, receivedBytes, sentBytes, signalDbm, ...event }: TrafficEvent): void {
    const name = event.interface ?? null;
    if (name !== this.interface) {
      this.interface = name;
      this.highest = { receivedBytes: 0, sentBytes: 0 };
      this.signalDbm = null;
    }
    const count = Math.max(receivedBytes.length, sentBytes.length);
    for (let index = 0; index < count; index++) {
      const [received = 0, sent = 0] = [receivedBytes[index], sentBytes[index]];
      // A second is where it began.
      const from = at - (count - index) * SECOND;
      this.seconds.add(from, received, sent);
      this.minutes.add(from, received, sent);
      this.highest.receivedBytes = Math.max(this.highest.receivedBytes, received);
      this.highest.sentBytes = Math.max(this.highest.sentBytes, sent);
    }
    if (signalDbm === undefined) return;
    this.signalDbm = signalDbm;
    this.seconds.addSignal(at - SECOND, signalDbm);
    this.minutes.addSignal(at - SECOND, signalDbm);
  }

  /**
   * Of [from, to); null where nothing is known of it. Of what is too old for seconds it is told by the minute: of all the
   * minutes that the span touches.
   */
  within(from: UnixMillis, to: UnixMillis): TrafficSpan | null {
    const tier = to - from < MINUTE && this.seconds.reaches(from) ? this.seconds : this.minutes;
    return tier.within(from, to);
  }
}
