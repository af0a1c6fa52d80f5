// What the server says to a page, and to any other program that asks: docs/api.schema.json describes the same. Instants
// are Unix milliseconds of the wall clock as it is set now, durations and RTTs milliseconds, loss a fraction 0 to 1.

import type { EndpointState } from '../../diagnosis/endpoint-state.js';
import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { ProbeState } from '../../events/probe-state.js';
import type { ReceiveClock } from '../../events/session-info.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import type { VerdictEvent, WorstCallQuality } from '../../events/verdict.js';
import type { Gap } from '../../history/probe-log/gap-list.js';
import type { LedgerEvent, Outage } from '../../history/outages/outage-ledger.js';
import type { LoggedProbe } from '../../history/probe-log/newest-probes.js';
import type { LossRuns } from '../../history/probe-log/loss-runs.js';
import type { RttCount } from '../../history/probe-log/span-reader.js';
import type { TtlChange } from '../../history/ttl-changes.js';
import type { Diagnostics, Progress } from '../../view/run-news.js';
import type { WireColumn } from './columns.js';

/** Of probes of a span of time. */
export type WireSpan = {
  from: UnixMillis;
  to: UnixMillis;
  slots: number;
  answered: number;
  late: number;
  lost: number;
  unreachable: number;
  unsent: number;
  void: number;
  inFlight: number;
  loss: number | null;
  min: Millis | null;
  mean: Millis | null;
  p50: Millis | null;
  p95: Millis | null;
  p99: Millis | null;
  max: Millis | null;
  jitter: Millis | null;
  longestLossRun: number;
  error: string | null;
  gap: Millis;
};

export type WireEndpoint = Omit<EndpointInfo, 'address'> & {
  /** Probed last, null until the name resolves. */
  address: string | null;
  /** Since when it is not watched any more, null while it is. */
  removedAt: UnixMillis | null;
  /** From when on there is history. */
  firstAt: UnixMillis | null;
  lastState: ProbeState | null;
  lastRtt: Millis | null;
  /** The median RTT that is usual there; null where it isn't known yet. */
  usualP50: Millis | null;
  /** The median of the medians on record, which colours are chosen by. */
  baseline: Millis | null;
  ttl: number | null;
  /** The last 10 s or 20 probes, whichever is longer. */
  recent: WireSpan;
  /** The last hour, or what there is of it; null where it couldn't differ from `recent` yet. */
  long: { length: Millis; loss: number | null } | null;
  /** As the diagnosis has judged it last; null before. */
  state: EndpointState | null;
};

export type SessionAnswer = {
  version: string;
  now: UnixMillis;
  startedAt: UnixMillis;
  firstAt: UnixMillis | null;
  interval: Millis;
  timeout: Millis;
  sizeBytes: number;
  clock: ReceiveClock;
  /** By id, the removed ones among them. */
  endpoints: WireEndpoint[];
  /** What is wrong with the program itself; null where nothing is. */
  notice: string | null;
  /** How far a record has been loaded; null once it is. */
  progress: Progress | null;
  diagnostics: Diagnostics | null;
  limits: { endpoints: number; interval: Millis; packetBytes: number; columns: number };
};

export type ColumnsAnswer = {
  endpoint: EndpointId;
  width: Millis;
  from: UnixMillis;
  to: UnixMillis;
  /** Those with something in them. */
  columns: WireColumn[];
};

export type VerdictAnswer = {
  /** With the figures of now; null before anything was said. */
  verdict: VerdictEvent | null;
  /** Whose fault, what is wrong, and the proof; empty where there is nothing to say. */
  name: string;
  symptom: string;
  proof: string[];
  /** Of a call over the worst endpoint that can tell; null where none can. */
  callQuality: WorstCallQuality | null;
};

export type EpisodesAnswer = { episodes: Episode[] };

/** What else happened: marks, gaps, addresses, clock steps, endpoints that came and went; and the outages. */
export type EventsAnswer = { events: LedgerEvent[]; outages: Outage[]; gaps: Gap[] };

export type EndpointAnswer = {
  endpoint: WireEndpoint;
  /** Of the span asked for, with its RTTs by length and runs of losses. */
  span: WireSpan;
  rtts: RttCount[];
  lossRuns: LossRuns;
  last10min: WireSpan;
  lastHour: WireSpan;
  whole: WireSpan;
  ttls: readonly TtlChange[];
  newest: LoggedProbe[];
  outages: Outage[];
};

/** What this machine itself carried, by the interface of the default route; bytes a second. */
export type TrafficAnswer = {
  width: Millis;
  from: UnixMillis;
  to: UnixMillis;
  /** Of the busiest second so far; 0 where nothing was ever told. */
  highest: { receivedBytes: number; sentBytes: number };
  /** A mean for each column from `from` on; null where nothing is known. */
  columns: ({ receivedBytes: number; sentBytes: number } | null)[];
};

/** What became of each endpoint that was asked for. */
export type WatchAnswer = { results: { endpoint: string; done: boolean; text: string }[]; error?: string };

export type DoneAnswer = { done: true };

export type ErrorAnswer = { error: string };

/** `event: hello` of the stream: all of it, to begin with or to begin anew. */
export type StreamHello = SessionAnswer & VerdictAnswer;

/** `event: change`: what is another now. What isn't there is as it was. */
export type StreamChange = {
  now: UnixMillis;
  /** Columns that are others now, of the width asked for; an empty one has zeros. */
  columns?: { endpoint: EndpointId; columns: WireColumn[] }[];
  endpoints?: WireEndpoint[];
  verdict?: VerdictAnswer;
  /** New ones, and known ones as they are now. */
  episodes?: Episode[];
  /** /api/events has something new. */
  events?: true;
  notice?: string | null;
  progress?: Progress | null;
  diagnostics?: Diagnostics;
  /** All times have been moved (the clock was set), or much was read: ask for everything again. */
  reload?: true;
};
