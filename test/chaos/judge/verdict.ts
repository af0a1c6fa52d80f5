// The verdict on a run: the account of its slots, and every state that differs from the truth.

import { spans, touches } from '../diary.js';
import type { Diary, Span } from '../diary.js';
import type { Launch } from '../subject.js';
import { BUSY_MS } from './evidence.js';
import type { Evidence } from './evidence.js';
import type { RecordedRun } from './recorded.js';
import { accountFor } from './slot-account.js';
import { stateDifference } from './slot-state.js';
import type { Circumstances } from './slot-state.js';
import type { TruthRun } from './truth.js';

export type Verdict = {
  runs: number;
  planned: number;
  recorded: number;
  inGaps: number;
  killed: number;
  unaccounted: string[];
  differences: string[];
};

/** What is due in the last moment of a run that ended may not have been sent any more. */
const LAST_MOMENT_MS = 1000;

/**
 * Since when a killed run's lines may be missing: those that waited in memory, on a full disk for as long as it was full,
 * and longer where the process stood still when it should have written.
 */
const lostSince = (end: number, diary: Diary, flushMs: number): number => {
  const before = (instant: number) => (span: Span) => span.from < instant && instant <= span.to;
  const hindered = [...spans(diary, 'writing'), ...spans(diary, 'running')];
  let since = spans(diary, 'writing').find(before(end))?.from ?? end;
  for (;;) {
    since -= flushMs + BUSY_MS;
    const span = hindered.find(before(since));
    if (span === undefined) return since;
    since = span.from;
  }
};

const overlaps = (stops: readonly Span[], floods: readonly Span[]): Span[] => {
  return stops.filter(({ from, to }) => touches(floods, from, to));
};

/** Every slot of a run against the log, both ways. */
const runDifferences = (
  run: RecordedRun,
  truth: TruthRun,
  given: Circumstances,
  named: number,
  mayBeMissing: (endpoint: number, due: number, seq: number) => boolean,
): string[] => {
  const found: string[] = [...run.faults];
  if (truth.repeated > 0) found.push(`${truth.repeated} probes were sent twice`);
  for (const [endpoint, slots] of run.slots.entries()) {
    const names = endpoint === named ? given.names : [];
    const seen = truth.slots[endpoint];
    for (const slot of slots.values()) {
      const difference = stateDifference(slot, seen?.get(slot.seq), { ...given, names });
      if (difference === null) continue;
      const at = new Date(slot.sentAt).toISOString();
      found.push(`endpoint ${endpoint}, slot ${slot.seq}, sent ${at}: ${difference}`);
    }
    for (const [seq, { at }] of seen ?? []) {
      if (slots.has(seq) || mayBeMissing(endpoint, at, seq)) continue;
      found.push(`endpoint ${endpoint}, slot ${seq}: came to the responder, but is not on record`);
    }
  }
  return found;
};

export const judge = (evidence: Evidence, flushMs: number): Verdict => {
  const { plan, launches, diary, recorded, truth } = evidence;
  const packets = spans(diary, 'packets');
  const verdict: Verdict = {
    runs: launches.length,
    planned: 0,
    recorded: 0,
    inGaps: 0,
    killed: 0,
    unaccounted: [],
    differences: [],
  };
  for (const [n, launch] of launches.entries()) {
    const { at: end, how } = endOf(launch);
    const since = how === 'killed' ? lostSince(end, diary, flushMs) : end;
    const run = recorded[n] ?? null;
    const ownTruth = truth[n];
    if (run === null || ownTruth === undefined) {
      if (how === 'ended' || since > launch.ready) verdict.unaccounted.push(`run ${n + 1} is not on record at all`);
      continue;
    }
    /** Unsettled when the last line was written: such a probe has no line yet. */
    const mayBeMissing = (endpoint: number, due: number, seq: number): boolean => {
      if (how === 'ended') return false;
      if (due >= since) return true;
      if (due < since - plan.timeoutMs - BUSY_MS) return false;
      const answers = ownTruth.slots[endpoint]?.get(seq)?.answers ?? [];
      return !answers.some(({ at }) => at < since && !touches(packets, at));
    };
    const account = accountFor(run, {
      plan,
      end: how === 'killed' ? end : end - LAST_MOMENT_MS,
      mayBeMissing,
    });
    verdict.planned += account.planned;
    verdict.recorded += account.recorded;
    verdict.inGaps += account.inGaps;
    verdict.killed += account.killed;
    verdict.unaccounted.push(...account.unaccounted.map((text) => `run ${n + 1}, ${text}`));
    const given: Circumstances = {
      timeoutMs: plan.timeoutMs,
      packets,
      names: spans(diary, 'names'),
      stops: run.stops,
      overflows: overlaps([...run.stops, ...spans(diary, 'running')], spans(diary, 'socket')),
      end: since,
    };
    const found = runDifferences(run, ownTruth, given, plan.named, mayBeMissing);
    verdict.differences.push(...found.map((text) => `run ${n + 1}, ${text}`));
  }
  return verdict;
};

const endOf = ({ at, end }: Launch): { at: number; how: 'killed' | 'ended' } => end ?? { at, how: 'killed' };
