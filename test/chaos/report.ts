// The last lines of a run, and whether all was well.

import type { Diary } from './diary.js';
import { growthOf } from './health.js';
import type { Sample } from './health.js';
import type { Verdict } from './judge/verdict.js';
import type { Testimony } from './testify.js';

export type Outcome = {
  diary: Diary;
  verdict: Verdict;
  testimony: Testimony;
  samples: readonly Sample[];
  /** pingem's exit status at the end. */
  status: number;
  /** All that it said on stderr. */
  stderr: string;
};

/** Growth within the time watched that a garbage collector's moods don't explain. */
const MOST_GROWTH_MIB = 20;
/** A process that is watched for less than this tells nothing of its memory: it still fills its caches. */
const LEAST_WATCH_S = 120;
const SHOWN = 20;

const counted = (count: number): string => count.toLocaleString('en');

const times = (diary: Diary): string[] => {
  const counts = new Map<string, number>();
  for (const { fault } of diary) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return [...counts].map(([fault, count]) => `${fault} ${count}`);
};

const list = (name: string, found: readonly string[]): string[] =>
  found.length === 0
    ? []
    : [
        `${name}:`,
        ...found.slice(0, SHOWN).map((text) => `  ${text}`),
        ...(found.length > SHOWN ? [`  and ${found.length - SHOWN} more`] : []),
      ];

export const report = ({
  diary,
  verdict,
  testimony,
  samples,
  status,
  stderr,
}: Outcome): {
  text: string;
  well: boolean;
} => {
  const { planned, recorded, inGaps, killed, runs, unaccounted, differences } = verdict;
  const growth = growthOf(samples);
  const grownMiB = (growth.slopeMiBPerMinute * growth.seconds) / 60;
  const [first, last] = growth.descriptors;
  const faults = [...testimony.faults];
  if (status !== 0) faults.push(`pingem ended with status ${status}`);
  const said = stderr.split('\n').find((line) => /please report it|^ {4}at |is not a pingem record/.test(line));
  if (said !== undefined) faults.push(`pingem said: ${said}`);
  if (recorded === 0) faults.push('there is nothing on record');
  const well =
    unaccounted.length === 0 &&
    differences.length === 0 &&
    faults.length === 0 &&
    (growth.seconds < LEAST_WATCH_S || grownMiB <= MOST_GROWTH_MIB) &&
    last <= first;
  const text = [
    ...list('unaccounted for', unaccounted),
    ...list('different from the truth', differences),
    ...list('faults', faults),
    `done           ${times(diary).join(', ') || 'nothing'}`,
    `slots          ${counted(planned)} in ${runs} runs: ${counted(recorded)} on record, ${counted(inGaps)} in declared gaps, ${counted(killed)} gone with kill -9; ${testimony.torn} torn lines`,
    `unaccounted    ${unaccounted.length}`,
    `differences    ${differences.length}`,
    `other faults   ${faults.length}`,
    `memory slope   ${growth.slopeMiBPerMinute.toFixed(2)} MiB/min over the last ${growth.seconds.toFixed(0)} s (${growth.residentMiB.toFixed(0)} MiB resident)${growth.seconds < LEAST_WATCH_S ? ', too short to judge' : ''}`,
    `descriptors    ${first}, then ${last}`,
    well ? 'all is well' : 'NOT WELL',
  ];
  return { text: text.join('\n'), well };
};
