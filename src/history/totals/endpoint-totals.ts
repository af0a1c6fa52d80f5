// Totals of one endpoint over a whole session, in little memory: what has settled is added up once, in order of
// sending; only the newest probes keep records, so that what still changes can be put right.

import { ErrorNames, icmpErrorText, NO_ERROR } from '../probe-log/error-names.js';
import type { OutcomeEvent } from '../../events/events.js';
import type { GapList } from '../probe-log/gap-list.js';
import { NO_RTT, toMicros, toMillis, type Micros } from '../../events/micros.js';
import { OutageRuns } from '../outages/outage-runs.js';
import { lossOf, slotsOf, type StateCounts } from '../../events/probe-state.js';
import { Rfc3550Jitter } from '../statistics/rfc3550-jitter.js';
import { TOTALS_BINS } from '../../events/rtt-bins.js';
import { powerOfTwo, SendRecords } from '../probe-log/send-records.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { SessionInfo } from '../../events/session-info.js';
import { stateCounts } from '../probe-log/span-reader.js';
import * as codes from '../../events/state-code.js';
import type { StateCode } from '../../events/state-code.js';
import { Tally } from '../statistics/tally.js';
import type { Millis, ProbeSeq, UnixMillis } from '../../events/units.js';

export type EndpointTotals = {
  /** Sum of all states. */
  slots: number;
  counts: StateCounts;
  /** Further replies to probes that were answered already. */
  duplicates: number;
  /** Packets that bore our identifier but failed a check. */
  rejected: number;
  /** Fraction 0..1 of the settled probes, null where none has settled. */
  loss: number | null;
  /** RTT statistics of answered and late probes that are not uncertain; percentiles within 1 %. Null where there are none. */
  min: Millis | null;
  mean: Millis | null;
  p50: Millis | null;
  p95: Millis | null;
  p99: Millis | null;
  max: Millis | null;
  /** Mean |difference| of consecutive answered RTTs in order of sending; null with fewer than two. */
  jitter: Millis | null;
  /** RFC 3550's interarrival jitter as it stands at the end; null with fewer than two. */
  rfc3550Jitter: Millis | null;
  /** The address probed last, null if the name never resolved. */
  lastAddress: string | null;
};

/** Records are kept for late replies for so long, within the bounds below. */
const RECORDED: Millis = 600_000;
const FEWEST_RECORDS = 4096;
const MOST_RECORDS = 65_536;

/** How often what has settled is added up. */
const STEP: Millis = 5_000;
const LONGEST_LAG: Millis = 60_000;

export class TotalsKeeper {
  address: string | null;
  duplicates = 0;
  rejected = 0;
  readonly outages: OutageRuns;
  private readonly errors = new ErrorNames();
  private readonly records: SendRecords;
  private readonly settled = new Tally(TOTALS_BINS);
  private readonly jitter = new Rfc3550Jitter();
  private readonly lag: Millis;
  private frontier: ProbeSeq = 0;
  private dueAt: UnixMillis = -Infinity;

  constructor(endpoint: EndpointInfo, session: SessionInfo, gaps: GapList) {
    const { interval, timeout } = session;
    this.address = endpoint.address;
    this.lag = Math.min(timeout, LONGEST_LAG) + 1000;
    const needed = (2 * (this.lag + STEP)) / interval;
    const wanted = Math.max(FEWEST_RECORDS, Math.min(RECORDED / interval, MOST_RECORDS), needed);
    this.records = new SendRecords(powerOfTwo(wanted), Math.ceil(this.lag / interval) + 64);
    this.outages = new OutageRuns(endpoint.id, this.records, gaps, this.errors);
  }

  sent(seq: ProbeSeq, at: UnixMillis): void {
    const { records } = this;
    const oldest = records.oldestAfter(seq);
    if (oldest > this.frontier) this.commit(Math.min(oldest, records.next));
    const keptAt = records.add(seq, at);
    if (keptAt === null) return;
    if (seq < this.frontier) this.settled.change({ ...NOTHING, former: codes.HOLE, code: codes.IN_FLIGHT });
    if (keptAt < this.dueAt) return;
    this.commit(records.lowerBound(keptAt - this.lag));
    this.dueAt = keptAt + STEP;
  }

  settle(event: OutcomeEvent): void {
    const { seq } = event;
    switch (event.type) {
      case 'answered':
      case 'late': {
        const code = event.type === 'late' ? codes.LATE : codes.ANSWERED;
        this.become(seq, code, event.uncertain === true ? codes.UNCERTAIN : 0, toMicros(event.rtt), NO_ERROR);
        return;
      }
      case 'lost':
        this.become(seq, codes.LOST, 0, NO_RTT, NO_ERROR);
        return;
      case 'void':
        this.become(seq, codes.VOID, 0, NO_RTT, NO_ERROR);
        return;
      case 'unsent':
        this.become(seq, codes.UNSENT, 0, NO_RTT, this.errors.idOf(event.error));
        return;
      case 'unreachable': {
        const text = icmpErrorText(event.icmpType, event.icmpCode, event.from);
        this.become(seq, codes.UNREACHABLE, 0, NO_RTT, this.errors.idOf(text));
      }
    }
  }

  totals(): EndpointTotals {
    const { records } = this;
    const tally = new Tally(TOTALS_BINS);
    tally.copyFrom(this.settled);
    const newest = Math.max(this.frontier, records.oldest);
    tally.addRecords(records, newest, records.next);
    const jitter = this.jitter.copy();
    jitter.addRecords(records, newest, records.next);
    const counts = stateCounts(tally);
    const none = tally.rtts === 0;
    const percentile = (percent: number): Millis | null => {
      const micros = tally.percentile(percent);
      return micros === null ? null : toMillis(micros);
    };
    return {
      slots: slotsOf(counts),
      counts,
      duplicates: this.duplicates,
      rejected: this.rejected,
      loss: lossOf(counts),
      min: none ? null : toMillis(tally.min),
      mean: none ? null : toMillis(tally.sum / tally.rtts),
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: none ? null : toMillis(tally.max),
      jitter: tally.jitterCount === 0 ? null : toMillis(tally.jitterSum / tally.jitterCount),
      rfc3550Jitter: jitter.value,
      lastAddress: this.address,
    };
  }

  private become(seq: ProbeSeq, code: StateCode, flags: number, rtt: Micros, error: number): void {
    const { records, settled } = this;
    const counted = flags === 0 ? rtt : NO_RTT;
    if (seq >= records.next) return;
    if (seq < records.oldest) {
      const former = codes.formerStates(code).find((state) => (settled.counts[state] as number) > 0);
      if (former === undefined) return;
      settled.change({ ...NOTHING, former, code, rtt: counted, error });
      this.outages.changed(seq, former, code);
      return;
    }
    const slot = seq & records.mask;
    const formerRtt = (records.state[slot] as number) < codes.UNCERTAIN ? (records.rtt[slot] as number) : NO_RTT;
    const formerError = records.error[slot] as number;
    const former = records.settle(seq, code, flags, rtt, error);
    if (former === codes.HOLE || seq >= this.frontier) return;
    settled.change({ former, formerRtt, formerError, code, rtt: counted, error });
    this.outages.changed(seq, former, code);
  }

  /** Adds up the probes before `seq`, which have had their timeout or are about to lose their records. */
  private commit(seq: ProbeSeq): void {
    const { records } = this;
    const from = Math.max(this.frontier, records.oldest);
    if (seq <= from) return;
    this.settled.addRecords(records, from, seq);
    this.jitter.addRecords(records, from, seq);
    this.frontier = seq;
    this.outages.commit(seq);
  }
}

const NOTHING = { formerRtt: NO_RTT, formerError: NO_ERROR, rtt: NO_RTT, error: NO_ERROR };
