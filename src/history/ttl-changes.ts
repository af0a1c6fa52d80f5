// The times to live that an endpoint's replies arrive with. A change says that the way back has another length, or that
// somebody else answers.

import type { UnixMillis } from '../events/units.js';

export type TtlChange = { at: UnixMillis; ttl: number; before: number };

const MOST_CHANGES = 100;

export class TtlChanges {
  /** Of the newest reply, null while there is none that tells (IPv6 raw sockets don't). */
  ttl: number | null = null;
  private readonly changes: TtlChange[] = [];

  /** The newest 100, oldest first. */
  get list(): readonly TtlChange[] {
    return this.changes;
  }

  /** `at`: when the probe that was answered was sent. */
  note(ttl: number, at: UnixMillis): void {
    if (ttl === this.ttl) return;
    if (this.ttl !== null) this.changes.push({ at, ttl, before: this.ttl });
    if (this.changes.length > MOST_CHANGES) this.changes.shift();
    this.ttl = ttl;
  }
}
