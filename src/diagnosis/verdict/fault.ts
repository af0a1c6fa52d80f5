// Who has a fault, and who hasn't: the bad endpoint whose fault began first is the reference, and every other endpoint is
// asked whether it shares it. A sharer in front of a cleared one only answers ping badly: it is acquitted, never blamed.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { Kind, WatchedEndpoint } from '../endpoint.js';
import { answerOf, questionOf } from '../sharing/sharing.js';

export type Fault = {
  kind: Kind;
  reference: WatchedEndpoint;
  /** The reference's share of yes since its fault began. */
  rate: number;
  /** Who shares it and isn't acquitted. May be empty. */
  blamed: readonly WatchedEndpoint[];
  acquitted: readonly WatchedEndpoint[];
  cleared: readonly WatchedEndpoint[];
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
  let bad = endpoints.filter((endpoint) => endpoint.tests[kind].bad).sort(bySince(kind));
  for (let reference = bad[0]; reference !== undefined; reference = bad[0]) {
    const question = questionOf(reference, kind, now, timeout);
    const sharers = [reference];
    const cleared: WatchedEndpoint[] = [];
    const undecided: WatchedEndpoint[] = [];
    for (const other of endpoints) {
      if (other === reference) continue;
      const answer = answerOf(other, question);
      if (answer === 'shares') sharers.push(other);
      else if (answer === 'cleared') cleared.push(other);
      else if (answer === 'undecided') undecided.push(other);
    }
    const farthest = cleared.reduce((rank, { position }) => Math.max(rank, position.rank), -Infinity);
    faults.push({
      kind,
      reference,
      rate: question.rate ?? 0,
      blamed: sharers.filter(({ position }) => position.rank >= farthest),
      acquitted: sharers.filter(({ position }) => position.rank < farthest),
      cleared,
      undecided,
    });
    bad = bad.filter((endpoint) => !sharers.includes(endpoint));
  }
  return faults;
};
