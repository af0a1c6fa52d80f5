// The history of one endpoint: takes its events, answers for any epoch or span of it.

import { Baseline } from './statistics/baseline.js';
import { EpochCache } from './epoch-cache.js';
import { emptyEpoch } from './statistics/epoch-stats.js';
import type { EpochStats } from './statistics/epoch-stats.js';
import { EndpointGaps } from './probe-log/endpoint-gaps.js';
import { ErrorNames } from './probe-log/error-names.js';
import type { OutcomeEvent } from '../events/events.js';
import type { Gap, GapList } from './probe-log/gap-list.js';
import { countedRtt, toOutcome } from './probe-log/outcome.js';
import type { Outcome } from './probe-log/outcome.js';
import { NO_RTT, toMillis } from '../events/rtt/micros.js';
import { OutageRuns } from './outages/outage-runs.js';
import type { ProbeState } from '../events/probe-state.js';
import { RollupChain } from './rollups/rollup-chain.js';
import { lossRunsOf } from './probe-log/loss-runs.js';
import type { LossRuns } from './probe-log/loss-runs.js';
import { newestProbes } from './probe-log/newest-probes.js';
import type { LoggedProbe } from './probe-log/newest-probes.js';
import { SendRecords } from './probe-log/send-records.js';
import type { EndpointInfo } from '../events/endpoint-info.js';
import { SpanReader } from './probe-log/span-reader.js';
import type { RttCount } from './probe-log/span-reader.js';
import { TtlChanges } from './ttl-changes.js';
import * as codes from '../events/state-code.js';
import type { Tiers } from './rollups/tiers.js';
import type { TimeGrid } from './time-grid.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../events/units.js';

/** What an endpoint has from its session. */
export type HistoryContext = {
  readonly gaps: GapList;
  readonly clockOffset: Millis;
  readonly tiers: Tiers;
  readonly timeout: Millis;
  /** How many there are. */
  readonly endpoints: number;
  /** What is known of [from, to) at that endpoint has changed. */
  onChange: ChangeListener | null;
  /** The grids of the session, which begin with its first send record. */
  gridsFor(at: UnixMillis): readonly TimeGrid[];
};

export type ChangeListener = (endpoint: EndpointId, from: UnixMillis, to: UnixMillis) => void;

/** What the first send record brings into being. */
type Parts = { chain: RollupChain; reader: SpanReader };

/** Probes are expected to change for no longer than this after their sending, however long the timeout. */
const LONGEST_LAG: Millis = 60_000;

export class EndpointHistory {
  /** As it was told last. */
  info: EndpointInfo;
  /** Since when it is not watched any more, null while it is. */
  removedAt: UnixMillis | null = null;
  /** The address probed last, null until the name resolves. */
  address: string | null;
  /** What that address is called, null where nobody has said so. */
  addressName: string | null = null;
  /** RTT and state of the newest settled probe: null where it has no RTT, or while there is none. */
  lastRtt: Millis | null = null;
  lastState: ProbeState | null = null;
  duplicates = 0;
  rejected = 0;
  readonly ttls = new TtlChanges();
  /** Its outages; the session's ledger lists those of all endpoints. */
  readonly outages: OutageRuns;
  private readonly context: HistoryContext;
  private readonly gaps: EndpointGaps;
  private readonly records: SendRecords;
  private readonly errors = new ErrorNames();
  private readonly baselineSoFar = new Baseline();
  private readonly cache = new EpochCache(this.errors);
  private readonly lag: Millis;
  /** How many probes before the first one announced may be announced later. */
  private readonly lookBack: number;
  private parts: Parts | null = null;
  private newestSettled: ProbeSeq = -1;
  private earliestAt: UnixMillis = Infinity;

  constructor(info: EndpointInfo, context: HistoryContext) {
    const { tiers, timeout } = context;
    this.info = info;
    this.address = info.address;
    this.context = context;
    this.gaps = new EndpointGaps(context.gaps);
    this.lag = Math.min(timeout, LONGEST_LAG) + 1000;
    this.lookBack = Math.ceil(this.lag / info.interval) + 64;
    this.records = new SendRecords(tiers.records, this.lookBack);
    this.outages = new OutageRuns(info.id, this.records, this.gaps, this.errors, context.endpoints);
  }

  /** From when on there is history. */
  get firstAt(): UnixMillis | null {
    return this.parts === null ? null : Math.max(this.earliestAt, this.parts.chain.widest.wholeFrom);
  }

  /** When the newest probe was sent. */
  get lastAt(): UnixMillis | null {
    return this.parts === null ? null : this.records.newestAt;
  }

  /** What is normal here: the median of the 5 s medians on record; of all RTTs while there is none. */
  get baseline(): Millis | null {
    if (this.parts === null) return null;
    this.parts.chain.narrowest.freshenAll();
    return this.baselineSoFar.median ?? this.parts.reader.read(-Infinity, Infinity).p50;
  }

  /** No rollup may be cut before this. */
  get sealedTo(): UnixMillis {
    return this.parts?.chain.sealedTo ?? -Infinity;
  }

  /** Takes a send record. Whether it was new. */
  sent(seq: ProbeSeq, at: UnixMillis): boolean {
    const { records, parts } = this;
    if (parts === null) {
      this.begin(seq, at);
      return true;
    }
    const { chain } = parts;
    if (chain.before(seq)) this.outages.commit(chain.frontier);
    const isNewest = seq >= records.next;
    const stoodAt = isNewest || seq < records.oldest ? 0 : records.timeOf(seq);
    const keptAt = records.add(seq, Math.max(at, isNewest ? chain.sealedTo : chain.beginsAt));
    if (keptAt === null) return false;
    if (!isNewest) chain.filled(keptAt, stoodAt);
    if (keptAt < this.earliestAt) this.earliestAt = keptAt;
    this.dropEpochs(keptAt);
    if (chain.after(keptAt)) this.outages.commit(chain.frontier);
    return true;
  }

  /** Takes an outcome. Whether it changed anything. */
  settle(event: OutcomeEvent): boolean {
    const { seq } = event;
    if (!this.become(seq, toOutcome(event, this.errors))) return false;
    if (event.type === 'answered' && event.ttl !== null && seq === this.newestSettled) {
      this.ttls.note(event.ttl, this.records.timeOf(seq));
    }
    return true;
  }

  /**
   * `count` epochs from number `firstIndex` on; epoch k covers the wall-clock time [k x width, (k + 1) x width).
   */
  epochs(width: Millis, firstIndex: number, count: number): readonly EpochStats[] {
    const stats: EpochStats[] = [];
    for (let index = firstIndex; index < firstIndex + count; index++) {
      let epoch = this.cache.get(width, index);
      if (epoch === null) {
        const { clockOffset } = this.context;
        epoch = this.span(index * width - clockOffset, (index + 1) * width - clockOffset);
        this.cache.put(width, index, epoch);
      }
      stats.push(epoch);
    }
    return stats;
  }

  /** Statistics of any span of the session timeline; its bounds may be infinite. */
  span(from: UnixMillis, to: UnixMillis): EpochStats {
    return this.parts?.reader.read(from, to) ?? emptyEpoch(from, to, this.gaps.within(from, to));
  }

  /** How many RTTs of a span there are of each length, within 2.44 %, shortest first; its bounds may be infinite. */
  rttCounts(from: UnixMillis, to: UnixMillis): RttCount[] {
    return this.parts?.reader.rttCounts(from, to) ?? [];
  }

  /** Runs of losses among the probes whose records are kept (the newest 2^19). */
  lossRuns(from: UnixMillis, to: UnixMillis): LossRuns {
    return lossRunsOf(this.records, from, to);
  }

  /** The newest `count` probes of those sent before `before`, oldest first. */
  newestProbes(count: number, before: UnixMillis): LoggedProbe[] {
    return newestProbes(this.records, count, before);
  }

  /** A gap of the whole session has become known, and is in the session's list. */
  sessionGapAdded(gap: Gap): void {
    this.gaps.addOfSession(gap);
    this.gapAdded(gap);
  }

  /** A gap of this endpoint alone. */
  addGap(gap: Gap): void {
    const merged = this.gaps.addOwn(gap);
    if (merged !== null) {
      this.gapAdded(merged);
      this.context.onChange?.(this.info.id, merged.from, merged.to);
    }
  }

  /** The wall clock was stepped: every epoch is another one now. */
  clockStepped(): void {
    this.cache.clear();
  }

  private gapAdded({ from, to, reason }: Gap): void {
    this.outages.gapAdded(from, to, reason);
    this.cache.dropWithin(from, to, this.context.clockOffset);
  }

  private begin(seq: ProbeSeq, at: UnixMillis): void {
    const { tiers } = this.context;
    this.records.add(seq, at);
    const earliest = at - this.lookBack * this.info.interval;
    const chain = new RollupChain(
      this.records,
      this.context.gridsFor(at),
      tiers,
      earliest,
      this.lag,
      this.baselineSoFar,
    );
    this.parts = { chain, reader: new SpanReader(this.records, chain, this.gaps, this.errors) };
    this.earliestAt = at;
    this.cache.clear();
    this.context.onChange?.(this.info.id, at, at);
  }

  private become(seq: ProbeSeq, outcome: Outcome): boolean {
    const { records, parts } = this;
    if (parts === null || seq >= records.next) return false;
    if (seq < records.oldest) return this.becomeOverwritten(parts, seq, outcome);
    const { code, rtt, error } = outcome;
    const slot = seq & records.mask;
    const formerRtt = (records.state[slot] as number) < codes.UNCERTAIN ? (records.rtt[slot] as number) : NO_RTT;
    const formerError = records.error[slot] as number;
    const former = records.settle(seq, outcome);
    if (former === codes.HOLE) return false;
    const at = records.timeOf(seq);
    if (seq < parts.chain.frontier) {
      parts.chain.changed(seq, at, { former, formerRtt, formerError, code, rtt: countedRtt(outcome), error });
      this.outages.changed(seq, former, code);
    }
    this.dropEpochs(at);
    if (seq >= this.newestSettled && code !== codes.VOID) {
      this.newestSettled = seq;
      this.lastState = codes.stateName(code);
      this.lastRtt = rtt === NO_RTT ? null : toMillis(rtt);
    }
    return true;
  }

  private becomeOverwritten(parts: Parts, seq: ProbeSeq, outcome: Outcome): boolean {
    const extent = parts.chain.changedOverwritten(seq, outcome.code, countedRtt(outcome), outcome.error);
    if (extent === null) return false;
    this.outages.changed(seq, codes.LOST, outcome.code);
    this.dropWithin(extent.from, extent.to);
    return true;
  }

  private dropEpochs(at: UnixMillis): void {
    const { clockOffset, onChange } = this.context;
    if (this.cache.isEmpty && onChange === null) return;
    const chain = (this.parts as Parts).chain;
    if (at >= chain.exactFrom) {
      this.cache.drop(at, clockOffset);
      onChange?.(this.info.id, at, at);
    } else {
      const { grid } = chain.narrowest;
      const row = grid.indexOf(at);
      this.dropWithin(grid.startOf(row), grid.startOf(row + 1));
    }
  }

  private dropWithin(from: UnixMillis, to: UnixMillis): void {
    this.cache.dropWithin(from, to, this.context.clockOffset);
    this.context.onChange?.(this.info.id, from, to);
  }
}
