// The gaps of one endpoint: those of the session, and its own. Until it has one of its own it looks at the session's
// list, so that a thousand endpoints don't keep the same list a thousand times.

import type { Millis, UnixMillis } from '../../events/units.js';
import type { Gap, GapList, Gaps } from './gap-list.js';

export class EndpointGaps implements Gaps {
  private readonly ofSession: GapList;
  private own: GapList | null = null;

  constructor(ofSession: GapList) {
    this.ofSession = ofSession;
  }

  get list(): readonly Gap[] {
    return this.gaps.list;
  }

  within(from: UnixMillis, to: UnixMillis): Millis {
    return this.gaps.within(from, to);
  }

  interrupts(from: UnixMillis, to: UnixMillis): boolean {
    return this.gaps.interrupts(from, to);
  }

  /** A gap of this endpoint alone; as it stands afterwards, null where it is empty or too old. */
  addOwn({ from, to, reason }: Gap): Gap | null {
    this.own ??= this.ofSession.copy();
    return this.own.add(from, to, reason);
  }

  /** A gap that the session's list has taken. */
  addOfSession({ from, to, reason }: Gap): void {
    this.own?.add(from, to, reason);
  }

  private get gaps(): GapList {
    return this.own ?? this.ofSession;
  }
}
