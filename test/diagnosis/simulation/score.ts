// How well the verdicts of a run agree with what its scenario expects, second by second.

import type { VerdictEvent } from '../../../src/events/verdict.js';
import { START } from './network.js';
import type { Expectation, Scenario } from './scenario.js';

export type Score = {
  /** Seconds from the start of each fault until its code was said; null where it never was. */
  named: (number | null)[];
  /** How much later than the fault the verdict's since is, in seconds; the median while it was said. */
  since: number[];
  /** Seconds from the end of each fault until it was over. */
  ended: (number | null)[];
  /** Seconds in which a wrong code was said, and in which it was unclear where it needn't have been. */
  wrong: number;
  unclear: number;
  /** Spells of anything but fine. */
  episodes: number;
};

const FINE = new Set(['fine', 'starting', 'not-collecting']);

/** What was said in each second; index t is the second t after the start. */
export const secondsOf = (verdicts: readonly VerdictEvent[], duration: number): (VerdictEvent | null)[] => {
  const said: (VerdictEvent | null)[] = [];
  let next = 0;
  for (let t = 0; t <= duration; t++) {
    while (next < verdicts.length && (verdicts[next] as VerdictEvent).at <= START + t * 1000) next++;
    said.push(verdicts[next - 1] ?? null);
  }
  return said;
};

export const scoreOf = ({ expect, duration }: Scenario, verdicts: readonly VerdictEvent[]): Score => {
  const said = secondsOf(verdicts, duration);
  const score: Score = { named: [], since: [], ended: [], wrong: 0, unclear: 0, episodes: 0 };
  let before: readonly string[] = ['fine', 'starting'];
  for (const expectation of expect) before = scoreSpan(score, expectation, before, said);
  let wasFine = true;
  for (const verdict of said) {
    const isFine = FINE.has(verdict?.code ?? 'starting');
    if (wasFine && !isFine) score.episodes++;
    wasFine = isFine;
  }
  return score;
};

const scoreSpan = (
  score: Score,
  [from, to, text, since]: Expectation,
  before: readonly string[],
  said: readonly (VerdictEvent | null)[],
): readonly string[] => {
  const codes = text.split('|');
  const last = Math.min(to, said.length);
  let hit: number | null = null;
  for (let t = Math.max(1, from); t < last; t++) {
    const code = said[t]?.code ?? 'starting';
    if (codes.includes(code)) hit ??= t;
    else if (code === 'starting' && from === 0) continue;
    else if (hit === null && (code === 'fine' || before.includes(code))) continue;
    else if (code === 'unclear') score.unclear++;
    else score.wrong++;
  }
  if (!FINE.has(codes[0] ?? '')) {
    score.named.push(hit === null ? null : hit - from);
    if (hit !== null && typeof since === 'number') {
      const found = said
        .slice(hit, last)
        .flatMap((verdict) =>
          verdict !== null && codes.includes(verdict.code) ? [(verdict.since - START) / 1000] : [],
        )
        .sort((a, b) => a - b);
      const median = found[Math.floor(found.length / 2)];
      if (median !== undefined) score.since.push(median - since);
    }
  } else if (from > 0) score.ended.push(hit === null ? null : hit - from);
  return codes;
};
