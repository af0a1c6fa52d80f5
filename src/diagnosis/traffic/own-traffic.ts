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
  signalDbm: number | null = null;
  readonly #received: Way = { now: 0, highest: 0 };
  readonly #sent: Way = { now: 0, highest: 0 };
  /** Ends of the seconds in which the line was full, newest last. */
  readonly #full: UnixMillis[] = [];
  #at: UnixMillis | null = null;

  add({ at, receivedBytes, sentBytes, signalDbm }: TrafficEvent): void {
    const seconds = Math.max(receivedBytes.length, sentBytes.length);
    for (let second = 0; second < seconds; second++) {
      const isFull = [take(this.#received, receivedBytes[second]), take(this.#sent, sentBytes[second])].includes(true);
      if (isFull) this.#full.push(at - (seconds - 1 - second) * SECOND);
    }
    while (this.#full.length > 2 * SECONDS) this.#full.shift();
    this.#at = at;
    this.signalDbm = signalDbm ?? null;
  }

  /** Whether the line was full for at least half of the time since then, a minute at most. Seconds that nobody told of are not full. */
  fills(since: UnixMillis, now: UnixMillis): boolean {
    const from = Math.max(since, now - SECONDS * SECOND);
    const full = this.#full.reduce((sum, at) => sum + (at >= from && at <= now ? 1 : 0), 0);
    return full > 0 && full * 2 >= Math.floor((now - from) / SECOND);
  }

  /** The way that is nearer to its highest; null while nothing is known. */
  get nearest(): { now: number; highest: number; direction: 'received' | 'sent' } | null {
    if (this.#at === null) return null;
    const share = ({ now, highest }: Way): number => (highest === 0 ? 0 : now / highest);
    const isSent = share(this.#sent) > share(this.#received);
    return { ...(isSent ? this.#sent : this.#received), direction: isSent ? 'sent' : 'received' };
  }
}

const take = (way: Way, bytes: number | undefined): boolean => {
  if (bytes === undefined) return false;
  way.now = bytes;
  way.highest = Math.max(way.highest, bytes);
  return way.highest >= LEAST_HIGHEST && bytes >= FULL * way.highest;
};
