// How punctual the slots of a record are. The plan is n x interval from a start that the record doesn't state to the
// microsecond, so the earliest slot, relative to its place in the plan, is taken as on time.

import type { GapLine } from '../src/record/lines/line-format.js';
import type { PingemRecord, Slot } from '../test/support/pingem-run.js';

export type Punctuality = {
  /** Slots sent, all endpoints. */
  slots: number;
  /** Places of the plan, between the first and the last slot, that have none. */
  missed: number;
  /** Milliseconds behind plan, one a slot. */
  lateness: number[];
};

const ofEndpoint = (slots: readonly Slot[], intervalMs: number, gaps: readonly GapLine[]): Punctuality => {
  // Sequences have no holes, and a late slot looks like a missed one: only across a gap that is on record are places
  // taken as skipped.
  const inGap = (from: number, to: number): boolean => gaps.some((gap) => gap.from * 1000 < to && gap.to * 1000 > from);
  let skipped = 0;
  const behind = slots.map((slot, n) => {
    const before = slots[n - 1]?.sentAt ?? slot.sentAt;
    if (inGap(before, slot.sentAt)) skipped += Math.max(0, Math.round((slot.sentAt - before) / intervalMs) - 1);
    return slot.sentAt - (n + skipped) * intervalMs;
  });
  const onTime = behind.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const places = Math.round(((slots.at(-1)?.sentAt ?? 0) - (slots[0]?.sentAt ?? 0)) / intervalMs) + 1;
  return {
    slots: slots.length,
    missed: Math.max(0, places - slots.length),
    lateness: behind.map((value) => value - onTime),
  };
};

export const punctuality = (record: PingemRecord): Punctuality => {
  const each = record.slots.map((slots) => ofEndpoint(slots, record.session.interval * 1000, record.gaps));
  return {
    slots: each.reduce((sum, one) => sum + one.slots, 0),
    missed: each.reduce((sum, one) => sum + one.missed, 0),
    lateness: each.flatMap((one) => one.lateness),
  };
};
