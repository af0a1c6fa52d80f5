// What was done, and when: each fault from its beginning to the end of its effects.

import type { Clouds } from './fault.js';

export type Span = {
  /** Unix milliseconds. */
  from: number;
  to: number;
};

export type Entry = Span & { fault: string; clouds: Clouds | null };

export type Diary = readonly Entry[];

export const spans = (diary: Diary, clouds: Clouds): Span[] => diary.filter((entry) => entry.clouds === clouds);

export const touches = (list: readonly Span[], from: number, to = from): boolean =>
  list.some((span) => from <= span.to && to >= span.from);
