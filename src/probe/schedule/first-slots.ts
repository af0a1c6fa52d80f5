// Endpoints that come while others are probed: the first slot of each waits for its name, but no longer than a second.

import type { EndpointId, Millis } from '../../events/units.js';
import type { MonotonicClock, TimerHandle, Timers } from '../ports.js';
import type { SendSchedule } from './send-schedule.js';

/** So that a name that resolves at once doesn't start with a loss. */
export const RESOLVE_HEAD_START: Millis = 1_000;

type Coming = {
  id: EndpointId;
  interval: Millis;
  /** Looks for its address; `settled` is called once there is one, or a first failure. */
  address: { start: (settled: () => void) => void };
};

export class FirstSlots {
  readonly #ports: { timers: Timers; clock: MonotonicClock };
  readonly #schedule: SendSchedule;
  readonly #onJoined: () => void;
  readonly #waiting = new Map<EndpointId, TimerHandle>();

  /** `onJoined`: the schedule has one more. */
  constructor(ports: { timers: Timers; clock: MonotonicClock }, schedule: SendSchedule, onJoined: () => void) {
    this.#ports = ports;
    this.#schedule = schedule;
    this.#onJoined = onJoined;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  await(endpoint: Coming): void {
    const join = (): void => {
      if (!this.cancel(endpoint.id)) return;
      this.#schedule.add(endpoint.id, endpoint.interval, this.#ports.clock.now());
      this.#onJoined();
    };
    this.#waiting.set(endpoint.id, this.#ports.timers.after(RESOLVE_HEAD_START, join));
    endpoint.address.start(join);
  }

  /** Whether it waited. */
  cancel(id: EndpointId): boolean {
    this.#waiting.get(id)?.cancel();
    return this.#waiting.delete(id);
  }

  cancelAll(): void {
    for (const id of this.#waiting.keys()) this.cancel(id);
  }
}
