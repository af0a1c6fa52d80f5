// The history of a session: feed it events, ask it for epochs, spans and the ledger. No I/O, no clock: time passes as
// events say that it does.

import { EndpointHistory } from './endpoint-history.js';
import type { ChangeListener, HistoryContext } from './endpoint-history.js';
import type { ClockEvent, EndpointEvent, GapEvent, MarkEvent, ProbeEvent, ResolvedEvent } from '../events/events.js';
import { GapList } from './probe-log/gap-list.js';
import type { Gap } from './probe-log/gap-list.js';
import { insertByTime, OutageLedger } from './outages/outage-ledger.js';
import type { SessionInfo } from '../events/session-info.js';
import { SessionGrids } from './session-grids.js';
import { TrafficLog } from './traffic/traffic-log.js';
import { tiersFor } from './rollups/tiers.js';
import type { Tiers } from './rollups/tiers.js';
import type { Millis, UnixMillis } from '../events/units.js';

/** The newest marks that are kept. */
const MOST_MARKS = 10_000;

export type HistoryOptions = {
  /** Send records kept per endpoint, rounded up to a power of two; 2^19 unless told. */
  recordCapacity?: number;
  /** Budgets of the tiers above them. */
  tiers?: Tiers;
};

export class SessionHistory {
  readonly info: SessionInfo;
  /** By EndpointId, the removed ones among them: their past stays. */
  readonly endpoints: EndpointHistory[];
  /** Outages, and what else happened. */
  readonly outages: OutageLedger;
  /** What this machine itself sent and received. */
  readonly traffic = new TrafficLog();
  /** Changes whenever anything that is drawn could. */
  revision = 0;
  private readonly gapList = new GapList();
  private readonly markList: MarkEvent[] = [];
  private readonly grids: SessionGrids;
  private readonly context: HistoryContext;
  private newestAt: UnixMillis = -Infinity;

  constructor(info: SessionInfo, options: HistoryOptions = {}) {
    this.info = info;
    const tiers = options.tiers ?? tiersFor(info.endpoints.length);
    const grids = new SessionGrids(tiers);
    this.grids = grids;
    this.context = {
      gaps: this.gapList,
      tiers: { ...tiers, records: options.recordCapacity ?? tiers.records },
      timeout: info.timeout,
      endpoints: info.endpoints.length,
      get clockOffset(): Millis {
        return grids.offset;
      },
      onChange: null,
      gridsFor: (at) => grids.beginAt(at),
    };
    this.endpoints = info.endpoints.map((endpoint) => new EndpointHistory(endpoint, this.context));
    this.outages = new OutageLedger(this.endpoints);
  }

  /** When nobody looked, in order of time, merged. */
  get gaps(): readonly Gap[] {
    return this.gapList.list;
  }

  /** In order of the time marked. */
  get marks(): readonly MarkEvent[] {
    return this.markList;
  }

  /** What the wall clock shows is the session timeline plus this. */
  get clockOffset(): Millis {
    return this.grids.offset;
  }

  /** When the first probe was sent, null while there is none. */
  get firstAt(): UnixMillis | null {
    const first = this.endpoints.reduce((at, endpoint) => Math.min(at, endpoint.firstAt ?? Infinity), Infinity);
    return first === Infinity ? null : first;
  }

  /** When the last probe was sent or the last gap ended, null while there is neither. */
  get lastAt(): UnixMillis | null {
    const last = Math.max(this.newestAt, this.gapList.list.at(-1)?.to ?? -Infinity);
    return last === -Infinity ? null : last;
  }

  /** How much of [from, to) lies in gaps. */
  gapWithin(from: UnixMillis, to: UnixMillis): Millis {
    return this.gapList.within(from, to);
  }

  /**
   * `listener` hears of each stretch of an endpoint's time that is another now, and its columns with it; of an instant,
   * where both bounds are the same. Gaps of the whole session and steps of the clock are events, and not told there.
   */
  tellChanges(listener: ChangeListener): void {
    this.context.onChange = listener;
  }

  /** Takes an event. One of an endpoint or a probe that is not known is ignored. */
  apply(event: ProbeEvent): void {
    switch (event.type) {
      case 'sent':
        if (this.endpoints[event.endpoint]?.sent(event.seq, event.at) !== true) return;
        if (event.at > this.newestAt) this.newestAt = event.at;
        break;
      case 'answered':
      case 'lost':
      case 'late':
      case 'unsent':
      case 'unreachable':
      case 'void':
        if (this.endpoints[event.endpoint]?.settle(event) !== true) return;
        break;
      case 'duplicate':
      case 'rejected': {
        const endpoint = event.endpoint === null ? undefined : this.endpoints[event.endpoint];
        if (endpoint === undefined) return;
        if (event.type === 'duplicate') endpoint.duplicates++;
        else endpoint.rejected += event.count;
        break;
      }
      case 'gap':
        this.applyGap(event);
        break;
      case 'resolved':
        this.applyResolved(event);
        break;
      case 'clock':
        this.applyClock(event);
        break;
      case 'mark':
        insertByTime(this.markList, event, MOST_MARKS);
        this.outages.add({ type: 'mark', at: event.at, text: event.text });
        break;
      case 'endpoint':
        if (!this.applyEndpoint(event)) return;
        break;
      case 'removed': {
        const endpoint = this.endpoints[event.endpoint];
        if (endpoint === undefined || endpoint.removedAt !== null) return;
        endpoint.removedAt = event.at;
        this.outages.add({ type: 'removed', at: event.at, endpoint: event.endpoint });
        break;
      }
      case 'traffic':
        this.traffic.add(event);
        break;
      case 'verdict':
      case 'stall':
        // Says something of the program; what it says of the network is in gaps and uncertain RTTs.
        return;
    }
    this.revision++;
  }

  /** Ids count up by one: one that is further ahead was never announced. */
  private applyEndpoint({ endpoint: id, info, at }: EndpointEvent): boolean {
    if (id > this.endpoints.length) return false;
    const known = this.endpoints[id];
    const isNew = known === undefined || known.removedAt !== null;
    if (known === undefined) this.endpoints.push(new EndpointHistory(info, this.context));
    else {
      known.info = info;
      known.removedAt = null;
    }
    this.outages.add({ type: isNew ? 'added' : 'changed', at, endpoint: id, info });
    return true;
  }

  private applyGap({ endpoint: id, from, to, reason }: GapEvent): void {
    if (id !== undefined) {
      this.endpoints[id]?.addGap({ from, to, reason });
      return;
    }
    const gap = this.gapList.add(from, to, reason);
    if (gap === null) return;
    for (const endpoint of this.endpoints) endpoint.sessionGapAdded(gap);
    this.outages.addGap(gap.from, gap.to, gap.reason);
  }

  private applyResolved({ endpoint: id, address, name, at }: ResolvedEvent): void {
    const endpoint = this.endpoints[id];
    if (endpoint === undefined) return;
    const { info, address: before } = endpoint;
    if (address !== before) this.outages.addAddress(info, at, address, before);
    if (address !== before || name !== undefined) endpoint.addressName = name ?? null;
    endpoint.address = address;
  }

  private applyClock({ at, offset }: ClockEvent): void {
    const step = offset - this.clockOffset;
    if (step === 0) return;
    const sealedTo = this.endpoints.reduce((latest, endpoint) => Math.max(latest, endpoint.sealedTo), -Infinity);
    this.grids.step(Math.max(at, this.newestAt, sealedTo), offset);
    for (const endpoint of this.endpoints) endpoint.clockStepped();
    this.outages.add({ type: 'clock', at, offset, step });
  }
}
