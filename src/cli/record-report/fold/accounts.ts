// What any time adds up to at an endpoint: its probes from the history, its outages, and how long it was watched.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { Outage } from '../../../history/outages/outage-ledger.js';
import type { SessionHistory } from '../../../history/session-history.js';
import { emptyEpoch } from '../../../history/statistics/epoch-stats.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { SpanStats } from '../../../history/statistics/span-stats.js';
import type { Presence, Span } from './presence.js';
import type { Account } from '../report-model.js';

export class Accounts {
  readonly #history: SessionHistory;
  readonly #presence: Presence;
  /** Of each endpoint, in order of time; they don't overlap. */
  readonly #outages: Span[][];
  readonly #endedAt: UnixMillis;

  /** @param endedAt when the last probe was sent: what lasts then is counted up to there */
  constructor(history: SessionHistory, presence: Presence, outages: readonly Outage[], endedAt: UnixMillis) {
    this.#history = history;
    this.#presence = presence;
    this.#endedAt = endedAt;
    this.#outages = history.endpoints.map(() => []);
    for (const { endpoint, from, to } of outages) this.#outages[endpoint]?.push({ from, to: to ?? endedAt });
  }

  /** The history's own numbers of [from, to), on the session timeline. */
  stats(id: EndpointId, from: UnixMillis, to: UnixMillis): EpochStats {
    return this.#history.endpoints[id]?.span(from, to) ?? emptyEpoch(from, to, 0);
  }

  /** Of [from, to) on the session timeline. */
  of(id: EndpointId, from: UnixMillis, to: UnixMillis): Account {
    const stats = this.stats(id, from, to);
    return this.withTimes(id, stats, from, to);
  }

  /** Counts that are known already, with how long was watched and down. */
  withTimes(
    id: EndpointId,
    { counts, slots, loss, p50, p95 }: Pick<SpanStats, 'counts' | 'slots' | 'loss' | 'p50' | 'p95'>,
    from: UnixMillis,
    to: UnixMillis,
  ): Account {
    const watched = this.#watched(id, from, to);
    const down = Math.min(watched, this.#down(id, from, to));
    const availability = watched > 0 && slots > 0 ? 1 - down / watched : null;
    return { counts, slots, loss, watched, down, availability, p50, p95 };
  }

  #watched(id: EndpointId, from: UnixMillis, to: UnixMillis): Millis {
    let sum = 0;
    for (const span of this.#presence.within(id, from, Math.min(to, this.#endedAt))) {
      sum += Math.max(0, span.to - span.from - this.stats(id, span.from, span.to).gap);
    }
    return sum;
  }

  #down(id: EndpointId, from: UnixMillis, to: UnixMillis): Millis {
    const outages = this.#outages[id] ?? [];
    let low = 0;
    let high = outages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((outages[middle]?.to ?? Infinity) <= from) low = middle + 1;
      else high = middle;
    }
    let sum = 0;
    for (let outage = outages[low]; outage !== undefined && outage.from < to; outage = outages[++low]) {
      sum += Math.max(0, Math.min(to, outage.to) - Math.max(from, outage.from));
    }
    return sum;
  }
}
