// Does a slot's state on record equal what truly happened to its probe? Where a fault leaves two outcomes possible both are
// right; nothing is ever right that the responder's log rules out.

import { touches } from '../diary.js';
import type { Span } from '../diary.js';
import type { RecordedSlot } from './recorded.js';
import type { Answer, TruthSlot } from './truth.js';

export type Circumstances = {
  timeoutMs: number;
  /** Packets on the way then may be lost, and sending may fail. */
  packets: readonly Span[];
  /** The endpoint may have no address then. */
  names: readonly Span[];
  /** The process stood still then, as the record says itself. */
  stops: readonly Span[];
  /** While the process stood still more packets came than its socket may hold. */
  overflows: readonly Span[];
  /** What comes later may not be on record: the run was ended or killed. */
  end: number;
};

/** The responder's clock and ours are one, but stamps and reads are not the same instant. */
const CLOCK_SLACK_MS = 0.5;
/** An RTT may exceed what we know of it by so much on a busy machine; the length of a stop must never be in it. */
const RTT_SLACK_MS = 250;
/** A packet takes that long at most to be heard, unless the process stands still. */
const HEARD_MS = 300;

/** A timeout is told with the next slot if that comes soon; until then the probe still waits. */
const TOLD_MS = 60;

const isReply = (state: RecordedSlot['state']): boolean => state === 'answered' || state === 'late';

/** Null if all is well, otherwise what is wrong. */
export const stateDifference = (
  slot: RecordedSlot,
  truth: TruthSlot | undefined,
  given: Circumstances,
): string | null => {
  const { state, sentAt } = slot;
  const disturbed = touches(given.packets, sentAt);
  if (truth === undefined) {
    if (isReply(state)) return `is ${state}, but the responder never saw it`;
    if (state === 'in-flight' && sentAt > given.end - HEARD_MS) return null;
    if (disturbed || (state === 'unsent' && touches(given.names, sentAt))) return null;
    return `is ${state}${slot.error === null ? '' : ` (${slot.error})`}, but the network was in order and the responder never saw it`;
  }
  if (state === 'unsent') return `is unsent (${slot.error}), but the responder saw it`;
  // On its way, there or back, in a time in which nothing disturbed packets.
  const calm = (answer: Answer): boolean => !touches(given.packets, sentAt, answer.at);
  const sure = (answer: Answer): boolean =>
    calm(answer) && !touches(given.overflows, answer.at) && answer.at < given.end - HEARD_MS;
  const genuine = truth.answers.filter((answer) => answer.kind === 'genuine');
  if (isReply(state)) return replyDifference(slot, truth, genuine, calm, given);
  const heard = genuine.find(sure);
  // What was void before its reply came stays void.
  if (state === 'void') {
    const stop = given.stops.find(({ from, to }) => sentAt <= to && sentAt + given.timeoutMs >= from - TOLD_MS);
    if (stop === undefined) return 'is void, but nothing stood still';
    return heard !== undefined && heard.at < stop.to - HEARD_MS
      ? 'is void, but its reply came before the process went on'
      : null;
  }
  if (heard !== undefined) return `is ${state}, but a genuine reply came after ${since(truth, heard)} ms`;
  if (state === 'in-flight') {
    return sentAt < given.end - given.timeoutMs - HEARD_MS ? 'is in flight, but its timeout had passed' : null;
  }
  return errorDifference(state, truth, sure, given);
};

const since = (truth: TruthSlot, answer: Answer): number => Math.round(answer.at - truth.at);

const replyDifference = (
  { state, rtt, sentAt }: RecordedSlot,
  truth: TruthSlot,
  genuine: readonly Answer[],
  calm: (answer: Answer) => boolean,
  { timeoutMs }: Circumstances,
): string | null => {
  if (genuine.length === 0) return `is ${state}, but no genuine reply was sent`;
  if (rtt === null) return `is ${state} without an RTT`;
  const fits = genuine.some((answer) => {
    // No less than the responder took; no more than from its sending, and what a disturbed network may add.
    if (rtt < answer.at - truth.at - CLOCK_SLACK_MS) return false;
    return !calm(answer) || rtt <= answer.at - sentAt + RTT_SLACK_MS;
  });
  if (!fits) return `RTT ${rtt} ms, but the replies took ${genuine.map((one) => since(truth, one)).join(', ')} ms`;
  if ((state === 'answered') !== rtt <= timeoutMs) return `is ${state} with an RTT of ${rtt} ms`;
  return null;
};

/** Of a probe that no genuine reply is sure to have come for. */
const errorDifference = (
  state: RecordedSlot['state'],
  truth: TruthSlot,
  sure: (answer: Answer) => boolean,
  { timeoutMs }: Circumstances,
): string | null => {
  const errors = truth.answers.filter((answer) => answer.kind === 'error');
  const inTime = errors.find((answer) => sure(answer) && answer.at - truth.at < timeoutMs - HEARD_MS);
  if (state === 'unreachable' && errors.length === 0) return 'is unreachable, but no error was sent';
  if (state === 'lost' && inTime !== undefined) return `is lost, but an error came after ${since(truth, inTime)} ms`;
  return null;
};
