// Who has a fault, and who hasn't: the bad endpoint whose fault began first is the reference, and every other endpoint is
// asked whether it shares it. A sharer in front of a cleared one only answers ping badly: it is acquitted, never blamed.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { Kind, WatchedEndpoint } from '../endpoint.js';
import { answerOf, questionOf } from '../sharing/sharing.js';
import type { Answer } from '../sharing/sharing.js';

/** So sure (500 to 1) must be who is cleared against what the others say. */
const BEYOND_DOUBT = 6.2;

export type Fault = {
  kind: Kind;
  reference: WatchedEndpoint;
  /** The reference's share of yes since its fault began. */
  rate: number;
  /** The probes since then are asked, and so many of an endpoint mostly tell. */
  from: UnixMillis;
  tellingProbes: number;
  /** Who shares it and isn't acquitted. May be empty. */
  blamed: readonly WatchedEndpoint[];
  acquitted: readonly WatchedEndpoint[];
  cleared: readonly WatchedEndpoint[];
  /** Those of the cleared who would be so whatever the others say. */
  surelyCleared: readonly WatchedEndpoint[];
  undecided: readonly WatchedEndpoint[];
};

const bySince =
  (kind: Kind) =>
  (a: WatchedEndpoint, b: WatchedEndpoint): number =>
    a.tests[kind].since - b.tests[kind].since || a.id - b.id;

/** The faults of one kind among those who have something to say, the earliest first. */
export const faultsOf = (
  endpoints: readonly WatchedEndpoint[],
  kind: Kind,
  now: UnixMillis,
  timeout: Millis,
): readonly Fault[] => {
  const faults: Fault[] = [];
  // Who only answers ping badly has no say on a fault that came later: it loses, whatever becomes of what goes through it.
  const mute = new Set<WatchedEndpoint>();
  let bad = endpoints.filter((endpoint) => endpoint.tests[kind].bad).sort(bySince(kind));
  for (let reference = bad[0]; reference !== undefined; reference = bad[0]) {
    const question = questionOf(reference, kind, now, timeout);
    const others = endpoints.filter((endpoint) => endpoint !== reference && !mute.has(endpoint));
    const answers = others.map((other) => answerOf(other, question));
    const who = (answer: Answer): WatchedEndpoint[] => others.filter((_, index) => answers[index] === answer);
    const sharers = [reference, ...who('shares')];
    const surelyCleared = who('cleared').filter((endpoint) => answerOf(endpoint, question, BEYOND_DOUBT) === 'cleared');
    const doubtful = who('cleared').filter(
      (endpoint) => !surelyCleared.includes(endpoint) && contradicts(endpoint, sharers),
    );
    const cleared = who('cleared').filter((endpoint) => !doubtful.includes(endpoint));
    const undecided = [...who('undecided'), ...doubtful];
    const farthest = cleared.reduce((rank, { position }) => Math.max(rank, position.rank), -Infinity);
    const acquitted = sharers.filter(({ position }) => position.rank < farthest);
    for (const endpoint of acquitted) mute.add(endpoint);
    faults.push({
      kind,
      reference,
      rate: question.rate ?? 0,
      from: question.from,
      tellingProbes: question.tellingProbes,
      blamed: sharers.filter(({ position }) => position.rank >= farthest),
      acquitted,
      cleared,
      surelyCleared,
      undecided,
    });
    bad = bad.filter((endpoint) => !sharers.includes(endpoint));
  }
  return faults;
};

/** Whether somebody in front of it shares the fault, and so does somebody else behind that: they are hardly two faults at once. */
const contradicts = ({ position }: WatchedEndpoint, sharers: readonly WatchedEndpoint[]): boolean => {
  const front = sharers.filter((sharer) => sharer.position.rank < position.rank);
  const nearest = front.reduce((rank, sharer) => Math.min(rank, sharer.position.rank), Infinity);
  return sharers.some((sharer) => sharer.position.rank > nearest);
};
