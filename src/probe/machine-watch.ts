// What happens to the machine and not to the network: suspends, steps of the wall clock, stalls and stops of the process.
// Tells each as an event, and lets the prober mend what it was in the middle of.

import type { ProbeEvent } from '../events/events.js';
import type { ReceiveClock } from '../events/session-info.js';
import type { Millis } from '../events/units.js';
import type { SessionClock } from './clock/session-clock.js';
import type { DiagnosticsRecorder } from './diagnostics.js';
import { STOPPED, StallWatch } from './schedule/stall-watch.js';

export type MachineWatchOptions = {
  now: Millis;
  sessionClock: SessionClock;
  recorder: DiagnosticsRecorder;
  sink: (event: ProbeEvent) => void;
  /** The machine was suspended: nobody can tell what became of what was in flight. */
  suspended: () => void;
  /** The process was stopped until now. Returns whether slots were due at all: then the time is told as a gap. */
  stopped: (now: Millis) => boolean;
};

export class MachineWatch {
  readonly #options: MachineWatchOptions;
  readonly #stalls: StallWatch;

  constructor(options: MachineWatchOptions) {
    this.#options = options;
    this.#stalls = new StallWatch(options.now);
  }

  /** The latest instant to wake up at. */
  tick(now: Millis, clock: ReceiveClock): Millis {
    return this.#stalls.tick(now, clock);
  }

  /** A wake-up is planned for then. */
  expect(now: Millis, due: Millis): void {
    this.#stalls.expect(now, due);
  }

  /** Whether the loop stood still at any time since then. */
  stalledSince(instant: Millis): boolean {
    return this.#stalls.stalledSince(instant);
  }

  /** A suspend leaves a gap and says nothing of the probes in flight; a step of the wall clock only moves the labels. */
  observeClocks(): void {
    const { sessionClock, sink, suspended } = this.#options;
    const from = sessionClock.at(this.#stalls.aliveAt);
    const change = sessionClock.check();
    if (change === null) return;
    const at = sessionClock.now();
    if (change.suspended > 0) {
      suspended();
      sink({ type: 'gap', from, to: at, reason: 'suspend' });
    }
    if (change.step !== 0) sink({ type: 'clock', at, offset: sessionClock.wallOffset });
  }

  observeStall(now: Millis): void {
    const { aliveAt: from } = this.#stalls;
    const stall = this.#stalls.observe(now);
    if (stall === 0) return;
    const { sessionClock, recorder, sink, stopped } = this.#options;
    recorder.stalled(stall);
    sink({ type: 'stall', from: sessionClock.at(now - stall), to: sessionClock.at(now) });
    if (stall < STOPPED || !stopped(now)) return;
    sink({ type: 'gap', from: sessionClock.at(from), to: sessionClock.at(now), reason: 'stopped' });
  }
}
