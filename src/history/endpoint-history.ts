// The history of one endpoint. First version: everything is computed from the send records that are in the ring.

import type { OutcomeEvent } from './events.js';
import type { EpochStats } from './epoch-stats.js';
import { ErrorNames, icmpErrorText } from './error-names.js';
import type { GapList } from './gap-list.js';
import { toMicros, toMillis, NO_RTT } from './micros.js';
import type { Outage } from './outage-ledger.js';
import { findOutages } from './outage-runs.js';
import { emptyStateCounts, lossOf, slotsOf, type ProbeState } from './probe-state.js';
import { SendRecords } from './send-records.js';
import type { EndpointInfo } from './session-info.js';
import * as code from './state-code.js';
import type { Millis, ProbeSeq, UnixMillis } from './units.js';

export type Shared = { readonly gaps: GapList; clockOffset: Millis };

export class EndpointHistory {
  readonly info: EndpointInfo;
  address: string | null;
  lastRtt: Millis | null = null;
  lastState: ProbeState | null = null;
  duplicates = 0;
  rejected = 0;
  firstAt: UnixMillis | null = null;
  private newestSettled = -1;
  private readonly records: SendRecords;
  private readonly errors = new ErrorNames();
  private readonly shared: Shared;

  constructor(info: EndpointInfo, shared: Shared, capacity: number, lookBack: number) {
    this.info = info;
    this.address = info.address;
    this.shared = shared;
    this.records = new SendRecords(capacity, lookBack);
  }

  get lastAt(): UnixMillis | null {
    return this.firstAt === null ? null : this.records.newestAt;
  }

  get baseline(): Millis | null {
    return this.span(-Infinity, Infinity).median;
  }

  sent(seq: ProbeSeq, at: UnixMillis): void {
    if (this.records.add(seq, at) !== null) this.firstAt = Math.min(this.firstAt ?? at, at);
  }

  settle(event: OutcomeEvent): void {
    if (!this.records.has(event.seq)) return;
    const { type, seq } = event;
    let changed: number = code.HOLE;
    let rtt: number = NO_RTT;
    if (type === 'answered' || type === 'late') {
      rtt = toMicros(event.rtt);
      const flags = event.uncertain === true ? code.UNCERTAIN : 0;
      changed = this.records.settle(seq, type === 'late' ? code.LATE : code.ANSWERED, flags, rtt, 0);
    } else if (type === 'unsent') {
      changed = this.records.settle(seq, code.UNSENT, 0, NO_RTT, this.errors.idOf(event.error));
    } else if (type === 'unreachable') {
      const text = icmpErrorText(event.icmpType, event.icmpCode, event.from);
      changed = this.records.settle(seq, code.UNREACHABLE, 0, NO_RTT, this.errors.idOf(text));
    } else {
      changed = this.records.settle(seq, type === 'lost' ? code.LOST : code.VOID, 0, NO_RTT, 0);
    }
    if (changed !== code.HOLE && type !== 'void' && seq >= this.newestSettled) {
      this.newestSettled = seq;
      this.lastState = code.stateName(this.records.stateOf(seq));
      this.lastRtt = rtt === NO_RTT ? null : toMillis(rtt);
    }
  }

  outages(): Outage[] {
    return findOutages(this.info.id, this.records, this.shared.gaps, this.errors);
  }

  epochs(width: Millis, firstIndex: number, count: number): readonly EpochStats[] {
    return Array.from({ length: count }, (_, i) => {
      const from = (firstIndex + i) * width - this.shared.clockOffset;
      return this.span(from, from + width);
    });
  }

  span(from: UnixMillis, to: UnixMillis): EpochStats {
    const { records } = this;
    const counts = emptyStateCounts();
    const keys = [null, 'inFlight', 'lost', 'unreachable', 'late', 'answered', 'unsent', 'void'] as const;
    const rtts: number[] = [];
    const end = records.lowerBound(to);
    let previous: number | null = null;
    let jitter = 0;
    let pairs = 0;
    let run = 0;
    let longestLossRun = 0;
    const errors = new Map<string, number>();
    for (let seq = records.lowerBound(from); seq < end; seq++) {
      const state = records.stateOf(seq);
      const key = keys[state];
      if (key === null || key === undefined) continue;
      counts[key]++;
      if (code.isFailed(state)) longestLossRun = Math.max(longestLossRun, ++run);
      else if (code.isAlive(state)) run = 0;
      const error = this.errors.textOf(records.error[seq & records.mask] as number);
      if (error !== null) errors.set(error, (errors.get(error) ?? 0) + 1);
      const certain = ((records.state[seq & records.mask] as number) & code.UNCERTAIN) === 0;
      if (!code.isAlive(state) || !certain) continue;
      const rtt = records.rtt[seq & records.mask] as number;
      rtts.push(rtt);
      if (state !== code.ANSWERED) continue;
      if (previous !== null) {
        jitter += Math.abs(rtt - previous);
        pairs++;
      }
      previous = rtt;
    }
    rtts.sort((a, b) => a - b);
    const rank = (q: number): Millis | null =>
      rtts.length === 0 ? null : toMillis(rtts[Math.max(0, Math.ceil(q * rtts.length) - 1)] as number);
    return {
      from,
      to,
      slots: slotsOf(counts),
      counts,
      loss: lossOf(counts),
      min: rank(0),
      mean: rtts.length === 0 ? null : toMillis(rtts.reduce((a, b) => a + b, 0) / rtts.length),
      median: rank(0.5),
      p95: rank(0.95),
      max: rank(1),
      jitter: pairs === 0 ? null : toMillis(jitter / pairs),
      longestLossRun,
      error: [...errors].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null,
      gap: this.shared.gaps.within(from, to),
      coarse: false,
    };
  }
}
