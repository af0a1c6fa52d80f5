// Cuts the session timeline into numbered stretches of one width, at wall-clock multiples.
//
// The wall clock may be stepped. From the step on, stretches are aligned to what the clock shows then; the ones before
// it stay as they were cut, because what was rolled up can't be cut again. So a step cuts one stretch short. All grids
// of a session are cut at the same instants: a stretch of a wide grid is always made of whole stretches of a narrower
// one whose width divides it.

import { epochIndexAt } from './epoch-grid.js';
import type { Millis, UnixMillis } from '../events/units.js';

/** Numbers start here, so that what precedes the first send record still has numbers above zero. */
const ORIGIN = 2 ** 20;

/** More steps than this are not followed: epochs are then put together from the stretches nearest to them. */
const MOST_CUTS = 1024;

/** A time of constant offset: from when, and which multiple of the width stretch number `number` begins at. */
type Part = { from: UnixMillis; offset: Millis; number: number; multiple: number };

export class TimeGrid {
  readonly width: Millis;
  private readonly parts: Part[];

  /** `at`: any instant near the beginning. */
  constructor(width: Millis, at: UnixMillis, offset: Millis) {
    this.width = width;
    this.parts = [{ from: -Infinity, offset, number: ORIGIN, multiple: Math.floor((at + offset) / width) }];
  }

  /** From `at` on, which must be after the former cut, stretches begin at multiples of the width minus `offset`. */
  cut(at: UnixMillis, offset: Millis): void {
    if (this.parts.length > MOST_CUTS) return;
    const last = this.indexOf(at);
    const number = this.startOf(last) === at ? last : last + 1;
    this.parts.push({ from: at, offset, number, multiple: epochIndexAt(at, this.width, offset) });
  }

  /** Number of the stretch that holds `at`. */
  indexOf(at: UnixMillis): number {
    const { offset, number, multiple } = this.partWhere((part) => part.from <= at);
    return number + epochIndexAt(at, this.width, offset) - multiple;
  }

  /** When a stretch begins. */
  startOf(index: number): UnixMillis {
    const part = this.partWhere((candidate) => candidate.number <= index);
    const start = (part.multiple + index - part.number) * this.width - part.offset;
    return start < part.from ? part.from : start;
  }

  /** The first beginning of a stretch that is not before `at`. */
  boundFrom(at: UnixMillis): UnixMillis {
    const index = this.indexOf(at);
    const start = this.startOf(index);
    return start >= at ? start : this.startOf(index + 1);
  }

  // Nearly always the last one.
  private partWhere(begins: (part: Part) => boolean): Part {
    let part = this.parts.length - 1;
    while (part > 0 && !begins(this.parts[part] as Part)) part--;
    return this.parts[part] as Part;
  }
}
