// The days, hours and quarters of an hour of the local zone that a time reaches over.

import type { Millis } from '../../../events/units.js';
import { DAY_LENGTH, dayNumber, localOf, wallOf } from '../../../view/wall-clock.js';
import type { Zone } from '../../../view/wall-clock.js';
import type { Span } from './presence.js';

export const QUARTER: Millis = 900_000;
export const HOUR: Millis = 3_600_000;

/** Cut at local midnights. All instants are the wall clock's. */
export const localDays = ({ from, to }: Span, zone: Zone): Span[] => {
  const spans: Span[] = [];
  for (let at = from; at < to;) {
    const next = wallOf((dayNumber(localOf(at, zone)) + 1) * DAY_LENGTH, zone);
    const end = Math.min(to, next > at ? next : at + DAY_LENGTH);
    spans.push({ from: at, to: end });
    at = end;
  }
  return spans;
};

/** Cut at local multiples of `length`, which divides an hour or is one; clocks are changed at such a multiple. */
export const localSteps = ({ from, to }: Span, length: Millis, zone: Zone): Span[] => {
  const spans: Span[] = [];
  for (let at = from; at < to;) {
    const local = localOf(at, zone);
    const end = Math.min(to, at + (Math.floor(local / length) + 1) * length - local);
    spans.push({ from: at, to: end });
    at = end;
  }
  return spans;
};
