// The last days at a glance: local days in cells of 15 minutes, each with the verdict that was worst in it. One place for
// the rows of yesterday and today, the page of days, the browser and the report.

import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { VerdictCode } from '../../events/verdict.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { Gap } from '../../history/probe-log/gap-list.js';
import { DAY_LENGTH, dayNumber, localOf } from '../wall-clock.js';
import type { Zone } from '../wall-clock.js';

export const CELL_LENGTH: Millis = 900_000;
export const CELLS_A_DAY = DAY_LENGTH / CELL_LENGTH;

/** Trouble that takes less of a cell than this is "some", else the cell is "bad". */
const LEAST_BAD: Millis = 60_000;

/** In the order in which the diagnosis says them first; decides between those that took as long. */
const BLAMES = ['machine', 'own-traffic', 'local', 'provider', 'beyond', 'host', 'unclear'] as const;

export type BlameCode = (typeof BLAMES)[number];

export type DayCell = {
  /** `unwatched`: nobody looked at any time of it. A blame: the one that took the most of its bad time. */
  readonly code: 'unwatched' | 'fine' | BlameCode;
  /** How much of it was watched; in the hour that an autumn has twice, up to twice a cell. */
  readonly watched: Millis;
  /** How much of what was watched lies in episodes. */
  readonly bad: Millis;
};

export type DayRow = {
  /** The local day, as `dayNumber` counts: its midnight is `day * DAY_LENGTH` in local time. */
  readonly day: number;
  /** CELLS_A_DAY of them, from midnight on. An hour that a spring hasn't is unwatched. */
  readonly cells: readonly DayCell[];
};

export type DaysPast = {
  /** Of all endpoints; for the days of one, those that blame it. One that lasts is taken to last until `to`. */
  readonly episodes: readonly Episode[];
  /** Those of the whole session, in order of time, without overlaps. */
  readonly gaps: readonly Gap[];
  /** What was watched, gaps aside: from the first probe to the last, or to now. */
  readonly from: UnixMillis;
  readonly to: UnixMillis;
};

export type DaysOptions = {
  /** At most so many days, the newest. */
  readonly most: number;
  readonly zone: Zone;
  /** What the wall clock shows minus the session timeline. */
  readonly clockOffset: Millis;
};

/** `some`: trouble, but of less than a minute. */
export type Grade = 'unwatched' | 'fine' | 'some' | 'bad';

export const gradeOf = ({ code, bad }: DayCell): Grade => {
  if (code === 'unwatched' || code === 'fine') return code;
  return bad < LEAST_BAD ? 'some' : 'bad';
};

type Sums = { watched: Millis; badBy: Map<VerdictCode, Millis> };

/** The days from that of `from` to that of `to`, oldest first; none where nothing was watched. */
export const dayRows = ({ episodes, gaps, from, to }: DaysPast, { most, zone, clockOffset }: DaysOptions): DayRow[] => {
  if (!(to > from) || most < 1) return [];
  // Quarters of an hour are the same in local time and in UTC, so spans are cut on the wall clock and cells named by zone.
  const localAt = (at: UnixMillis): number => localOf(at + clockOffset, zone);
  const lastDay = dayNumber(localAt(to) - 1);
  const firstDay = Math.max(dayNumber(localAt(from)), lastDay - most + 1);
  const rows = Array.from({ length: lastDay - firstDay + 1 }, () =>
    Array.from({ length: CELLS_A_DAY }, (): Sums => ({ watched: 0, badBy: new Map() })),
  );
  // No zone is further than a day from another: what is before this is before the first day.
  const earliest = Math.max(from, to - (most + 1) * DAY_LENGTH);
  const add = (start: UnixMillis, end: UnixMillis, take: (sums: Sums, length: Millis) => void): void => {
    const until = Math.min(end, to) + clockOffset;
    for (let at = Math.max(start, earliest) + clockOffset; at < until;) {
      const cellEnd = (Math.floor(at / CELL_LENGTH) + 1) * CELL_LENGTH;
      const local = localOf(at, zone);
      const row = rows[dayNumber(local) - firstDay];
      const sums = row?.[Math.floor((local - dayNumber(local) * DAY_LENGTH) / CELL_LENGTH)];
      if (sums !== undefined) take(sums, Math.min(cellEnd, until) - at);
      at = cellEnd;
    }
  };
  add(from, to, (sums, length) => (sums.watched += length));
  for (const gap of gaps) add(gap.from, gap.to, (sums, length) => (sums.watched -= length));
  for (const { code, from: began, to: ended } of episodes) {
    add(began, ended ?? to, ({ badBy }, length) => badBy.set(code, (badBy.get(code) ?? 0) + length));
  }
  return rows.map((row, index) => ({ day: firstDay + index, cells: row.map(cellOf) }));
};

const cellOf = ({ watched: sum, badBy }: Sums): DayCell => {
  // Sums of fractions of a millisecond.
  const watched = sum < 0.5 ? 0 : sum;
  if (watched === 0) return { code: 'unwatched', watched, bad: 0 };
  let bad = 0;
  for (const length of badBy.values()) bad += length;
  let worst: BlameCode | null = null;
  for (const code of BLAMES) {
    const length = badBy.get(code) ?? 0;
    if (length > (worst === null ? 0 : (badBy.get(worst) ?? 0))) worst = code;
  }
  // An episode reaches over gaps of less than a minute.
  return { code: worst ?? 'fine', watched, bad: Math.min(bad, watched) };
};
