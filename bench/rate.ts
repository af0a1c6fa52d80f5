// How fast it can go, with its screen on: which rates miss no slot, and how punctual the slots are at the limits that are
// promised. The far kernel answers, at once.

import { percent, percentile, fixed, median } from './figures.js';
import { punctuality } from './punctuality.js';
import { withPair, withPingemScreen } from './run.js';
import type { Bench, BenchOptions, Table } from './table.js';

const PUNCTUAL_MS = 2;
const START_GRACE_MS = 10_000;

type Load = { endpoints: number; intervalS: number; seconds: number };
type Outcome = { due: number; sent: number; lost: number; gaps: number; punctual: number; p99: number };

const loadName = ({ endpoints, intervalS }: Load): string => `${endpoints} x ${intervalS} s`;

const measure = ({ endpoints, intervalS, seconds }: Load): Promise<Outcome> => {
  return withPair(endpoints, async (pair) => {
    pair.kernelAnswers(true);
    const args = ['-i', String(intervalS), '-w', String(seconds), '-W', '1', ...pair.far4];
    const { record } = await withPingemScreen(pair, args, (pane) => pane.ended(seconds * 1000 + START_GRACE_MS));
    const { slots, lateness } = punctuality(record);
    const bad = record.slots.flat().filter((slot) => slot.state !== 'answered' && slot.state !== 'in-flight').length;
    return {
      due: Math.round((endpoints * seconds) / intervalS),
      sent: slots,
      lost: bad,
      gaps: record.gaps.length,
      punctual: lateness.filter((late) => late <= PUNCTUAL_MS).length / Math.max(1, lateness.length),
      p99: percentile(lateness, 99),
    };
  });
};

/** Slots that are due but not there; the plan's first and last slot may fall just outside the deadline. */
const missing = ({ due, sent }: Outcome, { endpoints }: Load): number => Math.max(0, due - sent - endpoints);

const rates = async (quick: boolean, progress: (text: string) => void): Promise<Table> => {
  const loads = [
    ...[0.01, 0.005, 0.002, 0.001].map((intervalS) => ({ endpoints: 1, intervalS, seconds: quick ? 4 : 10 })),
    ...[0.02, 0.01, 0.005, 0.002].map((intervalS) => ({ endpoints: 8, intervalS, seconds: quick ? 4 : 10 })),
  ];
  const rows: string[][] = [];
  for (const load of loads) {
    progress(`rate: ${loadName(load)}`);
    const outcome = await measure(load);
    const { due, sent, lost, gaps, punctual, p99 } = outcome;
    const numbers = [due, sent, missing(outcome, load), gaps, lost].map(String);
    rows.push([
      loadName(load),
      `${fixed(1 / load.intervalS, 0)}/s`,
      ...numbers,
      percent(punctual, 2),
      `${fixed(p99, 2)} ms`,
    ]);
  }
  const columns = [
    'endpoints x interval',
    'rate',
    'due',
    'sent',
    'missed',
    'gaps',
    'not answered',
    'within 2 ms',
    'late p99',
  ];
  return {
    title: 'Rates, screen on',
    columns,
    rows,
    notes: ['"Missed" allows one slot an endpoint for the edges of the run.'],
  };
};

const limits = async (quick: boolean, progress: (text: string) => void): Promise<Table> => {
  const loads = [
    { endpoints: 1, intervalS: 0.001, seconds: quick ? 6 : 60 },
    { endpoints: 64, intervalS: 0.1, seconds: quick ? 6 : 20 },
    { endpoints: 8, intervalS: 0.01, seconds: quick ? 6 : 20 },
  ];
  const rows: string[][] = [];
  for (const load of loads) {
    const outcomes: Outcome[] = [];
    for (let n = 1; n <= 3; n++) {
      progress(`rate: limit ${loadName(load)}, run ${n} of 3`);
      outcomes.push(await measure(load));
    }
    const share = median(outcomes.map(({ punctual }) => punctual));
    const missed = outcomes.map((outcome) => missing(outcome, load));
    const lost = outcomes.map((outcome) => outcome.lost);
    const met = share >= 0.99 && [...missed, ...lost].every((count) => count === 0);
    rows.push([
      `${loadName(load)}, ${load.seconds} s`,
      ...[outcomes.map(({ sent }) => sent), missed, lost].map((list) => list.join(', ')),
      percent(share, 2),
      `${fixed(median(outcomes.map(({ p99 }) => p99)), 2)} ms`,
      met ? 'met' : 'NOT MET',
    ]);
  }
  return {
    title: 'The limits that are promised, three runs each',
    columns: ['endpoints x interval', 'sent', 'missed', 'not answered', 'within 2 ms, median', 'late p99, median', ''],
    rows,
    notes: [
      'Wanted: every slot has its record, 99 % are sent within 2 ms of plan (median of three runs), nothing is lost.',
    ],
  };
};

export const rate: Bench = {
  name: 'rate',
  question: 'how fast can it probe without missing a slot?',
  run: async ({ quick, progress }: BenchOptions) => [await rates(quick, progress), await limits(quick, progress)],
};
