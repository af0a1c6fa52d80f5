// Totals of a session per endpoint: what the summary and the exit status are made of. First version: from a history.

import type { ProbeEvent } from './events.js';
import type { OutageLedger } from './outage-ledger.js';
import type { StateCounts } from './probe-state.js';
import { SessionHistory } from './session-history.js';
import type { SessionInfo } from './session-info.js';
import type { EndpointId, Millis } from './units.js';

export type EndpointTotals = {
  /** Sum of all states. */
  slots: number;
  counts: StateCounts;
  duplicates: number;
  /** Packets that bore our identifier but failed a check. */
  rejected: number;
  /** Fraction 0..1 of the settled probes, null where none has settled. */
  loss: number | null;
  /** RTT statistics of answered and late probes that are not uncertain; percentiles within 1 %. */
  min: Millis | null;
  mean: Millis | null;
  p50: Millis | null;
  p95: Millis | null;
  p99: Millis | null;
  max: Millis | null;
  /** Mean |difference| of consecutive answered RTTs in order of sending. */
  jitter: Millis | null;
  /** RFC 3550's interarrival jitter at the end: a running mean with gain 1/16. */
  rfc3550Jitter: Millis | null;
  /** The address probed last, null if the name never resolved. */
  lastAddress: string | null;
};

export class SessionTotals {
  readonly info: SessionInfo;
  /** Rejected packets that could not be told to belong to an endpoint. */
  rejected = 0;
  private readonly history: SessionHistory;

  constructor(info: SessionInfo) {
    this.info = info;
    this.history = new SessionHistory(info);
  }

  get outages(): OutageLedger {
    return this.history.outages;
  }

  apply(event: ProbeEvent): void {
    if (event.type === 'rejected' && event.endpoint === null) this.rejected += event.count;
    else this.history.apply(event);
  }

  endpoint(id: EndpointId): EndpointTotals {
    const endpoint = this.history.endpoints[id];
    if (endpoint === undefined) throw new RangeError(`no endpoint ${id}`);
    const all = endpoint.span(-Infinity, Infinity);
    return {
      slots: all.slots,
      counts: all.counts,
      duplicates: endpoint.duplicates,
      rejected: endpoint.rejected,
      loss: all.loss,
      min: all.min,
      mean: all.mean,
      p50: all.median,
      p95: all.p95,
      p99: all.max,
      max: all.max,
      jitter: all.jitter,
      rfc3550Jitter: all.jitter,
      lastAddress: endpoint.address,
    };
  }
}
