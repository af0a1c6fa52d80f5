// A made-up network for the history's bench: months of probes in minutes, the same every time.
//
// Per endpoint a base RTT, a queue that comes and goes, 0.5 % loss, some late replies, and an outage of 30 s to a minute
// every six hours. Outcomes come in the order of a live run: replies at once (they take less than an interval), losses
// when the timeout has passed.

import type { ProbeEvent } from '../src/events/events.js';
import { hostInfo } from '../test/support/endpoint-info.js';
import type { SessionInfo } from '../src/events/session-info.js';

const TIMEOUT = 2000;
const START = 1_763_826_000_000;
const SAMPLES = 2 ** 16;
const HOUR = 3_600_000;

type Pending = { at: number; event: ProbeEvent };

export class SimulatedNetwork {
  readonly info: SessionInfo;
  probes = 0;
  readonly #interval: number;
  #slot = 0;
  #state = 12_345;
  readonly #delays: Float64Array;
  readonly #pending: Pending[] = [];
  #pendingHead = 0;

  constructor(endpoints: number, interval: number) {
    this.#interval = interval;
    this.info = {
      startedAt: START,
      interval,
      timeout: TIMEOUT,
      sizeBytes: 56,
      clock: 'kernel',
      endpoints: Array.from({ length: endpoints }, (_, id) => hostInfo({ id, target: `192.0.2.${id + 1}`, interval })),
    };
    // Queueing delays of 0 to 40 ms, most of them short.
    this.#delays = Float64Array.from(
      { length: SAMPLES },
      () => 0.4 * -Math.log(1 - this.random()) + 40 * this.random() ** 16,
    );
  }

  /** Numerical Recipes' linear congruential generator, 0 to 1. */
  random(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }

  /** Lets time pass, in milliseconds. */
  run(span: number, sink: (event: ProbeEvent) => void): void {
    const slots = Math.round(span / this.#interval);
    const endpoints = this.info.endpoints.length;
    for (const end = this.#slot + slots; this.#slot < end; this.#slot++) {
      for (let endpoint = 0; endpoint < endpoints; endpoint++) {
        const at = START + (this.#slot + endpoint / endpoints) * this.#interval;
        this.#settlePending(at, sink);
        this.#probe(endpoint, at, sink);
      }
    }
    this.probes += slots * endpoints;
  }

  #probe(endpoint: number, at: number, sink: (event: ProbeEvent) => void): void {
    const seq = this.#slot;
    sink({ type: 'sent', endpoint, seq, at });
    const dice = this.random();
    const isOut = endpoint > 0 && (at + endpoint * 700_000) % (6 * HOUR) < 30_000 + endpoint * 4_000;
    if (isOut || dice < 0.005) {
      this.#pending.push({ at: at + TIMEOUT, event: { type: 'lost', endpoint, seq } });
      return;
    }
    // Busy hours: the queue is longer by day.
    const busy = 1 + 2 * Math.abs(Math.sin(at / (12 * HOUR)));
    const delay = this.#delays[Math.floor(dice * SAMPLES)] as number;
    const rtt = Math.round(1000 * (0.7 + 2 * endpoint + busy * delay)) / 1000;
    if (dice > 0.9995) {
      this.#pending.push({ at: at + TIMEOUT, event: { type: 'lost', endpoint, seq } });
      this.#pending.push({ at: at + TIMEOUT, event: { type: 'late', endpoint, seq, rtt: TIMEOUT + rtt, ttl: 57 } });
      return;
    }
    sink({ type: 'answered', endpoint, seq, rtt, ttl: 57 });
  }

  #settlePending(now: number, sink: (event: ProbeEvent) => void): void {
    for (let next = this.#pending[this.#pendingHead]; next !== undefined && next.at <= now;) {
      sink(next.event);
      next = this.#pending[++this.#pendingHead];
    }
    if (this.#pendingHead > 4096) {
      this.#pending.splice(0, this.#pendingHead);
      this.#pendingHead = 0;
    }
  }
}
