// Epochs handed out one by one, in order of time, each once it has settled; those in which nothing happened are passed
// over. Driven by the send records, which go on coming in an outage; there is no timer.

import type { EndpointHistory } from '../../history/endpoint-history.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { ProbeEvent } from '../../events/events.js';
import { SessionHistory } from '../../history/session-history.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { inPathOrder } from '../../view/path/path-of.js';
import { epochIndexAt, epochStart } from '../../history/epoch-grid.js';
import { BusyStretches } from './busy-stretches.js';

/** Past so many separate times to be told of, the older half is told before it has settled: memory is bounded. */
const MOST_STRETCHES = 100_000;

export type SettledEpoch = { endpoint: EndpointHistory; stats: EpochStats };

export class EpochReport {
  readonly history: SessionHistory;
  readonly #width: Millis;
  #patience: Millis;
  readonly #busy: BusyStretches;
  /** Epochs before this have settled. */
  #settledTo: UnixMillis = -Infinity;
  /** Up to where epochs have been handed out. */
  #reportedTo: UnixMillis = -Infinity;

  /** @param patience see there */
  constructor(info: SessionInfo, width: Millis, patience: Millis) {
    this.history = new SessionHistory(info);
    this.#width = width;
    this.#patience = patience;
    this.#busy = new BusyStretches(width);
  }

  /** How long after its end an epoch may still change; what has been handed out stays. */
  set patience(patience: Millis) {
    this.#patience = patience;
  }

  event(event: ProbeEvent): void {
    this.history.apply(event);
    if (event.type === 'sent') {
      this.#happened(event.at);
      this.#settleTo(event.at - this.#patience);
    } else if (event.type === 'mark') this.#happened(event.at);
    // Between two sessions nothing can settle any more.
    else if (event.type === 'gap' && event.reason === 'not running') this.#settleTo(event.from + this.#width);
  }

  /** Nothing will change any more: all that is left is due, the last epoch cut short by the end of the run. */
  finish(): void {
    this.#settledTo = Infinity;
  }

  /** What has settled since it was asked for last: every endpoint of each epoch that has anything in it. */
  *due(): Generator<SettledEpoch> {
    const width = this.#width;
    for (let from = this.#busy.first; from !== null; from = this.#busy.first) {
      const { clockOffset } = this.history;
      const index = epochIndexAt(from, width, clockOffset);
      if (index >= epochIndexAt(this.#settledTo, width, clockOffset)) return;
      for (const endpoint of outward(this.history.endpoints)) {
        const [stats] = endpoint.epochs(width, index, 1);
        if (stats !== undefined) yield { endpoint, stats };
      }
      this.#reportedTo = Math.max(this.#reportedTo, epochStart({ width, clockOffset }, index + 1));
      this.#busy.dropBefore(this.#reportedTo);
    }
  }

  #happened(at: UnixMillis): void {
    if (at < this.#reportedTo) return;
    this.#busy.add(at);
    if (this.#busy.count > MOST_STRETCHES) this.#settleTo(this.#busy.middle);
  }

  #settleTo(at: UnixMillis): void {
    if (at > this.#settledTo) this.#settledTo = at;
  }
}

/** Hops in front of the host that they lead to. */
const outward = (endpoints: readonly EndpointHistory[]): readonly EndpointHistory[] => {
  if (!endpoints.some(({ info }) => info.kind === 'hop')) return endpoints;
  const placed = endpoints.map(({ info, address, removedAt }) => ({ info, address, isRemoved: removedAt !== null }));
  return inPathOrder(
    placed,
    endpoints.map(({ info }) => info.id),
  ).flatMap((id) => endpoints[id] ?? []);
};
