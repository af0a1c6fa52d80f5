// The history of a session: feed it events, ask it for epochs, spans and the ledger. Pure: no clock, no I/O.

import { EndpointHistory, type Shared } from './endpoint-history.js';
import type { MarkEvent, ProbeEvent } from './events.js';
import { GapList, type Gap } from './gap-list.js';
import { OutageLedger, type LedgerEvent } from './outage-ledger.js';
import type { SessionInfo } from './session-info.js';
import type { Millis, UnixMillis } from './units.js';

export class SessionHistory {
  readonly info: SessionInfo;
  readonly endpoints: readonly EndpointHistory[];
  readonly outages: OutageLedger;
  revision = 0;
  private readonly shared: Shared & { gaps: GapList };
  private readonly markList: MarkEvent[] = [];
  private readonly ledgerEvents: LedgerEvent[] = [];

  constructor(info: SessionInfo, options: { recordCapacity?: number } = {}) {
    this.info = info;
    this.shared = { gaps: new GapList(), clockOffset: 0 };
    const lookBack = Math.ceil(info.timeout / info.interval) + 64;
    this.endpoints = info.endpoints.map(
      (endpoint) => new EndpointHistory(endpoint, this.shared, options.recordCapacity ?? 2 ** 19, lookBack),
    );
    this.outages = new OutageLedger(this.endpoints, () => this.ledgerEvents);
  }

  get gaps(): readonly Gap[] {
    return this.shared.gaps.list;
  }

  get marks(): readonly MarkEvent[] {
    return this.markList;
  }

  get clockOffset(): Millis {
    return this.shared.clockOffset;
  }

  get firstAt(): UnixMillis | null {
    const times = this.endpoints.flatMap((endpoint) => endpoint.firstAt ?? []);
    return times.length === 0 ? null : Math.min(...times);
  }

  get lastAt(): UnixMillis | null {
    const times = this.endpoints.flatMap((endpoint) => endpoint.lastAt ?? []);
    return times.length === 0 ? null : Math.max(...times);
  }

  gapWithin(from: UnixMillis, to: UnixMillis): Millis {
    return this.shared.gaps.within(from, to);
  }

  apply(event: ProbeEvent): void {
    this.revision++;
    switch (event.type) {
      case 'sent':
        this.endpoints[event.endpoint]?.sent(event.seq, event.at);
        return;
      case 'answered':
      case 'late':
      case 'lost':
      case 'unsent':
      case 'unreachable':
      case 'void':
        this.endpoints[event.endpoint]?.settle(event);
        return;
      case 'duplicate':
      case 'rejected': {
        const endpoint = event.endpoint === null ? undefined : this.endpoints[event.endpoint];
        if (endpoint === undefined) return;
        if (event.type === 'duplicate') endpoint.duplicates++;
        else endpoint.rejected += event.count;
        return;
      }
      case 'gap':
        this.shared.gaps.add(event.from, event.to, event.reason);
        this.list({ type: 'gap', at: event.from, to: event.to, reason: event.reason });
        return;
      case 'resolved': {
        const endpoint = this.endpoints[event.endpoint];
        if (endpoint === undefined) return;
        this.list({
          type: 'address',
          at: event.at,
          endpoint: event.endpoint,
          address: event.address,
          before: endpoint.address,
        });
        endpoint.address = event.address;
        return;
      }
      case 'clock':
        this.list({ type: 'clock', at: event.at, offset: event.offset, step: event.offset - this.shared.clockOffset });
        this.shared.clockOffset = event.offset;
        return;
      case 'mark':
        this.markList.push(event);
        this.markList.sort((a, b) => a.at - b.at);
        this.list({ type: 'mark', at: event.at, text: event.text });
    }
  }

  private list(event: LedgerEvent): void {
    this.ledgerEvents.push(event);
    this.ledgerEvents.sort((a, b) => a.at - b.at);
  }
}
