// What may be done to a perfect run, for the tests of the judge.

import type { RecordLine } from '../../../src/record/lines/line-format.js';
import type { Clouds } from '../fault.js';
import type { Entry } from '../diary.js';
import { evidenceOf, PLAN, sample, START } from './sample.js';
import type { Sample } from './sample.js';
import { judge } from './verdict.js';
import type { Verdict } from './verdict.js';

const FLUSH_MS = 250;

/** What the judge finds in a perfect run that was spoilt. */
export const judged = (spoil: (run: Sample) => void): Verdict => {
  const run = sample();
  spoil(run);
  return judge(evidenceOf(run), FLUSH_MS);
};

export const isSlot = (endpoint: number, seq: number) => (line: RecordLine) =>
  line.type === 'probe' && line.endpoint === endpoint && line.seq === seq;

export const drop = (run: Sample, which: (line: RecordLine) => boolean): void => {
  run.record = run.record.filter((line) => !which(line));
};

export const change = (run: Sample, endpoint: number, seq: number, to: object): void => {
  const at = run.record.findIndex(isSlot(endpoint, seq));
  run.record[at] = { ...run.record[at], ...to } as RecordLine;
};

/** Takes a stretch of slots out of the record and of the log, and gives the later ones lower sequences: never sent. */
export const skip = (run: Sample, from: number, to: number): void => {
  const shifted = <T extends { type: string; seq?: number | null }>(line: T): T[] => {
    const { seq } = line;
    if (typeof seq !== 'number' || seq < from) return [line];
    return seq < to ? [] : [{ ...line, seq: seq - (to - from) }];
  };
  run.record = run.record.flatMap(shifted);
  const skipped = new Set(
    run.log.flatMap((line) => ('seq' in line && (line.seq ?? 0) >= from && (line.seq ?? 0) < to ? [line.seq16] : [])),
  );
  run.log = run.log.filter(({ seq16 }) => !skipped.has(seq16)).flatMap(shifted);
};

export const gap = (from: number, to: number, reason: 'stall' | 'stopped' = 'stall'): RecordLine => ({
  type: 'gap',
  from: (START + from * PLAN.intervalMs) / 1000,
  to: (START + to * PLAN.intervalMs) / 1000,
  reason,
});

export const kill = (run: Sample, at: number): void => {
  run.launches[0] = { at: START - 500, ready: START, end: { at, how: 'killed' } };
};

export const cloud = (from: number, to: number, clouds: Clouds): Entry => ({
  fault: 'f',
  clouds,
  from: START + from * PLAN.intervalMs,
  to: START + to * PLAN.intervalMs,
});

/** Sends a slot that much later, and all that answers it. */
export const delay = (run: Sample, endpoint: number, seq: number, ms: number): void => {
  const target = ['a', 'b'][endpoint];
  run.record = run.record.map((line) =>
    isSlot(endpoint, seq)(line) && line.type === 'probe' ? { ...line, sent: line.sent + ms / 1000 } : line,
  );
  run.log = run.log.map((line) => (line.to === target && line.seq16 === seq ? { ...line, at: line.at + ms } : line));
};

/** The responder never saw it. */
export const unseen = (run: Sample, endpoint: number, seq: number): void => {
  const target = ['a', 'b'][endpoint];
  run.log = run.log.filter((line) => line.to !== target || line.seq16 !== seq);
};
