// Whether this machine's own traffic fills the line. Bytes a second, each way by itself: a line's two ways have rates of
// their own, and filling one of them makes every probe slow.

import type { TrafficEvent } from '../../events/events.js';
import type { Millis, UnixMillis } from '../../events/units.js';

/** The line is full from so much of the highest rate seen. */
const FULL = 0.8;
/** A line whose highest is below this has not been seen working: half a megabit. */
const LEAST_HIGHEST = 64_000;
/** Looked back at most. */
const SECONDS = 60;
const SECOND: Millis = 1000;

type Way = { now: number; highest: number };

export class OwnTraffic {
  #received: Way = { now: 0, highest: 0 };
  #sent: Way = { now: 0, highest: 0 };
  /** Ends of the seconds in which the line was full, newest last. */
  #full: UnixMillis[] = [];
  #interface: string | undefined;
  #isKnown = false;
  /** Told, and newer than what was judged last. */
  readonly #ahead: TrafficEvent[] = [];

  /** Counts from the second on that is judged when it was told: a replay must not know it sooner than the live run did. */
  add(event: TrafficEvent): void {
    this.#ahead.push(event);
    // A stream of nothing but traffic is never judged.
    if (this.#ahead.length > SECONDS) this.#take(this.#ahead.shift() as TrafficEvent);
  }

  /** Takes what was told of the time up to `now`. */
  passTo(now: UnixMillis): void {
    while ((this.#ahead[0]?.at ?? Infinity) <= now) this.#take(this.#ahead.shift() as TrafficEvent);
  }

  /** Another line, of which nothing is known. */
  startAnew(): void {
    this.#received = { now: 0, highest: 0 };
    this.#sent = { now: 0, highest: 0 };
    this.#full = [];
    this.#isKnown = false;
  }

  /** Whether the line was full for at least half of the time since then, a minute at most. Seconds that nobody told of are not full. */
  fills(since: UnixMillis, now: UnixMillis): boolean {
    const from = Math.max(since, now - SECONDS * SECOND);
    const full = this.#full.reduce((sum, at) => sum + (at >= from && at <= now ? 1 : 0), 0);
    return full > 0 && full * 2 >= Math.floor((now - from) / SECOND);
  }

  /** The way that is nearer to its highest; null while nothing is known. */
  get nearest(): { now: number; highest: number; direction: 'received' | 'sent' } | null {
    if (!this.#isKnown) return null;
    const share = ({ now, highest }: Way): number => (highest === 0 ? 0 : now / highest);
    const isSent = share(this.#sent) > share(this.#received);
    return { ...(isSent ? this.#sent : this.#received), direction: isSent ? 'sent' : 'received' };
  }

  #take({ at, receivedBytes, sentBytes, interface: name }: TrafficEvent): void {
    if (name !== this.#interface) this.startAnew();
    this.#interface = name;
    const seconds = Math.max(receivedBytes.length, sentBytes.length);
    for (let second = 0; second < seconds; second++) {
      const isFull = [take(this.#received, receivedBytes[second]), take(this.#sent, sentBytes[second])].includes(true);
      if (isFull) this.#full.push(at - (seconds - 1 - second) * SECOND);
      this.#isKnown = true;
    }
    while (this.#full.length > 2 * SECONDS) this.#full.shift();
  }
}

const take = (way: Way, bytes: number | undefined): boolean => {
  if (bytes === undefined) return false;
  way.now = bytes;
  way.highest = Math.max(way.highest, bytes);
  return way.highest >= LEAST_HIGHEST && bytes >= FULL * way.highest;
};
