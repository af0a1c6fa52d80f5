// Totals of a session: what the summary and the exit status are made of. Lives beside the prober, without a history.

import { TotalsKeeper } from './endpoint-totals.js';
import type { EndpointTotals } from './endpoint-totals.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import { EndpointRoster } from '../../events/endpoint-roster.js';
import type { ProbeEvent } from '../../events/events.js';
import { GapList } from '../probe-log/gap-list.js';
import type { Gap } from '../probe-log/gap-list.js';
import { OutageLedger } from '../outages/outage-ledger.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { EndpointId, Millis } from '../../events/units.js';

export type { EndpointTotals } from './endpoint-totals.js';

export class SessionTotals {
  readonly info: SessionInfo;
  /** Outages of all endpoints, and what else happened. */
  readonly outages: OutageLedger;
  /** Rejected packets that could not be told to belong to an endpoint. */
  rejected = 0;
  private readonly gapList = new GapList();
  /** By EndpointId. */
  private readonly keepers: TotalsKeeper[];
  private readonly roster: EndpointRoster;
  private clockOffset: Millis = 0;

  constructor(info: SessionInfo) {
    this.info = info;
    this.roster = new EndpointRoster(info.endpoints);
    this.keepers = info.endpoints.map((endpoint) => new TotalsKeeper(endpoint, info, this.gapList));
    this.outages = new OutageLedger(this.keepers);
  }

  /** When nobody looked, in order of time, merged. */
  get gaps(): readonly Gap[] {
    return this.gapList.list;
  }

  /** Everybody who was ever watched, by EndpointId. */
  get endpoints(): readonly EndpointInfo[] {
    return this.roster.all;
  }

  /** Those who are watched now. */
  get present(): readonly EndpointInfo[] {
    return this.roster.present;
  }

  /** Whoever there is something to tell of: not those that were gone before the session had sent them a probe. */
  get told(): readonly EndpointInfo[] {
    return this.roster.all.filter(({ id }) => !this.roster.isRemoved(id) || this.endpoint(id).slots > 0);
  }

  /** The totals as they stand now. Throws RangeError for an endpoint that the session has not. */
  endpoint(id: EndpointId): EndpointTotals {
    const keeper = this.keepers[id];
    if (keeper === undefined) throw new RangeError(`no endpoint ${id}`);
    return keeper.totals();
  }

  /** Takes an event. One of an endpoint or a probe that is not known is ignored. */
  apply(event: ProbeEvent): void {
    switch (event.type) {
      case 'sent':
        this.keepers[event.endpoint]?.sent(event.seq, event.at);
        return;
      case 'answered':
      case 'lost':
      case 'late':
      case 'unsent':
      case 'unreachable':
      case 'void':
        this.keepers[event.endpoint]?.settle(event);
        return;
      case 'duplicate': {
        const keeper = this.keepers[event.endpoint];
        if (keeper !== undefined) keeper.duplicates++;
        return;
      }
      case 'rejected': {
        const keeper = event.endpoint === null ? undefined : this.keepers[event.endpoint];
        if (keeper === undefined) this.rejected += event.count;
        else keeper.rejected += event.count;
        return;
      }
      case 'gap': {
        if (event.endpoint !== undefined) {
          this.keepers[event.endpoint]?.addGap(event);
          return;
        }
        const gap = this.gapList.add(event.from, event.to, event.reason);
        if (gap === null) return;
        for (const keeper of this.keepers) keeper.sessionGapAdded(gap);
        this.outages.addGap(gap.from, gap.to, gap.reason);
        return;
      }
      case 'resolved': {
        const keeper = this.keepers[event.endpoint];
        const { at, address } = event;
        if (keeper === undefined || keeper.address === address) return;
        this.outages.addAddress(keeper.info, at, address, keeper.address);
        keeper.address = address;
        return;
      }
      case 'clock': {
        const { at, offset } = event;
        if (offset === this.clockOffset) return;
        this.outages.add({ type: 'clock', at, offset, step: offset - this.clockOffset });
        this.clockOffset = offset;
        return;
      }
      case 'mark':
        this.outages.add({ type: 'mark', at: event.at, text: event.text });
        return;
      case 'endpoint': {
        const { endpoint, info, at } = event;
        const isAgain = this.roster.isRemoved(endpoint);
        if (!this.roster.apply(event)) return;
        const keeper = this.keepers[endpoint];
        if (keeper === undefined) this.keepers.push(new TotalsKeeper(info, this.info, this.gapList));
        else keeper.change(info);
        this.outages.add({ type: keeper === undefined || isAgain ? 'added' : 'changed', at, endpoint, info });
        return;
      }
      case 'removed': {
        const keeper = this.keepers[event.endpoint];
        if (keeper === undefined || this.roster.isRemoved(event.endpoint) || !this.roster.apply(event)) return;
        keeper.removedAt = event.at;
        this.outages.add({ type: 'removed', at: event.at, endpoint: event.endpoint });
        return;
      }
      case 'traffic':
      case 'verdict':
      case 'stall':
    }
  }
}
