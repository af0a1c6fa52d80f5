// What a report says, as plain data: text, JSON and page are three ways of writing the same one. Instants are wall-clock
// Unix milliseconds, durations and RTTs milliseconds, loss and availability fractions 0..1, null where nothing was seen.

import type { EndpointKind, Place } from '../../events/endpoint-info.js';
import type { GapReason } from '../../events/events.js';
import type { StateCounts } from '../../events/probe-state.js';
import type { RttStats } from '../../events/rtt/rtt-statistics.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import type { QualityWord } from '../../events/verdict.js';
import type { BlameCode, DayCell } from '../../view/days/day-cells.js';

/** What a time adds up to at one endpoint. */
export type Account = {
  counts: StateCounts;
  slots: number;
  /** Lost, unreachable and unsent of what has settled. Late replies are no loss. */
  loss: number | null;
  /** How long it was watched, gaps aside. */
  watched: Millis;
  /** How much of that lay in its outages: at least three probes in a row and a second without an answer. */
  down: Millis;
  /** 1 - down / watched. */
  availability: number | null;
  p50: Millis | null;
  p95: Millis | null;
};

export type Timed<T> = T & { from: UnixMillis; to: UnixMillis };

export type ReportEndpoint = {
  id: EndpointId;
  label: string;
  target: string;
  kind: EndpointKind;
  place: Place | null;
  hop: number | null;
  interval: Millis;
  sizeBytes: number;
  /** Probed last; null where the name never resolved. */
  address: string | null;
  removedAt: UnixMillis | null;
  total: Account;
  rtt: RttStats;
  duplicates: number;
  rejected: number;
  outages: number;
  longestOutage: Millis;
  /** Empty where there are too many endpoints, see `detailed`. */
  days: readonly Timed<Account>[];
  hours: readonly Timed<Account>[];
};

export type ReportEpisode = {
  code: BlameCode;
  from: UnixMillis;
  /** Null where it lasted when the record ended. */
  to: UnixMillis | null;
  length: Millis;
  endpoints: readonly EndpointId[];
  /** Over 10 s, of the endpoint that was worst. */
  worstLoss: number | null;
  worstP50: Millis | null;
  outages: number;
  /** What proved it when it was said; empty where nothing was kept. */
  evidence: readonly string[];
};

/** All episodes of one code. */
export type ReportCause = {
  code: BlameCode;
  episodes: number;
  length: Millis;
  /** With the stretches that such an episode began. */
  lengthWithStretches: Millis;
  worstLoss: number | null;
  worstP50: Millis | null;
};

/** How one endpoint did in a stretch. */
export type StretchPart = Account & { endpoint: EndpointId; isBad: boolean; usualP50: Millis | null };

/** Quarters of an hour, one after the other, that were worse than what is usual over the whole record. */
export type ReportStretch = Timed<{ parts: readonly StretchPart[]; code: BlameCode | null }>;

/** A day of the heat map: `worse` says of a cell that it is part of a stretch. */
export type ReportDay = { day: number; cells: readonly (DayCell & { worse: boolean })[] };

export type StripColumn = {
  from: UnixMillis;
  loss: number | null;
  /** Share of what has settled that was answered after the timeout. */
  late: number | null;
  p50: Millis | null;
  p95: Millis | null;
  /** Nobody looked at any time of it. */
  unwatched: boolean;
};

export type ReportStrip = {
  endpoint: EndpointId;
  isBlamed: boolean;
  account: Account;
  columns: readonly StripColumn[];
};

/** One of the worst episodes, with some of the time before and after it. */
export type ReportWorst = {
  episode: ReportEpisode;
  /** Of a column. */
  width: Millis;
  /** Top of the RTT scale of all its strips. */
  scaleTop: Millis;
  strips: readonly ReportStrip[];
};

export type QualityCounts = Record<QualityWord | 'none', number>;

export type ReportQuality = {
  /** One estimate each so often. */
  every: Millis;
  counts: QualityCounts;
  days: readonly { day: number; counts: QualityCounts }[];
  worst: { at: UnixMillis; r: number; mos: number; word: QualityWord; endpoint: EndpointId } | null;
};

export type Report = {
  /** The file; null where it is masked. */
  record: string | null;
  masked: boolean;
  madeWith: string;
  recordedWith: readonly string[];
  /** `Europe/Paris`; null where it is masked. */
  zoneName: string | null;
  from: UnixMillis;
  to: UnixMillis;
  timeout: Millis;
  clock: 'kernel' | 'javascript';
  wifi: { strongestDbm: number; weakestDbm: number } | null;
  /** Whether this machine's own traffic is on record. */
  hasTraffic: boolean;
  gapTime: Millis;
  /** The longest, in order of time. */
  gaps: readonly Timed<{ reason: GapReason }>[];
  gapCount: number;
  endpoints: readonly ReportEndpoint[];
  /** Of more endpoints than these, only totals are told. */
  detailed: number;
  causes: readonly ReportCause[];
  episodes: readonly ReportEpisode[];
  stretches: readonly ReportStretch[];
  days: readonly ReportDay[];
  worst: readonly ReportWorst[];
  quality: ReportQuality;
  marks: readonly { at: UnixMillis; text: string }[];
  limits: readonly string[];
};
