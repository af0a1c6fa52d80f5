// --text: a line per endpoint per epoch, printed once every probe of the epoch has settled, so that a loss in it is a
// fact. Driven by the send records, which go on coming in an outage; there is no timer.

import type { EpochStats } from '../history/epoch-stats.js';
import type { ProbeEvent } from '../history/events.js';
import { SessionHistory } from '../history/session-history.js';
import type { EndpointInfo, SessionInfo } from '../history/session-info.js';
import type { Millis, UnixMillis } from '../history/units.js';
import { counted, durationText, lossText } from '../tui/format.js';
import { printable, textWidth } from '../tui/text.js';
import { epochIndexAt, epochStart } from '../tui/time-axis.js';
import type { Zone } from '../tui/wall-clock.js';
import { dateTimeText, localOf } from '../tui/wall-clock.js';
import { rttText } from './rtt-text.js';

/** The prober may tell a timeout a little after it has passed. */
const SETTLING_SLACK: Millis = 200;
/** Longer labels push their line's columns to the right. */
const WIDEST_LABEL = 32;

export class TextReport {
  readonly #history: SessionHistory;
  readonly #width: Millis;
  readonly #zone: Zone;
  readonly #write: (text: string) => void;
  readonly #labelWidth: number;
  /** Up to where epochs are reported; null before the first probe. */
  #reportedTo: UnixMillis | null = null;

  constructor(info: SessionInfo, width: Millis, zone: Zone, write: (text: string) => void) {
    this.#history = new SessionHistory(info);
    this.#width = width;
    this.#zone = zone;
    this.#write = write;
    const widths = info.endpoints.map(({ label }) => textWidth(printable(label, true)));
    this.#labelWidth = Math.min(WIDEST_LABEL, Math.max(...widths));
  }

  event(event: ProbeEvent): void {
    this.#history.apply(event);
    if (event.type === 'gap') {
      const lasted = durationText(event.to - event.from);
      this.#write(`${this.#dateTime(event.from)}  not collecting for ${lasted} (${event.reason})\n`);
    }
    if (event.type !== 'sent') return;
    this.#reportedTo ??= event.at;
    const settled = event.at - this.#history.info.timeout - SETTLING_SLACK;
    if (settled >= this.#reportedTo + this.#width) this.#reportUpTo(settled);
  }

  /** The epochs that are left, the last one cut short by the end of the run. */
  finish(): void {
    const { lastAt } = this.#history;
    if (lastAt !== null) this.#reportUpTo(lastAt + this.#width);
  }

  #reportUpTo(end: UnixMillis): void {
    const { clockOffset } = this.#history;
    const window = { width: this.#width, clockOffset };
    const first = epochIndexAt(this.#reportedTo ?? end, this.#width, clockOffset);
    const last = epochIndexAt(end, this.#width, clockOffset);
    for (let index = first; index < last; index++) {
      for (const endpoint of this.#history.endpoints) {
        const [stats] = endpoint.epochs(this.#width, index, 1);
        if (stats !== undefined && stats.slots > 0) this.#write(this.#line(endpoint.info, stats));
      }
    }
    if (last > first) this.#reportedTo = epochStart(window, last);
  }

  #line({ label }: EndpointInfo, stats: EpochStats): string {
    const name = printable(label, true);
    const padded = name + ' '.repeat(Math.max(0, this.#labelWidth - textWidth(name)));
    const { counts } = stats;
    const states: [string, number][] = [
      ['late', counts.late],
      ['lost', counts.lost],
      ['unreachable', counts.unreachable],
      ['unsent', counts.unsent],
      ['pending', counts.inFlight],
      ['void', counts.void],
    ];
    const others = states.filter(([, count]) => count > 0).map(([state, count]) => `, ${count} ${state}`);
    const rtts = `p50 ${rttText(stats.median)}  p95 ${rttText(stats.p95)}  max ${rttText(stats.max)}  jitter ${rttText(stats.jitter)} ms`;
    const times = stats.median === null ? '' : `  ${rtts}`;
    const cause = stats.error === null ? '' : `  (${printable(stats.error, true)})`;
    const outcome = `${counted(stats.slots, 'probe')}, ${counts.answered} answered${others.join('')}`;
    return `${this.#dateTime(stats.from)}  ${padded}  loss ${lossText(stats.loss)}${times}  ${outcome}${cause}\n`;
  }

  #dateTime(at: UnixMillis): string {
    return dateTimeText(localOf(at + this.#history.clockOffset, this.#zone));
  }
}
