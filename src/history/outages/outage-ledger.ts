// What happened and when: the outages of all endpoints, and the other things that a user wants listed beside them:
// changed addresses, steps of the wall clock, marks and gaps. Bounded: the newest of each.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { GapReason } from '../../events/events.js';
import type { Outage, OutageRuns } from './outage-runs.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';

export type { Outage } from './outage-runs.js';

/** A name has another address; a hop another router. */
export type AddressChange = {
  readonly type: 'address' | 'route';
  readonly at: UnixMillis;
  readonly endpoint: EndpointId;
  readonly address: string;
  /** Null where this is the first. */
  readonly before: string | null;
};
export type ClockStep = {
  readonly type: 'clock';
  readonly at: UnixMillis;
  readonly offset: Millis;
  readonly step: Millis;
};
export type Mark = { readonly type: 'mark'; readonly at: UnixMillis; readonly text: string };
export type GapEntry = {
  readonly type: 'gap';
  readonly at: UnixMillis;
  readonly to: UnixMillis;
  readonly reason: GapReason;
};

/** An endpoint came, or was given another label, interval or size. */
export type EndpointEntry = {
  readonly type: 'added' | 'changed';
  readonly at: UnixMillis;
  readonly endpoint: EndpointId;
  readonly info: EndpointInfo;
};
export type Removal = { readonly type: 'removed'; readonly at: UnixMillis; readonly endpoint: EndpointId };

export type LedgerEvent = AddressChange | ClockStep | Mark | GapEntry | EndpointEntry | Removal;

/** The newest of these that are kept. */
const LIMIT = 10_000;

type HasOutages = {
  readonly outages: OutageRuns;
  /** Since when it is not watched any more: an outage that lasted then is told up to there. */
  readonly removedAt: UnixMillis | null;
};

export class OutageLedger {
  private readonly endpoints: readonly HasOutages[];
  private readonly others: LedgerEvent[] = [];
  private closed: readonly Outage[] = [];
  private closedRevision = 0;

  /** Endpoints that come later are appended to that list. */
  constructor(endpoints: readonly HasOutages[]) {
    this.endpoints = endpoints;
  }

  /** All outages on record, in order of their beginning; what lasts has `to` null. */
  list(): Outage[] {
    const recent = this.endpoints.flatMap(({ outages, removedAt }) =>
      outages.recent().map((outage) => (outage.to === null ? { ...outage, to: removedAt } : outage)),
    );
    const revision = this.endpoints.reduce((sum, { outages }) => sum + outages.revision, 0);
    if (revision !== this.closedRevision) {
      this.closed = this.endpoints.flatMap(({ outages }) => outages.closed()).sort(byBeginning);
      this.closedRevision = revision;
    }
    const earliest = recent.reduce((from, outage) => Math.min(from, outage.from), Infinity);
    const all = [...this.closed, ...recent];
    const last = this.closed.at(-1);
    return recent.length > 1 || (last !== undefined && last.from > earliest) ? all.sort(byBeginning) : all;
  }

  /** Everything else worth listing, in order of time. */
  get events(): readonly LedgerEvent[] {
    return this.others;
  }

  add(event: LedgerEvent): void {
    insertByTime(this.others, event, LIMIT);
  }

  /** `before` is null where this is the first. */
  addAddress({ id, kind }: EndpointInfo, at: UnixMillis, address: string, before: string | null): void {
    this.add({ type: kind === 'hop' ? 'route' : 'address', at, endpoint: id, address, before });
  }

  /** Gaps are merged as they come: replaces the entries from `from` to `to` by the one gap that they now are. */
  addGap(from: UnixMillis, to: UnixMillis, reason: GapReason): void {
    const { others } = this;
    const first = firstAfter(others, from, false);
    const end = firstAfter(others, to, true);
    let kept = first;
    for (let index = first; index < end; index++) {
      const event = others[index] as LedgerEvent;
      const swallowed = event.type === 'gap' && event.to <= to;
      if (!swallowed) others[kept++] = event;
    }
    if (kept < end) others.splice(kept, end - kept);
    this.add({ type: 'gap', at: from, to, reason });
  }
}

/** Inserts into a list in order of time, after those of the same time, and drops the oldest past `limit`. */
export const insertByTime = <T extends { readonly at: UnixMillis }>(list: T[], entry: T, limit: number): void => {
  const last = list.at(-1);
  const index = last === undefined || last.at <= entry.at ? list.length : firstAfter(list, entry.at, true);
  if (index === 0 && list.length >= limit) return;
  list.splice(index, 0, entry);
  if (list.length > limit) list.shift();
};

/** Index of the first entry later than `at`, or not earlier, in a list in order of time. */
const firstAfter = (list: readonly { readonly at: UnixMillis }[], at: UnixMillis, later: boolean): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = (list[middle] as { at: UnixMillis }).at;
    if (entry < at || (later && entry === at)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const byBeginning = (a: Outage, b: Outage): number => a.from - b.from || a.endpoint - b.endpoint;
