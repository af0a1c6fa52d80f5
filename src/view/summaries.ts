// The numbers of the headers: loss and percentiles of what is on screen, of 10 minutes and of an hour. They span many
// records, so they are asked for once a second, not once a frame; a change of the window asks at once.

import { neglectingHops, PATH_SPAN } from './path/neglect.js';
import { worstMinute } from './wall/spans.js';
import { recentLength } from './verdict/current-verdict.js';
import type { EndpointHistory } from '../history/endpoint-history.js';
import type { EpochStats } from '../history/statistics/epoch-stats.js';
import type { LedgerEvent, Outage } from '../history/outages/outage-ledger.js';
import type { SessionHistory } from '../history/session-history.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';

export type EndpointSummary = {
  /** The last 10 s or 20 probes, whichever is longer. */
  readonly recent: EpochStats;
  readonly onScreen: EpochStats;
  readonly hour: EpochStats;
  readonly baseline: Millis | null;
  /** When in the last hour it was worst, to the minute; null where it wasn't bad. `usualP50`: what is usual there. */
  worstAt(usualP50: Millis | null): UnixMillis | null;
};

const MINUTE: Millis = 60_000;

type Times = { from: UnixMillis; to: UnixMillis; now: UnixMillis; clockOffset: Millis };

/** An hour is looked through for its worst minute no more often than this. */
const WORST_EVERY: Millis = 10_000;

/** What was found last, and for which time. */
type WorstMinutes = Map<EndpointHistory, { key: string; at: UnixMillis | null }>;

/** Computed when first asked for: narrow headers show less, and with the cursor out none of it is shown. */
class LazySummary implements EndpointSummary {
  readonly #endpoint: EndpointHistory;
  readonly #from: UnixMillis;
  readonly #to: UnixMillis;
  readonly #now: UnixMillis;
  #screen: EpochStats | null = null;
  #last: EpochStats | null = null;
  #sixty: EpochStats | null = null;
  #usual: Millis | null | undefined;
  readonly #clockOffset: Millis;
  readonly #worst: WorstMinutes;

  constructor(endpoint: EndpointHistory, { from, to, now, clockOffset }: Times, worst: WorstMinutes) {
    this.#clockOffset = clockOffset;
    this.#worst = worst;
    this.#endpoint = endpoint;
    this.#from = from;
    this.#to = to;
    this.#now = now;
  }

  get onScreen(): EpochStats {
    this.#screen ??= this.#endpoint.span(this.#from, this.#to);
    return this.#screen;
  }

  get recent(): EpochStats {
    this.#last ??= this.#endpoint.span(this.#now - recentLength(this.#endpoint.info), this.#now);
    return this.#last;
  }

  get hour(): EpochStats {
    this.#sixty ??= this.#endpoint.span(this.#now - 60 * MINUTE, this.#now);
    return this.#sixty;
  }

  worstAt(usualP50: Millis | null): UnixMillis | null {
    const known = this.#worst.get(this.#endpoint);
    const key = `${Math.floor(this.#now / WORST_EVERY)} ${usualP50}`;
    if (known?.key === key) return known.at;
    const at = worstMinute(this.#endpoint, usualP50, this.#now, this.#clockOffset);
    this.#worst.set(this.#endpoint, { key, at });
    return at;
  }

  get baseline(): Millis | null {
    if (this.#usual === undefined) this.#usual = this.#endpoint.baseline;
    return this.#usual;
  }
}

export class Summaries {
  readonly #history: SessionHistory;
  readonly #worst: WorstMinutes = new Map();
  #key = '';
  #endpoints: EndpointSummary[] = [];
  #recentKey = '';
  readonly #recentStats = new Map<EndpointId, EpochStats>();
  #pathKey = '';
  readonly #pathStats = new Map<EndpointId, EpochStats>();
  #neglectKey = '';
  #neglecting: ReadonlySet<EndpointId> = new Set();
  #outageKey = '';
  #outageList: readonly Outage[] = [];
  #eventList: readonly LedgerEvent[] = [];

  constructor(history: SessionHistory) {
    this.#history = history;
  }

  /** One summary per endpoint: of [from, to), and of the time before `now`. */
  of(from: UnixMillis, to: UnixMillis, now: UnixMillis): readonly EndpointSummary[] {
    const key = `${from} ${to} ${Math.floor(now / 1000)}`;
    if (key !== this.#key) {
      this.#key = key;
      const times = { from, to, now, clockOffset: this.#history.clockOffset };
      this.#endpoints = this.#history.endpoints.map((endpoint) => new LazySummary(endpoint, times, this.#worst));
    }
    return this.#endpoints;
  }

  /** Of the time before `now`: what `of` calls recent, at most a second old; null where there is no such endpoint. */
  recent(id: EndpointId, now: UnixMillis): EpochStats | null {
    const key = String(Math.floor(now / 1000));
    if (key !== this.#recentKey) {
      this.#recentKey = key;
      this.#recentStats.clear();
    }
    const known = this.#recentStats.get(id);
    if (known !== undefined) return known;
    const endpoint = this.#history.endpoints[id];
    if (endpoint === undefined) return null;
    const stats = endpoint.span(now - recentLength(endpoint.info), now);
    this.#recentStats.set(id, stats);
    return stats;
  }

  /** What the probes of the last ten minutes say, at most a second old; null where there is no such endpoint. */
  onPath(id: EndpointId, now: UnixMillis): EpochStats | null {
    const key = String(Math.floor(now / 1000));
    if (key !== this.#pathKey) {
      this.#pathKey = key;
      this.#pathStats.clear();
    }
    const endpoint = this.#history.endpoints[id];
    if (endpoint === undefined) return null;
    const stats = this.#pathStats.get(id) ?? endpoint.span(now - PATH_SPAN, now);
    this.#pathStats.set(id, stats);
    return stats;
  }

  /** Hops that only answer ping badly, at most a second old. */
  neglecting(now: UnixMillis): ReadonlySet<EndpointId> {
    const key = `${Math.floor(now / 1000)} ${this.#history.endpoints.length}`;
    if (key !== this.#neglectKey) {
      this.#neglectKey = key;
      this.#neglecting = neglectingHops(this.#history, (id) => this.onPath(id, now));
    }
    return this.#neglecting;
  }

  /** In order of their beginning, at most a second old. */
  outages(now: UnixMillis): readonly Outage[] {
    this.#refreshLedger(now);
    return this.#outageList;
  }

  /** Address changes, clock steps, gaps and marks. */
  events(now: UnixMillis): readonly LedgerEvent[] {
    this.#refreshLedger(now);
    return this.#eventList;
  }

  #refreshLedger(now: UnixMillis): void {
    const key = String(Math.floor(now / 1000));
    if (key === this.#outageKey) return;
    this.#outageKey = key;
    this.#outageList = this.#history.outages.list();
    this.#eventList = this.#history.outages.events;
  }
}
