// Probes as a scraper wants them: counters that never fall. A probe settles once, as answered or failed; one that failed
// and is answered after all is repaired. So settled = answered + failed at any instant, and loss is
// (failed - repaired) / settled, exactly, whatever lies between two scrapes.

import type { EndpointInfo } from '../../../events/endpoint-info.js';
import type { ProbeEvent } from '../../../events/events.js';
import { REMEMBERED_PROBES } from '../../../events/limits.js';
import { toMicros } from '../../../events/rtt/micros.js';
import type { EndpointId, Millis, ProbeSeq } from '../../../events/units.js';

export type FailureReason = 'lost' | 'unreachable' | 'unsent';

export const FAILURE_REASONS: readonly FailureReason[] = ['lost', 'unreachable', 'unsent'];

/** Upper bounds of the RTT histogram are so many microseconds and doubles of it, up to 26 s. */
const FIRST_BOUND_MICROS = 50;
const BOUNDS = 20;

/** In seconds, without the last bucket, which has no bound. */
export const RTT_BOUNDS: readonly number[] = Array.from(
  { length: BOUNDS },
  (_, i) => (FIRST_BOUND_MICROS * 2 ** i) / 1e6,
);

/** Of one label at one target: an endpoint that comes back under the same goes on with them. */
export class ProbeCounters {
  sent = 0;
  settled = 0;
  answered = 0;
  readonly failed: Record<FailureReason, number> = { lost: 0, unreachable: 0, unsent: 0 };
  repaired = 0;
  voided = 0;
  duplicates = 0;
  rejected = 0;
  /** RTTs by bucket, the last without a bound; those that are uncertain are in none. */
  readonly buckets = new Float64Array(BOUNDS + 1);
  rttMicros = 0;

  addRtt(rtt: Millis): void {
    const micros = toMicros(rtt);
    this.rttMicros += micros;
    const doublings = Math.ceil(micros / FIRST_BOUND_MICROS);
    const bucket = doublings <= 1 ? 0 : Math.min(BOUNDS, 32 - Math.clz32(doublings - 1));
    this.buckets[bucket] = (this.buckets[bucket] as number) + 1;
  }
}

/** What an endpoint adds to, and which of its newest probes have failed and not been repaired: a bit each. */
type Counted = { info: EndpointInfo; counters: ProbeCounters; failed: Uint8Array };

export class ProbeCounts {
  /** Rejected packets that could not be told to belong to an endpoint. */
  rejected = 0;
  readonly #byName = new Map<string, ProbeCounters>();
  readonly #byId: (Counted | undefined)[] = [];

  constructor(endpoints: readonly EndpointInfo[]) {
    for (const info of endpoints) this.#know(info);
  }

  /** Null for one that was never announced. */
  of(id: EndpointId): ProbeCounters | null {
    return this.#byId[id]?.counters ?? null;
  }

  /** Who is there, with nothing counted: the past of a resumed run. */
  know(event: ProbeEvent): void {
    if (event.type === 'endpoint') this.#know(event.info);
  }

  apply(event: ProbeEvent): void {
    switch (event.type) {
      case 'sent': {
        const counted = this.#byId[event.endpoint];
        if (counted === undefined) return;
        counted.counters.sent++;
        mark(counted, event.seq, false);
        return;
      }
      case 'answered':
      case 'late':
        this.#answer(event.endpoint, event.seq, event.type === 'late', event.uncertain === true ? null : event.rtt);
        return;
      case 'lost':
      case 'unreachable':
      case 'unsent':
        this.#fail(event.endpoint, event.seq, event.type);
        return;
      case 'void': {
        const counters = this.of(event.endpoint);
        if (counters !== null) counters.voided++;
        return;
      }
      case 'duplicate': {
        const counters = this.of(event.endpoint);
        if (counters !== null) counters.duplicates++;
        return;
      }
      case 'rejected': {
        const counters = event.endpoint === null ? null : this.of(event.endpoint);
        if (counters === null) this.rejected += event.count;
        else counters.rejected += event.count;
        return;
      }
      case 'endpoint':
        this.#know(event.info);
        return;
      case 'gap':
      case 'stall':
      case 'resolved':
      case 'clock':
      case 'mark':
      case 'removed':
      case 'traffic':
      case 'verdict':
    }
  }

  #know(info: EndpointInfo): void {
    const name = `${info.label}\n${info.target}`;
    let counters = this.#byName.get(name);
    if (counters === undefined) this.#byName.set(name, (counters = new ProbeCounters()));
    const known = this.#byId[info.id];
    if (known !== undefined) {
      known.info = info;
      known.counters = counters;
    } else this.#byId[info.id] = { info, counters, failed: new Uint8Array(REMEMBERED_PROBES / 8) };
  }

  /** What is answered after its timeout failed first, even where nobody had noticed. */
  #answer(id: EndpointId, seq: ProbeSeq, isLate: boolean, rtt: Millis | null): void {
    const counted = this.#byId[id];
    if (counted === undefined) return;
    const { counters } = counted;
    if (isLate && !hasFailed(counted, seq)) this.#fail(id, seq, 'lost');
    if (hasFailed(counted, seq)) {
      mark(counted, seq, false);
      counters.repaired++;
    } else {
      counters.settled++;
      counters.answered++;
    }
    if (rtt !== null) counters.addRtt(rtt);
  }

  #fail(id: EndpointId, seq: ProbeSeq, reason: FailureReason): void {
    const counted = this.#byId[id];
    if (counted === undefined || hasFailed(counted, seq)) return;
    mark(counted, seq, true);
    counted.counters.settled++;
    counted.counters.failed[reason]++;
  }
}

const byteOf = (seq: ProbeSeq): number => (seq % REMEMBERED_PROBES) >> 3;

const hasFailed = ({ failed }: Counted, seq: ProbeSeq): boolean =>
  (((failed[byteOf(seq)] as number) >> (seq & 7)) & 1) === 1;

const mark = ({ failed }: Counted, seq: ProbeSeq, value: boolean): void => {
  const byte = byteOf(seq);
  const bit = 1 << (seq & 7);
  failed[byte] = value ? (failed[byte] as number) | bit : (failed[byte] as number) & ~bit;
};
