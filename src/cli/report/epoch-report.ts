// Epochs handed out one by one, in order of time, each once it has settled. Driven by the send records, which go on
// coming in an outage; there is no timer.

import type { EndpointHistory } from '../../history/endpoint-history.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { ProbeEvent } from '../../events/events.js';
import { SessionHistory } from '../../history/session-history.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { epochIndexAt, epochStart } from '../../history/epoch-grid.js';

export class EpochReport {
  readonly history: SessionHistory;
  readonly #width: Millis;
  readonly #patience: Millis;
  readonly #onEpoch: (endpoint: EndpointHistory, stats: EpochStats) => void;
  /** Up to where epochs are handed out; null before the first probe. */
  #reportedTo: UnixMillis | null = null;

  /**
   * @param patience how long after its end an epoch may still change
   * @param onEpoch called for each endpoint of an epoch in turn, empty epochs included
   */
  constructor(
    info: SessionInfo,
    width: Millis,
    patience: Millis,
    onEpoch: (endpoint: EndpointHistory, stats: EpochStats) => void,
  ) {
    this.history = new SessionHistory(info);
    this.#width = width;
    this.#patience = patience;
    this.#onEpoch = onEpoch;
  }

  event(event: ProbeEvent): void {
    this.history.apply(event);
    if (event.type === 'gap' && event.reason === 'not running') this.#skipGap(event.from, event.to);
    if (event.type !== 'sent') return;
    this.#reportedTo ??= event.at;
    const settled = event.at - this.#patience;
    if (settled >= this.#reportedTo + this.#width) this.#reportUpTo(settled);
  }

  /** The epochs that are left, the last one cut short by the end of the run. */
  finish(): void {
    const { lastAt } = this.history;
    if (lastAt !== null) this.#reportUpTo(lastAt + this.#width);
  }

  /** Between two sessions nothing can settle any more, and months may lie there. */
  #skipGap(from: UnixMillis, to: UnixMillis): void {
    if (this.#reportedTo === null) return;
    this.#reportUpTo(from + this.#width);
    this.#reportedTo = Math.max(
      this.#reportedTo,
      epochStart(this.#grid, epochIndexAt(to, this.#width, this.#grid.clockOffset)),
    );
  }

  #reportUpTo(end: UnixMillis): void {
    const grid = this.#grid;
    const first = epochIndexAt(this.#reportedTo ?? end, grid.width, grid.clockOffset);
    const last = epochIndexAt(end, grid.width, grid.clockOffset);
    for (let index = first; index < last; index++) {
      for (const endpoint of this.history.endpoints) {
        const [stats] = endpoint.epochs(grid.width, index, 1);
        if (stats !== undefined) this.#onEpoch(endpoint, stats);
      }
    }
    if (last > first) this.#reportedTo = epochStart(grid, last);
  }

  get #grid(): { width: Millis; clockOffset: Millis } {
    return { width: this.#width, clockOffset: this.history.clockOffset };
  }
}
