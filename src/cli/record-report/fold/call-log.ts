// How a call would have been, over the whole record: the diagnosis's own estimate, asked for every ten seconds.

import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import type { ProbeEvent } from '../../../events/events.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import { dayNumber, localOf } from '../../../view/wall-clock.js';
import type { Zone } from '../../../view/wall-clock.js';
import type { QualityCounts, ReportQuality } from '../report-model.js';

const EVERY: Millis = 10_000;
/** The newest days that are kept. */
const MOST_DAYS = 366;

const noCounts = (): QualityCounts => ({ good: 0, fair: 0, poor: 0, bad: 0, none: 0 });

export class CallLog {
  readonly #diagnosis: Diagnosis;
  readonly #zone: Zone;
  readonly #counts = noCounts();
  readonly #days = new Map<number, QualityCounts>();
  #worst: (NonNullable<ReportQuality['worst']> & { at: UnixMillis }) | null = null;
  #dueAt: UnixMillis = -Infinity;
  #clockOffset: Millis = 0;

  constructor(diagnosis: Diagnosis, zone: Zone) {
    this.#diagnosis = diagnosis;
    this.#zone = zone;
  }

  apply(event: ProbeEvent): void {
    if (event.type === 'clock') this.#clockOffset = event.offset;
    if (event.type !== 'sent' || event.at < this.#dueAt) return;
    const isFirst = this.#dueAt === -Infinity;
    this.#dueAt = event.at + EVERY;
    // Nothing can be known yet.
    if (isFirst || this.#diagnosis.verdict?.code === 'starting') return;
    this.#take(event.at);
  }

  /** @param clockOffset as it was at the end */
  result(clockOffset: Millis): ReportQuality {
    const worst = this.#worst === null ? null : { ...this.#worst, at: this.#worst.at + clockOffset };
    const days = [...this.#days].map(([day, counts]) => ({ day, counts })).sort((a, b) => a.day - b.day);
    return { every: EVERY, counts: this.#counts, days, worst };
  }

  #take(at: UnixMillis): void {
    const quality = this.#diagnosis.callQuality;
    const word = quality?.word ?? 'none';
    const day = dayNumber(localOf(at + this.#clockOffset, this.#zone));
    let counts = this.#days.get(day);
    if (counts === undefined) {
      counts = noCounts();
      this.#days.set(day, counts);
      const [oldest] = this.#days.keys();
      if (this.#days.size > MOST_DAYS && oldest !== undefined) this.#days.delete(oldest);
    }
    counts[word]++;
    this.#counts[word]++;
    if (quality !== null && (this.#worst === null || quality.r < this.#worst.r)) this.#worst = { ...quality, at };
  }
}
