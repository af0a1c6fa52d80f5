// How many outages an endpoint had since then: runs, in order of sending, of at least three failed probes over at least a
// second (docs/statistics.md). Reads on as probes settle for good.

import type { Millis, ProbeSeq, UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import * as probe from '../probes/probe-window.js';

const LEAST_PROBES = 3;
const LEAST_TIME: Millis = 1000;

export class OutageCount {
  outages = 0;
  readonly #endpoint: WatchedEndpoint;
  #next: ProbeSeq;
  #run = 0;
  #runFrom: UnixMillis = 0;

  constructor(endpoint: WatchedEndpoint, from: UnixMillis) {
    this.#endpoint = endpoint;
    this.#next = endpoint.window.firstFrom(from);
  }

  /** Reads what was sent by then; by then all of it has settled. */
  readTo(until: UnixMillis): void {
    const { window } = this.#endpoint;
    const { at, state, mask, next } = window;
    let seq = Math.max(this.#next, window.oldest);
    for (; seq < next; seq++) {
      const slot = seq & mask;
      const sentAt = at[slot] as number;
      if (sentAt > until) break;
      const code = state[slot] as number;
      if (probe.isFailure(code)) this.#failed(sentAt);
      else if ((code & probe.OUTCOME) === probe.ANSWERED) this.#answered(sentAt);
    }
    this.#next = seq;
  }

  #failed(sentAt: UnixMillis): void {
    if (this.#run++ === 0) this.#runFrom = sentAt;
  }

  /** A run lasts until the answered probe that ends it was sent. */
  #answered(sentAt: UnixMillis): void {
    if (this.#run >= LEAST_PROBES && sentAt - this.#runFrom >= LEAST_TIME) this.outages++;
    this.#run = 0;
  }

  /** Nothing more will be read: a run that lasts is an outage too. */
  close(at: UnixMillis): void {
    if (this.#run >= LEAST_PROBES && at - this.#runFrom >= LEAST_TIME) this.outages++;
    this.#run = 0;
  }
}
