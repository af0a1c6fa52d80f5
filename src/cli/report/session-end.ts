// Where a session stands: when its last probe was sent, and what the wall clock shows then. Taken from the events
// alone, so that a replay ends with the very numbers that the live run ended with.

import type { ProbeEvent } from '../../events/events.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';

export class SessionEnd {
  readonly startedAt: UnixMillis;
  /** When the last probe was sent. */
  at: UnixMillis;
  clockOffset: Millis = 0;

  constructor(info: SessionInfo) {
    this.startedAt = info.startedAt;
    this.at = info.startedAt;
  }

  apply(event: ProbeEvent): void {
    if (event.type === 'sent') this.at = Math.max(this.at, event.at);
    else if (event.type === 'clock') this.clockOffset = event.offset;
  }
}
