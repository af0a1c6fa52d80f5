// What /metrics says of a run. docs/monitoring.md is the reader's page.

import type { ProbeEvent } from '../../../events/events.js';
import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import type { CallQualityNews, RunNews } from '../../../view/run-news.js';
import type { EndpointHistory } from '../../../history/endpoint-history.js';
import type { Millis } from '../../../events/units.js';
import type { VerdictCode } from '../../../events/verdict.js';
import type { RunState, WebContext } from '../web-context.js';
import { FAILURE_REASONS, ProbeCounts, RTT_BOUNDS } from './probe-counters.js';
import type { ProbeCounters } from './probe-counters.js';
import { contentTypeOf, expositionOf, formatFor } from './exposition.js';
import type { Family, Labels, Sample } from './exposition.js';

/** Of one that was removed, for the scrapes that have not seen its last probes yet. */
const SHOWN_AFTER: Millis = 300_000;

const CODES = Object.keys(CODE_WORDS) as VerdictCode[];

const NO_LABELS: Labels = {};

type Row = { labels: Labels; counters: ProbeCounters; endpoint: EndpointHistory };

export class Metrics {
  readonly #context: WebContext;
  readonly #run: RunState;
  readonly #counts: ProbeCounts;
  /** Whether what comes is of this run, and no longer read from a record. */
  #hasBegun = false;
  readonly #traffic = { received: 0, sent: 0 };
  readonly #episodes = new Map<VerdictCode, number>();
  #newestEpisode = -1;
  #quality: CallQualityNews['quality'] = null;

  constructor(context: WebContext, run: RunState) {
    this.#context = context;
    this.#run = run;
    this.#counts = new ProbeCounts(context.info.endpoints);
  }

  /** From now on events count: those before are of the past that a record holds. */
  begin(): void {
    this.#hasBegun = true;
  }

  event(event: ProbeEvent): void {
    if (!this.#hasBegun) {
      this.#counts.know(event);
      return;
    }
    this.#counts.apply(event);
    if (event.type !== 'traffic') return;
    for (const bytes of event.receivedBytes) this.#traffic.received += bytes;
    for (const bytes of event.sentBytes) this.#traffic.sent += bytes;
  }

  news(news: RunNews): void {
    if (news.type === 'call quality') this.#quality = news.quality;
    else if (news.type === 'episodes') {
      for (const { id, code } of news.episodes) {
        if (id <= this.#newestEpisode) continue;
        this.#newestEpisode = id;
        if (this.#hasBegun) this.#episodes.set(code, (this.#episodes.get(code) ?? 0) + 1);
      }
    }
  }

  /** @param accept the header */
  reply(accept: string | undefined): { status: number; type: string; body: string } {
    const format = formatFor(accept);
    const families = [...this.#probeFamilies(), ...this.#verdictFamilies(), ...this.#runFamilies()];
    return { status: 200, type: contentTypeOf(format), body: expositionOf(families, format) };
  }

  #rows(): Row[] {
    const { history, clock } = this.#context;
    const oldest = clock.now() - SHOWN_AFTER;
    const rows = new Map<ProbeCounters, Row>();
    for (const endpoint of history.endpoints) {
      const counters = this.#counts.of(endpoint.info.id);
      if (counters === null || (endpoint.removedAt !== null && endpoint.removedAt < oldest)) continue;
      const { label, target } = endpoint.info;
      // One that came back under the same name has taken its place.
      rows.set(counters, { labels: { endpoint: label, target }, counters, endpoint });
    }
    return [...rows.values()];
  }

  #probeFamilies(): Family[] {
    const rows = this.#rows();
    const each = (value: (row: Row) => number | null): Sample[] =>
      rows.flatMap((row) => {
        const number = value(row);
        return number === null ? [] : [{ labels: row.labels, value: number }];
      });
    const counter = (name: string, help: string, samples: Sample[]): Family => ({
      name,
      type: 'counter',
      help,
      samples,
    });
    const gauge = (name: string, help: string, samples: Sample[]): Family => ({ name, type: 'gauge', help, samples });
    const { verdicts } = this.#context;
    const blamed = new Set(verdicts.verdict?.endpoints);
    const watched = rows.filter(({ endpoint }) => endpoint.removedAt === null);
    return [
      counter(
        'pingem_sent',
        'Probes of the send plan.',
        each(({ counters }) => counters.sent),
      ),
      counter(
        'pingem_settled',
        'Probes of which it is known whether they were answered.',
        each(({ counters }) => counters.settled),
      ),
      counter(
        'pingem_answered',
        'Probes answered within the timeout.',
        each(({ counters }) => counters.answered),
      ),
      counter(
        'pingem_failed',
        'Probes that failed, counted when they fail. Loss is (failed - repaired) / settled.',
        rows.flatMap(({ labels, counters }) =>
          FAILURE_REASONS.map((reason) => ({ labels: { ...labels, reason }, value: counters.failed[reason] })),
        ),
      ),
      counter(
        'pingem_repaired',
        'Probes that failed and were answered after all.',
        each(({ counters }) => counters.repaired),
      ),
      counter(
        'pingem_void',
        'Probes in flight while the machine slept or the program stood.',
        each(({ counters }) => counters.voided),
      ),
      counter(
        'pingem_duplicates',
        'Further replies to probes that were answered.',
        each(({ counters }) => counters.duplicates),
      ),
      counter('pingem_rejected', 'Packets that looked like replies and failed a check.', [
        ...each(({ counters }) => counters.rejected),
        { labels: { endpoint: '', target: '' }, value: this.#counts.rejected },
      ]),
      {
        name: 'pingem_rtt_seconds',
        type: 'histogram',
        help: 'Round-trip times of answered and late probes.',
        samples: rows.flatMap(rttSamples),
      },
      gauge(
        'pingem_ttl',
        'Time to live of the newest reply.',
        each(({ endpoint }) => endpoint.ttls.ttl),
      ),
      gauge(
        'pingem_usual_rtt_seconds',
        'The median round-trip time that is usual there.',
        each(({ endpoint }) => {
          const usual = verdicts.usualP50(endpoint.info.id);
          return usual === null ? null : usual / 1000;
        }),
      ),
      gauge(
        'pingem_blamed',
        'Whether the verdict blames that endpoint.',
        each(({ endpoint }) => Number(blamed.has(endpoint.info.id))),
      ),
      {
        name: 'pingem_endpoint',
        type: 'info',
        help: 'Who is watched, and at which address.',
        samples: watched.map(({ labels, endpoint: { info, address } }) => ({
          labels: {
            ...labels,
            address: address ?? '',
            kind: info.kind,
            interval: String(info.interval / 1000),
            size: String(info.sizeBytes),
          },
          value: 1,
        })),
      },
    ];
  }

  #verdictFamilies(): Family[] {
    const { history, verdicts } = this.#context;
    const { verdict } = verdicts;
    const offset = history.clockOffset;
    const quality = this.#quality;
    return [
      {
        name: 'pingem_verdict',
        type: 'gauge',
        help: 'Whose fault it is: 1 for the verdict that stands, 0 for the others.',
        samples: CODES.map((code) => ({ labels: { code }, value: Number(code === (verdict?.code ?? 'starting')) })),
      },
      {
        name: 'pingem_verdict_since_timestamp_seconds',
        type: 'gauge',
        help: 'Since when the verdict holds.',
        samples: verdict === null ? [] : [{ labels: NO_LABELS, value: (verdict.since + offset) / 1000 }],
      },
      {
        name: 'pingem_episodes',
        type: 'counter',
        help: 'Episodes that have begun, by the verdict that they began with.',
        samples: CODES.filter((code) => !['starting', 'not-collecting', 'fine'].includes(code)).map((code) => ({
          labels: { code },
          value: this.#episodes.get(code) ?? 0,
        })),
      },
      {
        name: 'pingem_call_mos',
        type: 'gauge',
        help: 'What a call with the worst endpoint would be like, 1 to 4.5 (ITU-T G.107).',
        samples: quality === null ? [] : [{ labels: NO_LABELS, value: quality.mos }],
      },
      {
        name: 'pingem_call_rating',
        type: 'gauge',
        help: 'The same as a transmission rating, 0 to 93.2.',
        samples: quality === null ? [] : [{ labels: NO_LABELS, value: quality.r }],
      },
    ];
  }

  #runFamilies(): Family[] {
    const { version, info, history } = this.#context;
    const { diagnostics } = this.#run;
    const one = (name: string, type: 'counter' | 'gauge', help: string, value: number | null | undefined): Family => ({
      name,
      type,
      help,
      samples: value === null || value === undefined ? [] : [{ labels: NO_LABELS, value }],
    });
    const lateness = [
      ['0.5', diagnostics?.sendLateP50 ?? null],
      ['0.99', diagnostics?.sendLateP99 ?? null],
    ] as const;
    return [
      {
        name: 'pingem_own_traffic_bytes',
        type: 'counter',
        help: "What this machine's own interface carried, as far as it is watched.",
        samples: Object.entries(this.#traffic).map(([direction, value]) => ({ labels: { direction }, value })),
      },
      {
        name: 'pingem_send_lateness_seconds',
        type: 'summary',
        help: 'How late probes were sent against the plan, since the start.',
        samples: lateness.flatMap(([quantile, value]) =>
          value === null ? [] : [{ labels: { quantile }, value: value / 1000 }],
        ),
      },
      one('pingem_stalls', 'counter', 'Times that the program itself stood still.', diagnostics?.stalls),
      one(
        'pingem_missed_slots',
        'counter',
        'Probes of the plan that were not sent for that.',
        diagnostics?.missedSlots,
      ),
      one(
        'pingem_receive_overruns',
        'counter',
        'Packets that the kernel dropped for want of room.',
        diagnostics?.receiveOverruns,
      ),
      one('pingem_start_time_seconds', 'gauge', 'When the run began.', (info.startedAt + history.clockOffset) / 1000),
      {
        name: 'pingem_build',
        type: 'info',
        help: 'Which pingem this is.',
        samples: [{ labels: { version }, value: 1 }],
      },
    ];
  }
}

const rttSamples = ({ labels, counters: { buckets, rttMicros } }: Row): Sample[] => {
  let count = 0;
  const samples = Array.from(buckets, (inBucket, i): Sample => {
    count += inBucket;
    return { suffix: '_bucket', labels: { ...labels, le: le(RTT_BOUNDS[i] ?? Infinity) }, value: count };
  });
  return [...samples, { suffix: '_count', labels, value: count }, { suffix: '_sum', labels, value: rttMicros / 1e6 }];
};

/** OpenMetrics wants a float of it. */
const le = (bound: number): string => {
  if (bound === Infinity) return '+Inf';
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
};
