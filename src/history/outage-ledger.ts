// What happened and when: outages of all endpoints, and the other things that a user wants listed beside them: changed
// addresses, steps of the wall clock, marks and gaps. Bounded: the newest LIMIT of each kind.

import type { GapReason } from './events.js';
import type { EndpointId, Millis, UnixMillis } from './units.js';

/** At least three probes and one second with nothing answered. */
export type Outage = {
  readonly endpoint: EndpointId;
  /** When the first failed probe was sent. */
  readonly from: UnixMillis;
  /** When the answered probe that ended it was sent (before a gap: the last failed one); null while it lasts. */
  readonly to: UnixMillis | null;
  /** Probes that failed. */
  readonly lost: number;
  /** The error that most of them had, if any had one. */
  readonly error: string | null;
};

export type LedgerEvent =
  | {
      readonly type: 'address';
      readonly at: UnixMillis;
      readonly endpoint: EndpointId;
      readonly address: string;
      readonly before: string | null;
    }
  | { readonly type: 'clock'; readonly at: UnixMillis; readonly offset: Millis; readonly step: Millis }
  | { readonly type: 'mark'; readonly at: UnixMillis; readonly text: string }
  | { readonly type: 'gap'; readonly at: UnixMillis; readonly to: UnixMillis; readonly reason: GapReason };

export type OutageSource = { outages(): readonly Outage[] };

export class OutageLedger {
  private readonly sources: readonly OutageSource[];
  private readonly otherEvents: () => readonly LedgerEvent[];

  constructor(sources: readonly OutageSource[], otherEvents: () => readonly LedgerEvent[]) {
    this.sources = sources;
    this.otherEvents = otherEvents;
  }

  /** All outages on record, in order of their beginning. */
  list(): Outage[] {
    return this.sources
      .flatMap((source) => source.outages())
      .sort((a, b) => a.from - b.from || a.endpoint - b.endpoint);
  }

  /** Everything else worth listing, in order of time. */
  get events(): readonly LedgerEvent[] {
    return this.otherEvents();
  }
}
