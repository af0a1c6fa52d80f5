// The yardstick: a list of all probes, and every number computed from it in the plainest way. Shares nothing with
// src/history but the types, so that an error would have to be made twice.

import type { EpochStats } from '../../src/history/statistics/epoch-stats.js';
import type { GapReason, ProbeEvent } from '../../src/events/events.js';
import type { Outage } from '../../src/history/outages/outage-ledger.js';
import type { ProbeState, StateCounts } from '../../src/events/probe-state.js';

type Probe = {
  seq: number;
  at: number;
  state: ProbeState;
  micros: number | null;
  certain: boolean;
  error: string | null;
};

const rank: Record<ProbeState, number> = {
  'in-flight': 0,
  lost: 1,
  unreachable: 2,
  late: 3,
  answered: 4,
  unsent: 9,
  void: 9,
};

export class NaiveHistory {
  readonly probes: Map<number, Probe>[];
  readonly gaps: { from: number; to: number; reason: GapReason }[] = [];

  constructor(endpoints: number) {
    this.probes = Array.from({ length: endpoints }, () => new Map<number, Probe>());
  }

  apply(event: ProbeEvent): void {
    if (event.type === 'gap') this.gaps.push(event);
    if (event.type === 'sent') {
      const { seq, at } = event;
      this.probes[event.endpoint]?.set(seq, { seq, at, state: 'in-flight', micros: null, certain: true, error: null });
    }
    if (!('seq' in event) || event.type === 'sent' || event.type === 'duplicate') return;
    const probe = this.probes[event.endpoint]?.get(event.seq);
    if (probe === undefined) return;
    if (probe.state !== 'in-flight' && !(rank[event.type] > rank[probe.state] && rank[event.type] <= 4)) return;
    if (rank[probe.state] >= 4) return;
    probe.state = event.type;
    probe.error = null;
    if (event.type === 'answered' || event.type === 'late') {
      probe.micros = Math.round(event.rtt * 1000);
      probe.certain = event.uncertain !== true;
    }
    if (event.type === 'unsent') probe.error = event.error;
    if (event.type === 'unreachable') probe.error = `${event.icmpType}/${event.icmpCode} from ${event.from}`;
  }

  /** In order of sending. */
  inOrder(endpoint: number): Probe[] {
    return [...(this.probes[endpoint] ?? new Map<number, Probe>()).values()].sort((a, b) => a.seq - b.seq);
  }

  outages(endpoint: number): Outage[] {
    const found: Outage[] = [];
    let run: Probe[] = [];
    const end = (answeredAt: number | null, gap: boolean): void => {
      const [first] = run;
      const last = run.at(-1);
      if (first !== undefined && last !== undefined && run.length >= 3) {
        const to = gap ? last.at : answeredAt;
        const length = (to ?? last.at) - first.at;
        if (length >= 1000) found.push({ endpoint, from: first.at, to, lost: run.length, error: commonest(run) });
      }
      run = [];
    };
    const gapAfter = (probe: Probe, before: number): boolean =>
      this.gaps.some((gap) => gap.reason !== 'stall' && gap.from >= probe.at && gap.from < before);
    for (const probe of this.inOrder(endpoint)) {
      const last = run.at(-1);
      const failed = isFailed(probe);
      const replied = probe.state === 'answered' || probe.state === 'late';
      if (!failed && !replied) continue;
      if (last !== undefined && gapAfter(last, probe.at)) end(null, true);
      if (failed) run.push(probe);
      else end(probe.at, false);
    }
    const last = run.at(-1);
    end(null, last !== undefined && gapAfter(last, Infinity));
    return found;
  }
}

const isFailed = (probe: Probe): boolean =>
  probe.state === 'lost' || probe.state === 'unreachable' || probe.state === 'unsent';

const commonest = (probes: Probe[]): string | null => {
  const counts = new Map<string, number>();
  for (const { error } of probes) if (error !== null) counts.set(error, (counts.get(error) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
};

const key = {
  'in-flight': 'inFlight',
  answered: 'answered',
  late: 'late',
  lost: 'lost',
  unreachable: 'unreachable',
  unsent: 'unsent',
  void: 'void',
} as const;

export type NaiveStats = Omit<EpochStats, 'from' | 'to' | 'gap' | 'coarse'>;

/** Statistics of some probes, in order of sending. */
export const naiveStats = (probes: readonly Probe[]): NaiveStats => {
  const counts: StateCounts = { inFlight: 0, answered: 0, late: 0, lost: 0, unreachable: 0, unsent: 0, void: 0 };
  for (const probe of probes) counts[key[probe.state]]++;
  const failed = counts.lost + counts.unreachable + counts.unsent;
  const settled = failed + counts.answered + counts.late;
  const timed = probes.filter((probe) => probe.micros !== null && probe.certain);
  const sorted = timed.map((probe) => probe.micros as number).sort((a, b) => a - b);
  const sum = sorted.reduce((a, b) => a + b, 0);
  const answered = timed.filter((probe) => probe.state === 'answered').map((probe) => probe.micros as number);
  const differences = answered.slice(1).map((micros, i) => Math.abs(micros - (answered[i] as number)));
  const percentile = (percent: number): number | null =>
    sorted.length === 0 ? null : (sorted[Math.ceil((percent * sorted.length) / 100) - 1] as number) / 1000;
  let run = 0;
  let longestLossRun = 0;
  for (const probe of probes) {
    if (probe.state === 'answered' || probe.state === 'late') run = 0;
    else if (isFailed(probe)) longestLossRun = Math.max(longestLossRun, ++run);
  }
  return {
    slots: probes.length,
    counts,
    loss: settled === 0 ? null : failed / settled,
    min: sorted.length === 0 ? null : (sorted[0] as number) / 1000,
    mean: sorted.length === 0 ? null : sum / sorted.length / 1000,
    p50: percentile(50),
    p95: percentile(95),
    p99: percentile(99),
    max: sorted.length === 0 ? null : (sorted.at(-1) as number) / 1000,
    jitter: differences.length === 0 ? null : differences.reduce((a, b) => a + b, 0) / differences.length / 1000,
    longestLossRun,
    error: commonest([...probes]),
  };
};
