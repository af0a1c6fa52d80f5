// Whether another endpoint shares a fault: Wald's sequential test between two rates, over the probes that both sent in the
// same time. Rate q is the reference's own, since its fault began; p0 is what is usual at the other.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { Kind, WatchedEndpoint } from '../endpoint.js';
import * as probe from '../probes/probe-window.js';
import { COMPARED } from '../probes/probe-window.js';
import type { ProbeWindow } from '../probes/probe-window.js';
import { OFTEN } from '../conditions/levels.js';

/** `deaf`: nothing it could say would tell. */
export type Answer = 'shares' | 'cleared' | 'undecided' | 'deaf';

/** Either way by 100 to 1: ln 100. */
const DECIDED = 4.6;
/** Who is cleared has not even the rate that the reference has at least, by 20 to 1: what was found first was a cluster. */
const Z = 1.645;
/** Twice as many probes as would clear an endpoint that has no yes at all tell whatever they can; so many, in any case. */
const TELLING = 2;
const MOST_TELLING = 750;
/** Rates that are not so much apart can't be told apart. */
const APART = 1.5;
const MOST_RATE = 0.97;
/** Where it is usual, nobody can tell. */
const MOST_USUAL = 0.5;
/** Slower by less is not the same fault. */
const LEAST_EXCESS: Millis = 15;

/** Yeses and probes. */
type Count = { yes: number; all: number };

const scratch = new Float64Array(COMPARED);

/** The reference's fault, as the others are asked for it. */
export type Question = {
  kind: Kind;
  from: UnixMillis;
  to: UnixMillis;
  /** Its share of yes since then; the first yes, which began it, is not counted. Null where it has no probe to show. */
  rate: number | null;
  /** What that rate is at least. */
  leastRate: number;
  /** So many probes since then mostly tell. */
  tellingProbes: number;
  /** For slow: how much above its own usual an answer must be. */
  excess: Millis;
};

const isAnswer = (state: number): boolean =>
  (state & (probe.JUDGED | probe.OUTCOME)) === (probe.JUDGED | probe.ANSWERED) && (state & probe.UNCERTAIN) === 0;

/** The first sequence number sent in that time; at most the newest that are compared. */
const firstOf = (window: ProbeWindow, from: UnixMillis): number =>
  Math.max(window.firstFrom(from), window.next - COMPARED);

export const questionOf = (reference: WatchedEndpoint, kind: Kind, now: UnixMillis, timeout: Millis): Question => {
  const { window } = reference;
  const { since } = reference.tests[kind];
  const to = kind === 'lossy' ? now - timeout : now;
  const first = firstOf(window, since);
  const from = first < window.next ? Math.max(since, window.at[first & window.mask] as number) : since;
  const excess = kind === 'slow' ? Math.max(medianExcess(reference, from, to) / 2, LEAST_EXCESS) : 0;
  const { yes, all } = count(reference, { kind, from, to, excess });
  if (all === 0) return { kind, from, to, rate: null, leastRate: 0, tellingProbes: 0, excess };
  const others = Math.max(1, all - 1);
  const rate = Math.min(MOST_RATE, Math.max(yes - 1, 0.5) / others);
  const leastRate = leastOf(rate, others);
  return { kind, from, to, rate, leastRate, tellingProbes: telling(leastRate, reference.tests[kind].p0), excess };
};

const telling = (leastRate: number, p0: number): number => {
  const no = Math.log((1 - p0) / (1 - leastRate));
  return no > 0 ? Math.min(MOST_TELLING, (TELLING * DECIDED) / no) : MOST_TELLING;
};

/** The lower bound of a share of `all` (E. B. Wilson, JASA 1927). */
const leastOf = (share: number, all: number): number => {
  const zz = (Z * Z) / all;
  return (share + zz / 2 - Z * Math.sqrt((share * (1 - share)) / all + zz / (4 * all))) / (1 + zz);
};

/** What `other` has to say on it; it is cleared by e^`enough` to 1. */
export const answerOf = (other: WatchedEndpoint, question: Question, enough = DECIDED): Answer => {
  const { kind, rate, leastRate } = question;
  if (rate === null) return 'undecided';
  if (kind === 'slow' && other.usual.p50 === null) return 'undecided';
  const { p0 } = other.tests[kind];
  const excess = Math.max(question.excess, other.usual.spread);
  const { yes, all } = count(other, { ...question, excess });
  if (all === 0) return kind === 'lossy' ? (p0 > OFTEN ? 'deaf' : 'undecided') : 'deaf';
  if (rate < APART * p0 || p0 > MOST_USUAL) return p0 > OFTEN ? 'deaf' : 'undecided';
  if (logRatio(yes, all, rate, p0) > DECIDED) return 'shares';
  return logRatio(yes, all, Math.max(leastRate, APART * p0), p0) < -enough ? 'cleared' : 'undecided';
};

/** ln of how much likelier so many yeses are at rate q than at p0. */
const logRatio = (yes: number, all: number, q: number, p0: number): number =>
  yes * Math.log(q / p0) + (all - yes) * Math.log((1 - q) / (1 - p0));

const count = (
  endpoint: WatchedEndpoint,
  { kind, from, to, excess }: Pick<Question, 'kind' | 'from' | 'to' | 'excess'>,
): Count => {
  const { window, usual } = endpoint;
  const { at, rtt, state, mask, next } = window;
  const slowAbove = (usual.p50 ?? Infinity) + excess;
  let yes = 0;
  let all = 0;
  for (let seq = window.firstFrom(from); seq < next; seq++) {
    const slot = seq & mask;
    if ((at[slot] as number) > to) break;
    const code = state[slot] as number;
    if (kind === 'lossy') {
      const outcome = code & probe.OUTCOME;
      if ((code & probe.JUDGED) === 0 || outcome > probe.UNSENT || outcome < probe.ANSWERED) continue;
      all++;
      if (outcome !== probe.ANSWERED) yes++;
    } else if (isAnswer(code)) {
      all++;
      if (kind === 'slow' ? (rtt[slot] as number) > slowAbove : (code & probe.JITTERY) !== 0) yes++;
    }
  }
  return { yes, all };
};

const medianExcess = ({ window, usual }: WatchedEndpoint, from: UnixMillis, to: UnixMillis): Millis => {
  let n = 0;
  for (let seq = firstOf(window, from); seq < window.next && n < COMPARED; seq++) {
    const slot = seq & window.mask;
    if ((window.at[slot] as number) > to) break;
    if (isAnswer(window.state[slot] as number)) scratch[n++] = window.rtt[slot] as number;
  }
  if (n === 0) return 0;
  return (scratch.subarray(0, n).sort()[n >> 1] as number) - (usual.p50 ?? 0);
};
