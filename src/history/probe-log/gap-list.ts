// When nobody looked: the gaps of a session, in order of time and free of overlaps, so that time in gaps can be summed.
//
// Gaps that overlap become one, with the weightier of their reasons. That rule does not depend on the order in which
// they come. Bounded: the newest LIMIT gaps are kept.

import type { GapReason } from '../../events/events.js';
import type { Millis, UnixMillis } from '../../events/units.js';

export type Gap = { readonly from: UnixMillis; readonly to: UnixMillis; readonly reason: GapReason };

const LIMIT = 10_000;

const weight: Readonly<Record<GapReason, number>> = { stall: 0, stopped: 1, suspend: 2, 'not running': 3 };

/** What readers ask of gaps. */
export type Gaps = Pick<GapList, 'list' | 'within' | 'interrupts'>;

export class GapList {
  private readonly gaps: Gap[] = [];

  get list(): readonly Gap[] {
    return this.gaps;
  }

  /** The gap as it stands afterwards, merged; null where it is empty or too old to be kept. */
  add(from: UnixMillis, to: UnixMillis, reason: GapReason): Gap | null {
    if (!(to > from)) return null;
    const first = this.firstEndingAfter(from);
    let end = first;
    let merged: Gap = { from, to, reason };
    for (let gap = this.gaps[end]; gap !== undefined && gap.from < to; gap = this.gaps[++end]) {
      merged = {
        from: Math.min(merged.from, gap.from),
        to: Math.max(merged.to, gap.to),
        reason: weight[gap.reason] > weight[merged.reason] ? gap.reason : merged.reason,
      };
    }
    this.gaps.splice(first, end - first, merged);
    if (this.gaps.length > LIMIT && this.gaps.shift() === merged) return null;
    return merged;
  }

  /** How much of [from, to) lies in gaps. */
  within(from: UnixMillis, to: UnixMillis): Millis {
    let sum = 0;
    for (let index = this.firstEndingAfter(from); index < this.gaps.length; index++) {
      const gap = this.gaps[index] as Gap;
      if (gap.from >= to) break;
      sum += Math.min(to, gap.to) - Math.max(from, gap.from);
    }
    return sum;
  }

  /**
   * Whether probing was interrupted at or after `from` and before `to`. A stall is no interruption: the loop was late
   * by moments, and what failed before and after it failed in one go.
   */
  interrupts(from: UnixMillis, to: UnixMillis): boolean {
    for (let index = this.firstEndingAfter(from); index < this.gaps.length; index++) {
      const gap = this.gaps[index] as Gap;
      if (gap.from >= to) return false;
      if (gap.from >= from && gap.reason !== 'stall') return true;
    }
    return false;
  }

  copy(): GapList {
    const copy = new GapList();
    copy.gaps.push(...this.gaps);
    return copy;
  }

  private firstEndingAfter(at: UnixMillis): number {
    let low = 0;
    let high = this.gaps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.gaps[middle] as Gap).to <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
