// Is every slot of the plan accounted for? Slot n of an endpoint is due at its own start + n * interval; all start within an
// interval. Each is on record, or lies in a gap that the record declares, or went with kill -9 as documented; or it is unaccounted for.

import type { Span } from '../diary.js';
import { touches } from '../diary.js';
import type { Plan } from './evidence.js';
import type { RecordedRun, RecordedSlot } from './recorded.js';

/** So far the most punctual slots lie apart. */
const AGREE_MS = 2;
const FEW_SLOTS = 50;
/** Of a few slots hardly any may be punctual: how much sooner than most agree on, and in which steps. */
const MOST_SOONER_MS = 15;
const STEP_MS = 6;
const EARLY_MS = 3;
/** Gaps end where the next slot is due; the plan's start is known to a millisecond or two. */
const GAP_SLACK_MS = 5;

export type RunAccount = {
  planned: number;
  recorded: number;
  inGaps: number;
  /** What kill -9 cost. */
  killed: number;
  unaccounted: string[];
};

export type AccountOptions = {
  plan: Plan;
  /** When the plan ends, for this judge: what is due after it is nobody's business. */
  end: number;
  /** Whether the line of a slot that was sent then, with this sequence, may be missing because the run was killed. */
  mayBeMissing: (endpoint: number, due: number, seq: number) => boolean;
};

type Placed = { seq: number; index: number };

/**
 * When one of an endpoint's slots is due. Nothing is sent early and on a busy machine most may be late, but those that are
 * punctual agree: by the phase at which most come within `AGREE_MS`. Null where there is no slot.
 */
const dueInstant = (own: readonly RecordedSlot[], { intervalMs }: Plan): number | null => {
  const [first] = own;
  if (first === undefined) return null;
  const modulo = (value: number): number => ((value % intervalMs) + intervalMs) % intervalMs;
  const offsets = own.map(({ sentAt }) => modulo(sentAt - first.sentAt)).sort((a, b) => a - b);
  const around = [...offsets, ...offsets.map((offset) => offset + intervalMs)];
  let [best, most, end] = [0, 0, 0];
  for (const [i, offset] of offsets.entries()) {
    while ((around[end] ?? Number.POSITIVE_INFINITY) <= offset + AGREE_MS) end++;
    if (end - i > most) [best, most] = [offset, end - i];
  }
  // A few that were sooner, though fewer agree, were not early: the plan is as early as they are.
  const sooner = [...offsets.map((offset) => offset - intervalMs), ...offsets].toReversed();
  const soonest = own.length < FEW_SLOTS ? best - MOST_SOONER_MS : best;
  for (const offset of sooner) {
    if (offset < best && offset >= soonest && best - offset <= STEP_MS) best = offset;
  }
  // Of the instants with this phase the one that is nearest.
  return first.sentAt + (best > intervalMs / 2 ? best - intervalMs : best);
};

/** Well within a gap, not at an end of it. */
const declared = (gaps: readonly Span[], due: number): boolean =>
  gaps.some(({ from, to }) => due > from + GAP_SLACK_MS && due < to - GAP_SLACK_MS);

/**
 * A slot may be sent late, by more than an interval where the processor was taken away between decision and sending, but
 * never after the next one, and none is sent that a gap declares: from the last to the first each has its place.
 */
const place = (own: readonly RecordedSlot[], start: number, interval: number, gaps: readonly Span[]): Placed[] => {
  const placed: Placed[] = [];
  let next: Placed | null = null;
  const indexAt = (sentAt: number): number => Math.floor((sentAt - start + EARLY_MS) / interval);
  for (const [i, { seq, sentAt }] of [...own.entries()].toReversed()) {
    const before = own[i - 1];
    // A gap may have been other endpoints': only what has room goes before it.
    const least = before === undefined ? 0 : indexAt(before.sentAt) + seq - before.seq;
    const latest: number = next === null ? Number.POSITIVE_INFINITY : next.index - (next.seq - seq);
    let index = Math.min(latest, indexAt(sentAt));
    while (index > least && declared(gaps, start + index * interval)) index--;
    next = { seq, index };
    placed.push(next);
  }
  return placed.toReversed();
};

const bySeq = (own: ReadonlyMap<number, RecordedSlot>): RecordedSlot[] =>
  [...own.values()].sort((a, b) => a.seq - b.seq);

export const accountFor = (run: RecordedRun, { plan, end, mayBeMissing }: AccountOptions): RunAccount => {
  const { intervalMs } = plan;
  const account: RunAccount = { planned: 0, recorded: 0, inGaps: 0, killed: 0, unaccounted: [] };
  const slots = run.slots.map(bySeq);
  const known = slots.map((own) => dueInstant(own, plan));
  const some = known.find((instant) => instant !== null);
  if (some === undefined || some === null) return account;
  const gaps: Span[] = run.gaps.map(({ from, to }) => ({ from: from - GAP_SLACK_MS, to: to + GAP_SLACK_MS }));
  const starts = known.map((instant) => instant ?? some);
  const placed = slots.map((own, endpoint) => place(own, starts[endpoint] ?? some, intervalMs, run.gaps));
  const firstDue = Math.min(
    ...placed.flatMap((own, endpoint) =>
      own.slice(0, 1).map(({ index }) => (starts[endpoint] ?? some) + index * intervalMs),
    ),
  );

  for (const [endpoint, own] of placed.entries()) {
    const dueAt = (index: number): number => (starts[endpoint] ?? some) + index * intervalMs;
    const seqAt = new Map(own.map(({ index, seq }) => [index, seq]));
    const onRecord = new Set(own.map(({ seq }) => seq));
    const firstIndex = Math.ceil((firstDue - GAP_SLACK_MS - dueAt(0)) / intervalMs);
    const last = Math.max(Math.floor((end - dueAt(0)) / intervalMs), own.at(-1)?.index ?? firstIndex - 1);
    account.planned += last - firstIndex + 1;
    account.recorded += own.length;
    /** What the next probe is called. */
    let next = run.session.endpoints[endpoint]?.firstSeq ?? 0;
    for (let index = firstIndex; index <= last; index++) {
      const due = dueAt(index);
      const seq = seqAt.get(index);
      if (seq !== undefined) next = seq + 1;
      else if (touches(gaps, due)) account.inGaps++;
      // What comes after it bears this sequence: nothing was sent, and nothing says so.
      else if (onRecord.has(next)) account.unaccounted.push(missing(endpoint, due, null));
      else {
        if (mayBeMissing(endpoint, due, next)) account.killed++;
        else account.unaccounted.push(missing(endpoint, due, next));
        next++;
      }
    }
  }
  return account;
};

const missing = (endpoint: number, due: number, seq: number | null): string =>
  `endpoint ${endpoint}: ${seq === null ? 'no slot' : `no line of slot ${seq}`}, due at ${new Date(due).toISOString()}`;
