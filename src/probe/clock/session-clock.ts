// The session timeline (see UnixMillis): monotonic time since the start, plus the time that the machine was suspended,
// on top of what the wall clock showed at the start. Tells a suspend from a step of the wall clock when the two clocks
// disagree: the time since boot counts the one and not the other.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { MonotonicClock, Uptime, WallClock } from '../ports.js';
import { RealtimeOffset } from './realtime-offset.js';

export type ClockChange = {
  /** The machine was suspended for so long, 0 if it wasn't. */
  suspended: Millis;
  /** The wall clock was stepped by so much, 0 if it wasn't. */
  step: Millis;
};

/** Uptime is read in steps of 10 ms, and of 1 s on macOS; nobody suspends a machine for less. */
const SHORTEST_SUSPEND: Millis = 1_500;
/** Suspend moves wall clock and uptime alike; within this they agree, and the wall clock is the finer one. */
const UPTIME_GRAIN: Millis = 50;

export class SessionClock {
  readonly startedAt: UnixMillis;
  readonly #clock: MonotonicClock;
  readonly #uptime: Uptime;
  readonly #realtime: RealtimeOffset;
  /** Timeline minus monotonic. */
  #base: Millis;
  #wallOffset: Millis = 0;
  /** Uptime minus monotonic, as far as it is accounted for. */
  #sleep: Millis;

  constructor(clock: MonotonicClock, wall: WallClock, uptime: Uptime) {
    this.#clock = clock;
    this.#uptime = uptime;
    this.#realtime = new RealtimeOffset(clock, wall);
    this.#base = this.#realtime.value;
    this.#sleep = uptime.now() - clock.now();
    this.startedAt = clock.now() + this.#base;
  }

  now(): UnixMillis {
    return this.#clock.now() + this.#base;
  }

  /** The timeline's name for a monotonic instant since the last suspend. */
  at(monotonic: Millis): UnixMillis {
    return monotonic + this.#base;
  }

  /** What the wall clock shows minus the timeline. */
  get wallOffset(): Millis {
    return this.#wallOffset;
  }

  /** Compares the clocks (0.2 us while they agree) and takes note of what happened since the last look; null: nothing. */
  check(): ClockChange | null {
    const moved = this.#realtime.check();
    if (moved === 0) return null;
    const sleep = this.#uptime.now() - this.#clock.now();
    const asleep = sleep - this.#sleep;
    if (asleep < SHORTEST_SUSPEND) {
      this.#wallOffset += moved;
      return { suspended: 0, step: moved };
    }
    this.#sleep = sleep;
    const suspended = Math.abs(moved - asleep) <= UPTIME_GRAIN ? moved : asleep;
    this.#base += suspended;
    this.#wallOffset += moved - suspended;
    return { suspended, step: moved - suspended };
  }
}
