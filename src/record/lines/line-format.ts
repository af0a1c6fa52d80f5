// The record's lines: one JSON object each, the same in `--record FILE`, in `--json` and in what `pingem replay` reads.
// Times are Unix seconds on the wall clock as it was known when the line was written, RTTs milliseconds, both to the
// microsecond, which is what the kernel's stamps are good for. docs/record-format.md is the reader's page.

import type { EndpointKind, Place } from '../../events/endpoint-info.js';
import type { GapReason, RejectReason } from '../../events/events.js';
import type { ReceiveClock } from '../../events/session-info.js';
import type { RttStats } from '../../events/rtt/rtt-statistics.js';
import type { VerdictCode, VerdictEvidence } from '../../events/verdict.js';
import type { EndpointId, Millis, ProbeSeq } from '../../events/units.js';

/** Raised when a reader of the older format could misread a line; new line types and new fields don't raise it. */
export const RECORD_FORMAT = 2;

/** Endpoints that one record may hold: more than one run takes, since those of many sessions come together in it. */
export const MOST_ENDPOINTS = 1024;

/** Ids within one session are below this: they count up, and are never used again. */
export const MOST_IDS = 0x10000;

export type UnixSeconds = number;

export type SessionLine = {
  type: 'session';
  format: typeof RECORD_FORMAT;
  version: string;
  started: UnixSeconds;
  /** Seconds. */
  interval: number;
  /** Seconds. */
  timeout: number;
  size: number;
  clock: ReceiveClock;
  endpoints: RecordedEndpoint[];
};

/** The session line of format 1: a fixed set of hosts, all with the interval and the size of the session. */
export type SessionLine1 = Omit<SessionLine, 'format' | 'endpoints'> & {
  format: 1;
  endpoints: { id: EndpointId; target: string; label: string; address: string | null; firstSeq?: ProbeSeq }[];
};

export type RecordedEndpoint = {
  id: EndpointId;
  /** The same in all sessions of the record; by it they are joined. */
  key: string;
  target: string;
  label: string;
  address: string | null;
  kind: EndpointKind;
  /** As stated by the user; left out where it wasn't. */
  place?: Place;
  /** Of a hop: its distance. */
  hop?: number;
  /** Seconds. */
  interval: number;
  size: number;
  /** The sequence of its next probe. */
  firstSeq: ProbeSeq;
  /** In a session line that a rotated file begins with: when it was removed; replies to it may still come. */
  removed?: UnixSeconds;
};

type ProbeLineHead = { type: 'probe'; endpoint: EndpointId; seq: ProbeSeq; sent: UnixSeconds };

/** One per slot, written when the probe settles, or at the end. */
export type ProbeLine =
  | (ProbeLineHead & { state: 'answered'; rtt: Millis; ttl?: number; uncertain?: true })
  | (ProbeLineHead & { state: 'lost' | 'void' | 'in-flight' })
  | (ProbeLineHead & { state: 'unsent'; error: string })
  | (ProbeLineHead & { state: 'unreachable'; from: string; icmp: string });

/** What format 1 called a probe in flight at the end. */
export type PendingLine = ProbeLineHead & { state: 'pending' };

/** A reply to a probe whose line is written already: `late` after the timeout, `answered` within it (after an ICMP error). */
export type RepairLine = {
  type: 'late' | 'answered';
  endpoint: EndpointId;
  seq: ProbeSeq;
  rtt: Millis;
  ttl?: number;
  uncertain?: true;
};

export type DuplicateLine = { type: 'duplicate'; endpoint: EndpointId; seq: ProbeSeq; rtt: Millis };
export type RejectedLine = { type: 'rejected'; endpoint: EndpointId | null; reason: RejectReason; count: number };
export type GapLine = { type: 'gap'; endpoint?: EndpointId; from: UnixSeconds; to: UnixSeconds; reason: GapReason };
/** pingem itself stood still. */
export type StallLine = { type: 'stall'; from: UnixSeconds; to: UnixSeconds };
export type AddressLine = {
  type: 'address';
  endpoint: EndpointId;
  address: string;
  /** The one before, where there was one and it is another. For people: it stands in the lines above. */
  before?: string;
  /** What the address is called. */
  name?: string;
  at: UnixSeconds;
};
/** The wall clock was stepped: it now shows `offset` seconds more than the session's own timeline. */
export type ClockLine = { type: 'clock'; at: UnixSeconds; offset: number };
export type MarkLine = { type: 'mark'; at: UnixSeconds; text: string };
/** Lines that could not be written (disk full, say) and are missing before this one. */
export type UnwrittenLine = { type: 'unwritten'; at: UnixSeconds; lines: number; error: string };

export type OutageLine = {
  type: 'outage';
  endpoint: EndpointId;
  from: UnixSeconds;
  /** null: it lasted when the session ended. */
  to: UnixSeconds | null;
  lost: number;
  error?: string;
};

/** One verdict that blames, from its first bad probe to its last. Readers find it again from the other lines. */
export type EpisodeLine = {
  type: 'episode';
  code: VerdictCode;
  from: UnixSeconds;
  /** null: it lasted when the session ended. */
  to: UnixSeconds | null;
  /** Whoever was blamed at any time. */
  endpoints: EndpointId[];
  /** Over 10 s, of the worst endpoint: loss 0..1, and the median RTT in ms; null where there was nothing to tell from. */
  worstLoss: number | null;
  worstP50: Millis | null;
  /** Outages of single endpoints within it. */
  outages: number;
};

export type SummaryLine = RttStats & {
  type: 'summary';
  endpoint: EndpointId;
  slots: number;
  answered: number;
  late: number;
  lost: number;
  unreachable: number;
  unsent: number;
  'in-flight': number;
  void: number;
  duplicates: number;
  rejected: number;
  loss: number | null;
};

/** From `at` on this endpoint is watched; with a known id, what is said of it here is so from `at` on. */
export type EndpointLine = RecordedEndpoint & { type: 'endpoint'; at: UnixSeconds };
/** The endpoint is not watched any more. */
export type RemovedLine = { type: 'removed'; endpoint: EndpointId; at: UnixSeconds };

/** Bytes a second, one value a second, the last for the second that ends at `at`; the Wi-Fi's signal in dBm. */
export type TrafficLine = {
  type: 'traffic';
  at: UnixSeconds;
  received: number[];
  sent: number[];
  interface?: string;
  signal?: number;
};
/** For people and programs that read the file: pingem itself comes to the same verdicts again from the other lines. */
export type VerdictLine = {
  type: 'verdict';
  at: UnixSeconds;
  code: VerdictCode;
  since: UnixSeconds;
  endpoints: EndpointId[];
  evidence: VerdictEvidence;
};

export type RecordLine =
  | SessionLine
  | ProbeLine
  | RepairLine
  | DuplicateLine
  | RejectedLine
  | GapLine
  | StallLine
  | AddressLine
  | ClockLine
  | MarkLine
  | EndpointLine
  | TrafficLine
  | VerdictLine
  | RemovedLine
  | UnwrittenLine
  | EpisodeLine
  | OutageLine
  | SummaryLine;

/** Milliseconds to seconds, to the microsecond. */
export const toSeconds = (ms: number): UnixSeconds => Math.round(ms * 1000) / 1e6;

/** Seconds to milliseconds, to the microsecond; the exact inverse of `toSeconds` for values that are whole microseconds. */
export const toMillis = (seconds: UnixSeconds): number => Math.round(seconds * 1e6) / 1000;

/** A line as it stands in the file. */
export const lineText = (line: RecordLine): string => `${JSON.stringify(line)}\n`;

/** What is written, at `wall` Unix milliseconds, once writing works again. */
export const unwrittenNote = (lines: number, error: string, wall: number): string =>
  lineText({ type: 'unwritten', at: toSeconds(wall), lines, error });
