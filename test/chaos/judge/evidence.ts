// All that a chaos run is judged by. Times are Unix milliseconds.

import type { Diary } from '../diary.js';
import type { Launch } from '../subject.js';
import type { RecordedRun } from './recorded.js';
import type { TruthRun } from './truth.js';

export type Plan = {
  intervalMs: number;
  timeoutMs: number;
  /** How many endpoints, and which of them is known by name only. */
  endpoints: number;
  named: number;
};

export type Evidence = {
  plan: Plan;
  launches: readonly Launch[];
  diary: Diary;
  /** By launch; null where a run left no line. */
  recorded: readonly (RecordedRun | null)[];
  /** By launch. */
  truth: readonly TruthRun[];
};

/** Lines may wait so long in memory (docs/record-format.md), and a busy machine takes its time besides. */
export const FLUSH_MS: Readonly<Record<'plain' | 'compressed', number>> = { plain: 250, compressed: 900 };
export const BUSY_MS = 500;
