// Totals of one endpoint over a whole session, in little memory: what has settled is added up once, in order of
// sending; only the newest probes keep records, so that what still changes can be put right.

import { EndpointGaps } from '../probe-log/endpoint-gaps.js';
import { ErrorNames, NO_ERROR } from '../probe-log/error-names.js';
import type { OutcomeEvent } from '../../events/events.js';
import type { Gap, GapList } from '../probe-log/gap-list.js';
import { countedRtt, toOutcome } from '../probe-log/outcome.js';
import type { Outcome } from '../probe-log/outcome.js';
import { statsOf } from '../statistics/span-stats.js';
import type { SpanStats } from '../statistics/span-stats.js';
import { NO_RTT } from '../../events/rtt/micros.js';
import { OutageRuns } from '../outages/outage-runs.js';
import { Rfc3550Jitter } from '../statistics/rfc3550-jitter.js';
import { TOTALS_BINS } from '../../events/rtt/rtt-bins.js';
import { powerOfTwo, SendRecords } from '../probe-log/send-records.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { SessionInfo } from '../../events/session-info.js';
import * as codes from '../../events/state-code.js';
import { Tally } from '../statistics/tally.js';
import type { Millis, ProbeSeq, UnixMillis } from '../../events/units.js';

export type EndpointTotals = SpanStats & {
  /** Further replies to probes that were answered already. */
  duplicates: number;
  /** Packets that bore our identifier but failed a check. */
  rejected: number;
  /** RFC 3550's interarrival jitter as it stands at the end; null with fewer than two. */
  rfc3550Jitter: Millis | null;
  /** The address probed last, null if the name never resolved. */
  lastAddress: string | null;
  /** Since when it is not watched any more, null if it is. */
  removedAt: UnixMillis | null;
};

/** Records are kept for late replies for so long, within the bounds below. */
const RECORDED: Millis = 600_000;
const FEWEST_RECORDS = 4096;
const MOST_RECORDS = 65_536;
/** Of all endpoints together, each 15 bytes. */
const ALL_RECORDS = 2 ** 23;

/** How often what has settled is added up. */
const STEP: Millis = 5_000;
const LONGEST_LAG: Millis = 60_000;

export class TotalsKeeper {
  /** As it was told last. */
  info: EndpointInfo;
  /** Since when it is not watched any more, null while it is. */
  removedAt: UnixMillis | null = null;
  address: string | null;
  duplicates = 0;
  rejected = 0;
  readonly outages: OutageRuns;
  private readonly errors = new ErrorNames();
  private readonly records: SendRecords;
  private readonly gaps: EndpointGaps;
  private readonly settled = new Tally(TOTALS_BINS);
  private readonly jitter = new Rfc3550Jitter();
  private readonly lag: Millis;
  /** How many records each of the session's endpoints may have. */
  private readonly share: number;
  private frontier: ProbeSeq = 0;
  private dueAt: UnixMillis = -Infinity;

  constructor(info: EndpointInfo, { timeout, endpoints }: SessionInfo, gaps: GapList) {
    this.info = info;
    this.address = info.address;
    this.lag = Math.min(timeout, LONGEST_LAG) + 1000;
    this.share = ALL_RECORDS / endpoints.length;
    this.gaps = new EndpointGaps(gaps);
    this.records = new SendRecords(this.recordsWanted(info), Math.ceil(this.lag / info.interval) + 64);
    this.outages = new OutageRuns(info.id, this.records, this.gaps, this.errors, endpoints.length);
  }

  /** It has another interval, perhaps, and then more or fewer probes in a time. */
  change(info: EndpointInfo): void {
    this.info = info;
    this.removedAt = null;
    while (this.records.limit < this.recordsWanted(info)) this.records.raiseLimit();
  }

  /** A gap of the whole session, which the session's list has taken. */
  sessionGapAdded(gap: Gap): void {
    this.gaps.addOfSession(gap);
    this.outages.gapAdded(gap.from, gap.to, gap.reason);
  }

  /** A gap of this endpoint alone. */
  addGap(gap: Gap): void {
    const merged = this.gaps.addOwn(gap);
    if (merged !== null) this.outages.gapAdded(merged.from, merged.to, merged.reason);
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
    this.become(event.seq, toOutcome(event, this.errors));
  }

  totals(): EndpointTotals {
    const { records } = this;
    const tally = new Tally(TOTALS_BINS);
    tally.copyFrom(this.settled);
    const newest = Math.max(this.frontier, records.oldest);
    tally.addRecords(records, newest, records.next);
    const jitter = this.jitter.copy();
    jitter.addRecords(records, newest, records.next);
    return {
      ...statsOf(tally),
      duplicates: this.duplicates,
      rejected: this.rejected,
      rfc3550Jitter: jitter.value,
      lastAddress: this.address,
      removedAt: this.removedAt,
    };
  }

  private become(seq: ProbeSeq, outcome: Outcome): void {
    const { records, settled } = this;
    const { code, error } = outcome;
    const rtt = countedRtt(outcome);
    if (seq >= records.next) return;
    if (seq < records.oldest) {
      const former = codes.formerStates(code).find((state) => (settled.counts[state] as number) > 0);
      if (former === undefined) return;
      settled.change({ ...NOTHING, former, code, rtt, error });
      this.outages.changed(seq, former, code);
      return;
    }
    const slot = seq & records.mask;
    const formerRtt = (records.state[slot] as number) < codes.UNCERTAIN ? (records.rtt[slot] as number) : NO_RTT;
    const formerError = records.error[slot] as number;
    const former = records.settle(seq, outcome);
    if (former === codes.HOLE || seq >= this.frontier) return;
    settled.change({ former, formerRtt, formerError, code, rtt, error });
    this.outages.changed(seq, former, code);
  }

  private recordsWanted({ interval }: EndpointInfo): number {
    const needed = Math.min((2 * (this.lag + STEP)) / interval, this.share);
    return powerOfTwo(Math.max(FEWEST_RECORDS, Math.min(RECORDED / interval, MOST_RECORDS, this.share), needed));
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
