// Which phase each endpoint's plan gets. Every wake-up costs, whether it sends one probe or four, so where endpoints
// would wake the prober too often their slots fall together: such a common grid is a beat. A plan is never bent to fit;
// all that is chosen is where it begins (docs/decisions/0024).

import type { EndpointId, Millis } from '../../events/units.js';

/** Slots are bundled only as far as they would come more often than this, a second. */
export const QUIET_WAKE_UPS = 25;
/** On a thin line the probes of a bundle queue behind each other, and the last one's RTT shows it. */
export const LARGEST_BUNDLE = 4;

const SECOND: Millis = 1000;
/** Nobody who adds an endpoint should wait for its first probe for longer than this for the sake of its phase. */
const LONGEST_WAIT: Millis = SECOND;
const CANDIDATES = 64;

/** Slots at origin + n x interval, which all members use or some of which. */
type Beat = { origin: Millis; readonly interval: Millis; readonly members: Set<EndpointId> };

export class Beats {
  #beats: Beat[] = [];

  /** Lays out the endpoints that begin together, evenly. Where the plan of each begins, in the order given. */
  layOut(endpoints: readonly { id: EndpointId; interval: Millis }[], start: Millis): Millis[] {
    const byInterval = endpoints.toSorted((a, b) => a.interval - b.interval || a.id - b.id);
    const beatOf = new Map<EndpointId, Beat>();
    for (const { id, interval } of byInterval)
      beatOf.set(id, this.#join(id, interval) ?? this.#found(id, interval, start));
    const groups = new Map<Millis, Beat[]>();
    for (const beat of this.#beats) groups.set(beat.interval, [...(groups.get(beat.interval) ?? []), beat]);
    // Groups begin apart from each other, by less than lies between any two beats of one group.
    const shift = Math.min(...[...groups].map(([interval, beats]) => interval / beats.length)) / groups.size;
    for (const [g, [interval, beats]] of [...groups].entries()) {
      for (const [k, beat] of beats.entries()) beat.origin = start + (k * interval) / beats.length + g * shift;
    }
    return endpoints.map(({ id }) => (beatOf.get(id) as Beat).origin);
  }

  /** Where the plan of an endpoint begins that is added at `now`: within an interval from then. */
  add(id: EndpointId, interval: Millis, now: Millis): Millis {
    const beat = this.#join(id, interval);
    if (beat !== null) return beat.origin + Math.max(0, Math.ceil((now - beat.origin) / beat.interval)) * beat.interval;
    const origin = this.#freePhase(interval, now);
    this.#found(id, interval, origin);
    return origin;
  }

  remove(id: EndpointId): void {
    for (const { members } of this.#beats) members.delete(id);
    this.#beats = this.#beats.filter(({ members }) => members.size > 0);
  }

  /** The emptiest beat that fits; null where there is none, or where wake-ups are few anyway. */
  #join(id: EndpointId, interval: Millis): Beat | null {
    const rate = this.#beats.reduce((sum, beat) => sum + SECOND / beat.interval, SECOND / interval);
    if (rate <= QUIET_WAKE_UPS) return null;
    let best: Beat | null = null;
    for (const beat of this.#beats) {
      if (beat.members.size >= LARGEST_BUNDLE || !isMultiple(interval, beat.interval)) continue;
      if (best === null || beat.members.size < best.members.size) best = beat;
    }
    best?.members.add(id);
    return best;
  }

  #found(id: EndpointId, interval: Millis, origin: Millis): Beat {
    const beat = { origin, interval, members: new Set([id]) };
    this.#beats.push(beat);
    return beat;
  }

  /** Within a second from now, as far as can be from the slots of all others. */
  #freePhase(interval: Millis, now: Millis): Millis {
    const step = Math.min(interval, LONGEST_WAIT) / CANDIDATES;
    let best = now;
    let widest = -1;
    for (let i = 0; i < CANDIDATES; i++) {
      const candidate = now + i * step;
      const room = Math.min(interval, ...this.#beats.map((beat) => distance(candidate, interval, beat)));
      if (room <= widest) continue;
      widest = room;
      best = candidate;
    }
    return best;
  }
}

/** Intervals are compared as whole microseconds: 0.3 s is not 3 x 0.1 s in binary fractions. */
const micros = (duration: Millis): number => Math.max(1, Math.round(duration * 1000));

const isMultiple = (interval: Millis, of: Millis): boolean => micros(interval) % micros(of) === 0;

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** How close slots at candidate + n x interval ever come to those of the beat. */
const distance = (candidate: Millis, interval: Millis, beat: Beat): Millis => {
  const period = greatestDivisor(micros(interval), micros(beat.interval)) / 1000;
  const after = (((candidate - beat.origin) % period) + period) % period;
  return Math.min(after, period - after);
};
