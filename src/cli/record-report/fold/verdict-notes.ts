// What proved each episode when it was said: the clauses of the last verdict that was about it.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import { isBlame } from '../../../diagnosis/verdict/speaker.js';
import { clausesOf } from '../../../diagnosis/wording/evidence-words.js';
import type { ProbeEvent } from '../../../events/events.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import type { VerdictCode } from '../../../events/verdict.js';

/** The newest that are kept. */
const MOST = 10_000;
/** A verdict is said after what it is about: it may have ended by then. */
const AFTER: Millis = 60_000;

type Note = { at: UnixMillis; code: VerdictCode; clauses: readonly string[] };

export class VerdictNotes {
  readonly #notes: Note[] = [];

  apply(event: ProbeEvent): void {
    if (event.type !== 'verdict' || !isBlame(event.code)) return;
    this.#notes.push({ at: event.at, code: event.code, clauses: clausesOf(event) });
    if (this.#notes.length > MOST) this.#notes.shift();
  }

  of({ code, from, to }: Episode): readonly string[] {
    const until = (to ?? Infinity) + AFTER;
    const note = this.#notes.findLast((one) => one.code === code && one.at >= from && one.at <= until);
    return note?.clauses ?? [];
  }
}
