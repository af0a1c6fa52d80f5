// export --csv: a row per endpoint per epoch (RFC 4180), for a spreadsheet or a ticket to the provider. RTTs in
// milliseconds, loss as a fraction, times as ISO 8601 with the offset of the local zone. Texts come from outside: nothing in
// them moves a terminal that shows the table, and no cell is taken for a formula (an apostrophe precedes it).

import { stringify } from 'csv-stringify/sync';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import { REMEMBERED_PROBES } from '../../events/limits.js';
import { RTT_STATISTICS } from '../../events/rtt/rtt-statistics.js';
import { STATISTIC_VIEWS } from '../../view/statistics.js';
import type { ProbeEvent } from '../../events/events.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { Zone } from '../../view/wall-clock.js';
import { isoText } from '../../view/wall-clock.js';
import { csvCell, rounded } from './csv-cells.js';
import { EpochReport } from './epoch-report.js';

/** In the order of the record's lines. */
const STATISTICS = RTT_STATISTICS.flatMap((statistic) =>
  STATISTIC_VIEWS.filter((view) => view.statistic === statistic && view.csv !== null),
);

/** Setting up the CSV writer takes longer than writing a row. */
const ROWS_AT_ONCE = 200;

const HEADER = [
  'from',
  'to',
  'endpoint',
  'target',
  'slots',
  'answered',
  'late',
  'lost',
  'unreachable',
  'unsent',
  'pending',
  'void',
  'loss',
  ...STATISTICS.map(({ csv }) => csv),
  'longest_loss_run',
  'error',
  'not_collecting_s',
  'marks',
];

export class CsvReport {
  readonly #report: EpochReport;
  readonly #zone: Zone;
  /** The longest interval of any endpoint so far. */
  #slowest: Millis;

  constructor(info: SessionInfo, width: Millis, zone: Zone) {
    this.#zone = zone;
    this.#slowest = Math.max(0, ...info.endpoints.map(({ interval }) => interval));
    this.#report = new EpochReport(info, width, patienceFor(info.timeout, this.#slowest));
  }

  get header(): string {
    return stringify([HEADER]);
  }

  /** The rows that have settled since they were asked for last, some at a time. */
  *rows(): Generator<string> {
    let rows: (string | number | null)[][] = [];
    for (const { endpoint, stats } of this.#report.due()) {
      const marks = this.#marksWithin(stats.from, stats.to);
      if (stats.slots > 0 || marks !== '') rows.push(this.#row(endpoint.info, stats, marks));
      if (rows.length < ROWS_AT_ONCE) continue;
      yield stringify(rows, { escape_formulas: true });
      rows = [];
    }
    if (rows.length > 0) yield stringify(rows, { escape_formulas: true });
  }

  event(event: ProbeEvent): void {
    this.#report.event(event);
    if (event.type !== 'endpoint') return;
    const { info } = this.#report.history;
    this.#slowest = Math.max(this.#slowest, event.info.interval);
    this.#report.patience = patienceFor(info.timeout, this.#slowest);
  }

  finish(): void {
    this.#report.finish();
  }

  #row({ label, target }: EndpointInfo, stats: EpochStats, marks: string): (string | number | null)[] {
    const { counts } = stats;
    return [
      this.#iso(stats.from),
      this.#iso(stats.to),
      csvCell(label),
      csvCell(target),
      stats.slots,
      counts.answered,
      counts.late,
      counts.lost,
      counts.unreachable,
      counts.unsent,
      counts.inFlight,
      counts.void,
      rounded(stats.loss, 6),
      ...STATISTICS.map(({ statistic }) => rounded(stats[statistic], 3)),
      stats.longestLossRun,
      stats.error === null ? null : csvCell(stats.error),
      rounded(stats.gap / 1000, 3),
      marks,
    ];
  }

  #marksWithin(from: UnixMillis, to: UnixMillis): string {
    const { marks } = this.#report.history;
    const within = marks.slice(firstNotBefore(marks, from), firstNotBefore(marks, to));
    return csvCell(within.map(({ text }) => (text === '' ? 'mark' : text)).join('; '));
  }

  #iso(at: UnixMillis): string {
    return isoText(at + this.#report.history.clockOffset, this.#zone);
  }
}

/** That long a late reply may still repair an epoch. */
const patienceFor = (timeout: Millis, slowest: Millis): Millis => timeout + REMEMBERED_PROBES * slowest;

/** Index of the first mark that is not before `at`. */
const firstNotBefore = (marks: readonly { at: UnixMillis }[], at: UnixMillis): number => {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((marks[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};
