// Half hours and more in which things were worse than usual, by hindsight. The diagnosis takes what has lasted for an hour
// as the usual state, since it can't know the future; with the whole record at hand a bad evening is bad to its end.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { BlameCode } from '../../../view/days/day-cells.js';
import type { Accounts } from './accounts.js';
import type { Span } from './presence.js';
import type { ReportStretch, StretchPart } from '../report-model.js';

/** Fewer probes than these in a quarter say nothing. */
const FEWEST = 3;
/** A quarter is bad with this share lost or late, at least; twice the usual share where that is more. */
const LEAST_SHARE = 0.01;
/** Or with a p50 so far above the usual one: 30 ms, a quarter of it where that is more. */
const LEAST_EXCESS: Millis = 30;
const EXCESS_SHARE = 0.25;
/** What is over within less than two quarters is an episode's business. */
const FEWEST_QUARTERS = 2;

type Quarter = { settled: number; failed: number; p50: Millis | null };
type Usual = { share: number; p50: Millis | null };

export type StretchContext = {
  accounts: Accounts;
  endpoints: readonly EndpointId[];
  /** One behind the other, on the session timeline. */
  quarters: readonly Span[];
  episodes: readonly Episode[];
  endedAt: UnixMillis;
};

/** In order of time, on the session timeline. */
export const findStretches = ({
  accounts,
  endpoints,
  quarters,
  episodes,
  endedAt,
}: StretchContext): ReportStretch[] => {
  const seen = endpoints.map((id) => quarters.map(({ from, to }) => quarterOf(accounts.stats(id, from, to))));
  const usual = seen.map(usualOf);
  const isBad = (endpoint: number, quarter: number): boolean =>
    isWorse(seen[endpoint]?.[quarter] as Quarter, usual[endpoint] as Usual);
  const stretches: ReportStretch[] = [];
  for (let first = 0; first < quarters.length; first++) {
    let end = first;
    while (end < quarters.length && endpoints.some((_, endpoint) => isBad(endpoint, end))) end++;
    if (end - first < FEWEST_QUARTERS) {
      first = Math.max(first, end - 1);
      continue;
    }
    const { from } = quarters[first] as Span;
    const { to } = quarters[end - 1] as Span;
    const parts = endpoints.map((id, endpoint): StretchPart => {
      let bad = 0;
      for (let quarter = first; quarter < end; quarter++) if (isBad(endpoint, quarter)) bad++;
      const account = accounts.of(id, from, to);
      return { ...account, endpoint: id, isBad: 2 * bad >= end - first, usualP50: usual[endpoint]?.p50 ?? null };
    });
    stretches.push({ from, to, parts, code: codeWithin(episodes, from, to, endedAt) });
    first = end;
  }
  return stretches;
};

const quarterOf = ({ counts, slots, p50 }: EpochStats): Quarter => ({
  settled: slots - counts.inFlight - counts.void,
  // For a call late is lost.
  failed: counts.lost + counts.unreachable + counts.unsent + counts.late,
  p50,
});

const usualOf = (quarters: readonly Quarter[]): Usual => {
  const told = quarters.filter(({ settled }) => settled >= FEWEST);
  const share = median(told.map(({ failed, settled }) => failed / settled)) ?? 0;
  return { share, p50: median(told.flatMap(({ p50 }) => (p50 === null ? [] : [p50]))) };
};

const median = (values: number[]): number | null => {
  values.sort((a, b) => a - b);
  return values[(values.length - 1) >>> 1] ?? null;
};

const isWorse = ({ settled, failed, p50 }: Quarter, usual: Usual): boolean => {
  if (settled < FEWEST) return false;
  if (failed >= FEWEST && failed / settled >= Math.max(LEAST_SHARE, 2 * usual.share)) return true;
  if (p50 === null || usual.p50 === null || settled - failed < FEWEST) return false;
  return p50 - usual.p50 >= Math.max(LEAST_EXCESS, EXCESS_SHARE * usual.p50);
};

/** Of the episodes within, the code that took most of the time. */
const codeWithin = (
  episodes: readonly Episode[],
  from: UnixMillis,
  to: UnixMillis,
  endedAt: UnixMillis,
): BlameCode | null => {
  const lengths = new Map<BlameCode, Millis>();
  for (const episode of episodes) {
    const length = Math.min(to, episode.to ?? endedAt) - Math.max(from, episode.from);
    const code = episode.code as BlameCode;
    if (length > 0) lengths.set(code, (lengths.get(code) ?? 0) + length);
  }
  return [...lengths].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
};
