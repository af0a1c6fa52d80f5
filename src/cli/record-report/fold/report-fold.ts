// Everything that a report is made of, from one reading of the record: the history, totals and diagnosis that the screen and
// the summary have, and what is asked of them at the end.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { EventSink } from '../../../events/sink.js';
import { applying } from '../../../events/sink.js';
import type { TrafficEvent } from '../../../events/events.js';
import type { SessionInfo } from '../../../events/session-info.js';
import type { UnixMillis } from '../../../events/units.js';
import { SessionHistory } from '../../../history/session-history.js';
import { SessionTotals } from '../../../history/totals/session-totals.js';
import { dayRows } from '../../../view/days/day-cells.js';
import type { BlameCode, DayRow } from '../../../view/days/day-cells.js';
import type { Zone } from '../../../view/wall-clock.js';
import { DAY_LENGTH, localOf, wallOf } from '../../../view/wall-clock.js';
import { DiagnosedStream } from '../../diagnosed-stream.js';
import { SessionEnd } from '../../report/session-end.js';
import { Accounts } from './accounts.js';
import { CallLog } from './call-log.js';
import { causesOf } from './causes.js';
import { endpointReports } from './endpoint-reports.js';
import { limitsOf } from './limits.js';
import { localSteps, QUARTER } from './local-spans.js';
import { Presence } from './presence.js';
import type { Span } from './presence.js';
import type { Report, ReportDay, ReportEpisode, ReportStretch } from '../report-model.js';
import { findStretches } from './stretches.js';
import { VerdictNotes } from './verdict-notes.js';
import { worstEpisodes } from './worst-episodes.js';

/** The newest days that are told by the hour. */
const MOST_DAYS = 31;
/** Of more endpoints only totals are told. */
const MOST_DETAILED = 64;
const MOST_GAPS = 50;

export type ReportContext = {
  record: string | null;
  masked: boolean;
  madeWith: string;
  recordedWith: readonly string[];
  zoneName: string | null;
};

export class ReportFold {
  readonly sink: EventSink;
  readonly #history: SessionHistory;
  readonly #totals: SessionTotals;
  readonly #end: SessionEnd;
  readonly #presence: Presence;
  readonly #notes = new VerdictNotes();
  readonly #stream: DiagnosedStream;
  readonly #calls: CallLog;
  readonly #info: SessionInfo;
  readonly #zone: Zone;
  #firstAt: UnixMillis = Infinity;
  #hasTraffic = false;
  #wifi: Report['wifi'] = null;

  constructor(info: SessionInfo, zone: Zone) {
    this.#info = info;
    this.#zone = zone;
    this.#history = new SessionHistory(info);
    this.#totals = new SessionTotals(info);
    this.#end = new SessionEnd(info);
    this.#presence = new Presence(info);
    this.#stream = new DiagnosedStream(info);
    this.#calls = new CallLog(this.#stream.diagnosis, zone);
    const folds = [this.#history, this.#totals, this.#end, this.#presence, this.#calls, this.#notes];
    const rest: EventSink = {
      event: (event) => {
        if (event.type === 'traffic') this.#takeTraffic(event);
        // The history forgets what is more than a year back.
        else if (event.type === 'sent' && event.at < this.#firstAt) this.#firstAt = event.at;
      },
    };
    this.sink = this.#stream.to([...folds.map(applying), rest]);
  }

  /** To be called once, after the last event. */
  report(context: ReportContext): Report {
    const { clockOffset } = this.#history;
    const zone = this.#zone;
    // Just behind the last probe: spans don't hold their end.
    const to = this.#end.at + 1;
    const from = this.#firstAt === Infinity ? to - 1 : this.#firstAt;
    const begun = Math.min(from, this.#info.startedAt);
    const wall = (at: UnixMillis): UnixMillis => at + clockOffset;
    const outages = this.#totals.outages.list();
    const accounts = new Accounts(this.#history, this.#presence, outages, to);
    const told = this.#totals.told;
    const detailed = told.slice(0, MOST_DETAILED);
    const recent = { from: Math.max(wall(from), firstMidnight(wall(to), zone)), to: wall(to) };
    const { episodes: found } = this.#stream.diagnosis;
    const quarters = onTimeline(localSteps(recent, QUARTER, zone), clockOffset);
    const stretches = findStretches({
      accounts,
      endpoints: detailed.map(({ id }) => id),
      quarters,
      episodes: found,
      endedAt: to,
    }).map((stretch) => ({ ...stretch, from: wall(stretch.from), to: wall(stretch.to) }));
    const gaps = this.#history.gaps.filter((gap) => gap.to > from && gap.from < to);
    const episodes = found.map((episode) => this.#episode(episode, wall));
    const shared = {
      ...context,
      from: wall(from),
      to: wall(to),
      timeout: this.#info.timeout,
      clock: this.#info.clock,
      wifi: this.#wifi,
      hasTraffic: this.#hasTraffic,
      gapTime: this.#history.gapWithin(from, to),
      gaps: longest(gaps).map(({ from: began, to: ended, reason }) => ({ from: wall(began), to: wall(ended), reason })),
      gapCount: gaps.length,
      endpoints: endpointReports({
        accounts,
        totals: this.#totals,
        told,
        detailed,
        recent,
        from: begun,
        to,
        clockOffset,
        zone,
      }),
      detailed: detailed.length,
    };
    const steps = this.#totals.outages.events.filter(({ type }) => type === 'clock').length;
    const rows = dayRows({ episodes: found, gaps, from, to }, { most: MOST_DAYS, zone, clockOffset });
    return {
      ...shared,
      causes: causesOf(episodes, stretches),
      episodes,
      stretches,
      days: rows.map((row) => dayWith(stretches, row, zone)),
      worst: worstEpisodes(episodes, { accounts, endpoints: detailed, from, to, clockOffset }),
      quality: this.#calls.result(clockOffset),
      marks: this.#history.marks.map(({ at, text }) => ({ at: wall(at), text })),
      limits: limitsOf(shared, this.#info, steps),
    };
  }

  #episode(episode: Episode, wall: (at: UnixMillis) => UnixMillis): ReportEpisode {
    const { code, from, to, endpoints, worstLoss, worstP50, outages } = episode;
    return {
      code: code as BlameCode,
      from: wall(from),
      to: to === null ? null : wall(to),
      length: Math.max(0, (to ?? this.#end.at) - from),
      endpoints,
      worstLoss,
      worstP50,
      outages,
      evidence: this.#notes.of(episode),
    };
  }

  #takeTraffic({ signalDbm }: TrafficEvent): void {
    this.#hasTraffic = true;
    if (signalDbm === undefined) return;
    const { strongestDbm, weakestDbm } = this.#wifi ?? { strongestDbm: signalDbm, weakestDbm: signalDbm };
    this.#wifi = { strongestDbm: Math.max(strongestDbm, signalDbm), weakestDbm: Math.min(weakestDbm, signalDbm) };
  }
}

/** Midnight with which the newest days begin. */
const firstMidnight = (to: UnixMillis, zone: Zone): UnixMillis => {
  const local = localOf(to - 1, zone);
  return wallOf((Math.floor(local / DAY_LENGTH) - MOST_DAYS + 1) * DAY_LENGTH, zone);
};

const onTimeline = (spans: readonly Span[], clockOffset: number): Span[] =>
  spans.map(({ from, to }) => ({ from: from - clockOffset, to: to - clockOffset }));

const longest = <T extends Span>(spans: readonly T[]): T[] =>
  [...spans]
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_GAPS)
    .sort((a, b) => a.from - b.from);

/** A day's cells, with what the stretches say of them. */
const dayWith = (stretches: readonly ReportStretch[], { day, cells }: DayRow, zone: Zone): ReportDay => ({
  day,
  cells: cells.map((cell, index) => {
    const middle = wallOf(day * DAY_LENGTH + (index + 0.5) * QUARTER, zone);
    const worse = cell.watched > 0 && stretches.some(({ from, to }) => from <= middle && middle < to);
    return { ...cell, worse };
  }),
});
