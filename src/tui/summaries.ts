// The numbers of the headers: loss and percentiles of what is on screen, of 10 minutes and of an hour. They span many
// records, so they are asked for once a second, not once a frame; a change of the window asks at once.

import type { EpochStats } from '../history/epoch-stats.js';
import type { LedgerEvent, Outage } from '../history/outage-ledger.js';
import type { SessionHistory } from '../history/session-history.js';
import type { Millis, UnixMillis } from '../history/units.js';

export type EndpointSummary = {
  onScreen: EpochStats;
  tenMinutes: EpochStats;
  hour: EpochStats;
  baseline: Millis | null;
};

const minute = 60_000;

export class Summaries {
  private readonly history: SessionHistory;
  private key = '';
  private endpoints: EndpointSummary[] = [];
  private outageKey = '';
  private outageList: readonly Outage[] = [];
  private eventList: readonly LedgerEvent[] = [];

  constructor(history: SessionHistory) {
    this.history = history;
  }

  /** One summary per endpoint: of [from, to), and of the time before `now`. */
  of(from: UnixMillis, to: UnixMillis, now: UnixMillis): readonly EndpointSummary[] {
    const key = `${from} ${to} ${Math.floor(now / 1000)}`;
    if (key !== this.key) {
      this.key = key;
      this.endpoints = this.history.endpoints.map((endpoint) => ({
        onScreen: endpoint.span(from, to),
        tenMinutes: endpoint.span(now - 10 * minute, now),
        hour: endpoint.span(now - 60 * minute, now),
        baseline: endpoint.baseline,
      }));
    }
    return this.endpoints;
  }

  /** In order of their beginning, at most a second old. */
  outages(now: UnixMillis): readonly Outage[] {
    this.refreshLedger(now);
    return this.outageList;
  }

  /** Address changes, clock steps, gaps and marks. */
  events(now: UnixMillis): readonly LedgerEvent[] {
    this.refreshLedger(now);
    return this.eventList;
  }

  /** Forget what was computed: the next frame is to show everything as it is. */
  refresh(): void {
    this.key = '';
    this.outageKey = '';
  }

  private refreshLedger(now: UnixMillis): void {
    const key = String(Math.floor(now / 1000));
    if (key === this.outageKey) return;
    this.outageKey = key;
    this.outageList = this.history.outages.list();
    this.eventList = this.history.outages.events;
  }
}
